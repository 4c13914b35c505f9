import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '../../contract/ids.ts';
import type { Row, RowKind } from '../../contract/province.ts';
import { loadIssues } from '../../db/bulk.ts';
import { newestVersion } from '../../db/migrate.ts';
import { closeWriter, openDatabase } from '../../db/open.ts';
import { startWriter } from '../../db/writer.ts';
import { hashPassword } from '../../main/auth/password.ts';
import { makeIssues, makeSample } from '../../province/sample.ts';
import { ROOT } from '../support/processes.ts';

const SEED = 20_261_124;
const NOW_MS = Date.UTC(2026, 10, 24, 2, 0, 0);
const LOGIN = 'quantri';

/** A data folder of a workstation that has been in use for long: enrolled, with many records and someone who may sign in. */
export interface Desk { dataDir: string; keyHex: string; login: string; password: string }

/**
 * Makes the folder once per number of rows and version of the database (`.data/bench/`) and finds it again: a million records take a minute or two.
 *
 * @param rows how many issues; seeded, so the same number is the same data
 */
export async function prepareDesk(rows: number, note: (text: string) => void): Promise<Desk> {
  const dataDir = join(ROOT, '.data/bench', `rows-${rows}-v${newestVersion()}`);
  const sample = makeSample({ seed: SEED, size: 'small', nowMs: NOW_MS });
  const password = sample.passwords[LOGIN];
  if (password === undefined) throw new Error(`the sample has no ${LOGIN}`);
  if (existsSync(dataDir)) return { dataDir, keyHex: readFileSync(join(dataDir, 'key'), 'utf8').trim(), login: LOGIN, password };
  note(`making ${rows} records in ${dataDir}`);
  const making = `${dataDir}.making`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { recursive: true });
  const keyHex = randomBytes(32).toString('hex');
  writeFileSync(join(making, 'key'), `${keyHex}\n`);
  chmodSync(join(making, 'key'), 0o600);
  const file = join(making, 'console.db');
  await fill(file, keyHex, password);
  const db = openDatabase({ file, keyHex, role: 'writer' });
  loadIssues(db, makeIssues(SEED, rows, sample, NOW_MS));
  closeWriter(db, file);
  renameSync(making, dataDir);
  return { dataDir, keyHex, login: LOGIN, password };
}

async function fill(file: string, keyHex: string, password: string): Promise<void> {
  const sample = makeSample({ seed: SEED, size: 'small', nowMs: NOW_MS });
  const site = sample.sites.find(s => s.tier === 'province');
  const person = sample.people.find(p => p.login === LOGIN);
  if (site === undefined || person === undefined) throw new Error('the sample has a province and its administrator');
  const writer = await startWriter({ file, keyHex, thread: false });
  await writer.call('station.save', {
    deviceId: newId(NOW_MS), stationCode: 'BP01', stationName: 'Bàn đo', site, scope: { siteIds: null, services: null },
    provinceId: newId(NOW_MS), provinceName: sample.provinceName, address: 'http://127.0.0.1:9', privateKey: '', sample: true,
  });
  const org: [RowKind, { id: string }[]][] = [['site', sample.sites], ['area', sample.areas], ['unit', sample.units], ['person', sample.people]];
  const rows: Row[] = org.flatMap(([kind, list]) => list.map(data => ({ kind, id: data.id, seq: 1, deleted: false, data: { ...data } })));
  await writer.call('sync.applyPage', { rows, cursor: 'bench.1.1.1', verdicts: [], atMs: NOW_MS });
  await writer.call('auth.saveVerifier', { personId: person.id, login: LOGIN, ...await hashPassword(password), validUntilMs: Date.now() + 365 * 86_400_000 });
  await writer.close();
}
