import { Settings } from '../../contract/console.ts';
import { AppError } from '../../contract/errors.ts';
import { getRow, run, type Database } from '../database.ts';
import type { Work } from '../work.ts';
import type { StationRecord } from '../writer-api.ts';

/** What this workstation is; null before it is enrolled. */
export function readStation(db: Database): StationRecord | null {
  const row = getRow<{ data: string }>(db, 'SELECT data FROM station');
  return row === undefined ? null : JSON.parse(row.data) as StationRecord;
}

/** @throws {AppError} `enrol/not-enrolled` */
export function requireStation(db: Database): StationRecord {
  const station = readStation(db);
  if (station === null) throw new AppError('enrol/not-enrolled');
  return station;
}

/**
 * Saves what the workstation is. Another device id would make its numbered mutations someone else's.
 *
 * @throws {AppError} `enrol/already-enrolled`
 */
export function writeStation(work: Work, station: StationRecord): void {
  const before = readStation(work.db);
  if (before !== null && before.deviceId !== station.deviceId) throw new AppError('enrol/already-enrolled');
  run(work.db, 'INSERT OR REPLACE INTO station(one, data) VALUES (1, ?)', JSON.stringify(station));
  work.touch('session');
  work.touch('sync');
}

const DEFAULTS: Settings = { language: 'vi', theme: 'auto', scale: 1 };

/** The settings of this workstation; what was never set, or no longer fits, is the default. */
export function readSettings(db: Database): Settings {
  const row = getRow<{ data: string }>(db, 'SELECT data FROM settings');
  const parsed = row === undefined ? undefined : Settings.safeParse({ ...DEFAULTS, ...JSON.parse(row.data) as object });
  return parsed?.success === true ? parsed.data : { ...DEFAULTS };
}

export function writeSettings(work: Work, settings: Settings): void {
  run(work.db, 'INSERT OR REPLACE INTO settings(one, data) VALUES (1, ?)', JSON.stringify(settings));
  work.touch('settings');
}
