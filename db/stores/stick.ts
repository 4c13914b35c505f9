import type { StickCarriedFile, StickExport } from '../../contract/stick-desk.ts';
import type { AppErrorData } from '../../contract/errors.ts';
import type { Id } from '../../contract/ids.ts';
import type { StickKeys } from '../../contract/stick-file.ts';
import { allRows, blobToId, getRow, idToBlob, run, type Database } from '../database.ts';
import type { Work } from '../work.ts';
import type { CarriedFile, KeyPair } from '../writer-api.ts';

/** The province's public keys for stick files; null before it has told them. */
export function readProvinceStickKeys(db: Database): StickKeys | null {
  const row = getRow<{ box_key: string; sign_key: string }>(db, 'SELECT box_key, sign_key FROM stick_province');
  return row === undefined ? null : { boxKey: row.box_key, signKey: row.sign_key };
}

/** @returns whether these are other keys than before */
export function writeProvinceStickKeys(work: Work, keys: StickKeys): boolean {
  const before = readProvinceStickKeys(work.db);
  if (before?.boxKey === keys.boxKey && before.signKey === keys.signKey) return false;
  run(work.db, 'INSERT OR REPLACE INTO stick_province(one, box_key, sign_key) VALUES (1,?,?)', keys.boxKey, keys.signKey);
  work.touch('sync');
  return before !== null;
}

/** The pair that answers to this workstation are sealed for; null before its first file. */
export function readReplyKey(db: Database): KeyPair | null {
  const row = getRow<{ public_key: string; private_key: string }>(db, 'SELECT public_key, private_key FROM stick_reply_key');
  return row === undefined ? null : { publicKey: row.public_key, privateKey: row.private_key };
}

/** Keeps the pair unless there is one: answers to earlier files must stay readable. @returns the one that is kept */
export function keepReplyKey(work: Work, pair: KeyPair): KeyPair {
  run(work.db, 'INSERT OR IGNORE INTO stick_reply_key(one, public_key, private_key) VALUES (1,?,?)', pair.publicKey, pair.privateKey);
  return readReplyKey(work.db) ?? pair;
}

interface ExportRow { name: string; first_n: number; last_n: number; count: number; bytes: number; at_ms: number }

export function addExport(work: Work, one: StickExport): void {
  run(work.db, 'INSERT INTO stick_export(name, first_n, last_n, count, bytes, at_ms) VALUES (?,?,?,?,?,?)', one.name, one.firstN, one.lastN, one.count, one.bytes, one.atMs);
  work.touch('sync');
}

/** The newest exports, the newest first. */
export function readExports(db: Database, limit: number): StickExport[] {
  return allRows<ExportRow>(db, 'SELECT * FROM stick_export ORDER BY id DESC LIMIT ?', limit)
    .map(row => ({ name: row.name, firstN: row.first_n, lastN: row.last_n, count: row.count, bytes: row.bytes, atMs: row.at_ms }));
}

interface CarriedRow {
  id: Uint8Array; name: string; station_code: string; first_n: number; last_n: number; count: number; bytes: number; taken_at_ms: number;
  status: StickCarriedFile['status']; answer_name: string | null; error: string | null; ended_at_ms: number | null;
}

const CARRIED = `SELECT id, name, station_code, first_n, last_n, count, length(file) AS bytes, taken_at_ms, status, answer_name, error, ended_at_ms FROM stick_carried`;

function toCarried(row: CarriedRow): StickCarriedFile {
  return {
    id: blobToId(row.id), name: row.name, stationCode: row.station_code, firstN: row.first_n, lastN: row.last_n, count: row.count, bytes: row.bytes,
    takenAtMs: row.taken_at_ms, status: row.status, answerName: row.answer_name, error: row.error === null ? null : JSON.parse(row.error) as AppErrorData,
    endedAtMs: row.ended_at_ms,
  };
}

/** What is carried for others, the newest first; without the files themselves. */
export function readCarried(db: Database): StickCarriedFile[] {
  return allRows<CarriedRow>(db, `${CARRIED} ORDER BY taken_at_ms DESC, id DESC`).map(toCarried);
}

export function carriedBySum(db: Database, sha256: string): StickCarriedFile | null {
  const row = getRow<CarriedRow>(db, `${CARRIED} WHERE sha256=?`, sha256);
  return row === undefined ? null : toCarried(row);
}

/** The oldest file that still has to go to the province. */
export function nextToSend(db: Database): { id: Id; name: string; file: Uint8Array } | null {
  const row = getRow<{ id: Uint8Array; name: string; file: Uint8Array }>(db, `SELECT id, name, file FROM stick_carried WHERE status='waiting' ORDER BY taken_at_ms, id LIMIT 1`);
  return row === undefined ? null : { id: blobToId(row.id), name: row.name, file: row.file };
}

export function readAnswer(db: Database, id: Id): { name: string; bytes: Uint8Array } | null {
  const row = getRow<{ answer_name: string | null; answer: Uint8Array | null }>(db, 'SELECT answer_name, answer FROM stick_carried WHERE id=?', idToBlob(id));
  return row === undefined || row.answer === null || row.answer_name === null ? null : { name: row.answer_name, bytes: row.answer };
}

export function addCarried(work: Work, one: CarriedFile): void {
  run(work.db, `INSERT INTO stick_carried(id, sha256, name, station_code, first_n, last_n, count, file, taken_at_ms, status) VALUES (?,?,?,?,?,?,?,?,?,'waiting')`,
    idToBlob(one.id), one.sha256, one.name, one.stationCode, one.firstN, one.lastN, one.count, one.file, one.takenAtMs);
  work.touch('sync');
}

/** What has become of a carried file: an answer, a refusal, or once more "waiting". */
export function endCarried(work: Work, id: Id, end: { answer: { name: string; bytes: Uint8Array } } | { error: AppErrorData } | null, atMs: number): void {
  const answer = end !== null && 'answer' in end ? end.answer : null;
  const error = end !== null && 'error' in end ? JSON.stringify(end.error) : null;
  run(work.db, 'UPDATE stick_carried SET status=?, answer_name=?, answer=?, error=?, ended_at_ms=? WHERE id=?',
    answer !== null ? 'answered' : error !== null ? 'refused' : 'waiting', answer?.name ?? null, answer?.bytes ?? null, error, end === null ? null : atMs, idToBlob(id));
  work.touch('sync');
}

export function removeCarried(work: Work, id: Id): void {
  run(work.db, 'DELETE FROM stick_carried WHERE id=?', idToBlob(id));
  work.touch('sync');
}
