import { createHash } from 'node:crypto';
import { AppError } from '../contract/errors.ts';
import type { Id } from '../contract/ids.ts';
import type { Scope } from '../contract/org.ts';
import type { Mutation } from '../contract/province.ts';
import { blockOf, mutationsOfBlock, StickCover } from '../contract/stick-body.ts';
import { parseStick, type StickFile, type StickHeader, type StickTaken } from '../contract/stick-file.ts';
import { checkSignature, openStick, unpackedBlocks } from '../contract/stick-seal.ts';
import type { Device } from './devices.ts';
import { push } from './push.ts';
import type { Database, Sql } from './sql.ts';
import { answerStick } from './stick-answer.ts';
import { readOwnStickKeys } from './stick-keys.ts';
import { STICK_TOOLS } from './stick-tools.ts';
import { readHead } from './store.ts';

export interface StickContext {
  nowMs: number;
  /** The workstation that brought the file over its link; null: the server's own command line. */
  carrierId: Id | null;
  report: (what: string, error: unknown) => void;
}
export interface StickResult { answer: Uint8Array; name: string; taken: StickTaken }

type UpHeader = Extract<StickHeader, { kind: 'up' }>;
interface Sender extends Device { stationCode: string; publicKey: string }

/**
 * Takes in the file of a workstation and makes the answer. Everything in it is read and checked before the first mutation is
 * judged; then it goes the way of a push, in order: what the wire has brought already gets its stored verdict.
 *
 * @throws {AppError} `stick/…`; nothing has changed then
 */
export async function takeStick(db: Database, bytes: Uint8Array, context: StickContext): Promise<StickResult> {
  const file = parseStick(bytes);
  const { header } = file;
  if (header.kind !== 'up') throw new AppError('stick/answer-here', { station: header.stationCode });
  if (header.provinceId !== (await readHead(db)).provinceId) throw new AppError('stick/other-province');
  const sender = await senderOf(db, header);
  checkSignature(STICK_TOOLS, file, sender.publicKey);
  const keys = await readOwnStickKeys(db);
  const packed = openStick(STICK_TOOLS, file, keys.box);
  const { cursor } = await readThrough(file, packed);
  if (header.firstN > sender.lastN + 1) throw gap(sender, header);
  await judgeAll(db, { sender, packed, context });
  const fresh = Math.max(0, header.lastN - Math.max(sender.lastN, header.firstN - 1));
  const { answer, name, verdicts, rows, refused } = await answerStick(db, { header, device: sender, cursor, keys, nowMs: context.nowMs });
  await db.query('INSERT INTO stick_file (at_ms, device_id, carrier_id, sha256, first_n, last_n, fresh) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [context.nowMs, sender.id, context.carrierId, createHash('sha256').update(bytes).digest('hex'), header.firstN, header.lastN, fresh]);
  return { answer, name, taken: { stationCode: sender.stationCode, firstN: header.firstN, lastN: header.lastN, fresh, refused, verdicts, rows } };
}

async function senderOf(sql: Sql, header: UpHeader): Promise<Sender> {
  const [row] = await sql.query<{ id: Id; scope: Scope; scope_version: number; last_n: number; station_code: string; public_key: string; revoked_at_ms: number | null }>(
    'SELECT id, scope, scope_version, last_n, station_code, public_key, revoked_at_ms FROM device WHERE id = $1', [header.deviceId]);
  // Not `device/…`: that would tell a workstation which only carries the file that it is refused itself.
  if (row === undefined) throw new AppError('stick/station-unknown', { station: header.stationCode });
  if (row.revoked_at_ms !== null) throw new AppError('stick/station-revoked', { station: row.station_code });
  return { id: row.id, scope: row.scope, scopeVersion: row.scope_version, lastN: row.last_n, stationCode: row.station_code, publicKey: row.public_key };
}

/** Reads every block once, so that a file which its own station has made wrongly changes nothing. */
async function readThrough({ header }: StickFile, packed: readonly Uint8Array[]): Promise<StickCover> {
  const found = { cover: null as StickCover | null, next: header.firstN };
  for await (const plain of unpackedBlocks(STICK_TOOLS, packed)) {
    if (found.cover === null) {
      found.cover = blockOf(StickCover, () => new TextDecoder('utf-8', { fatal: true }).decode(plain));
      continue;
    }
    for (const mutation of mutationsOfBlock(plain)) {
      if (mutation.n !== found.next) throw new AppError('stick/damaged');
      found.next += 1;
    }
  }
  const count = found.next - header.firstN;
  if (found.cover === null || header.firstN === 0 || count === 0 || count !== header.count || found.next - 1 !== header.lastN) throw new AppError('stick/damaged');
  return found.cover;
}

/** What must come before: the numbers that neither the wire nor a file has brought yet. */
function gap(sender: Sender, header: UpHeader): AppError {
  return new AppError('stick/gap', { station: sender.stationCode, from: sender.lastN + 1, to: header.firstN - 1 });
}

async function judgeAll(db: Database, { sender, packed, context }: { sender: Sender; packed: readonly Uint8Array[]; context: StickContext }): Promise<void> {
  const at = { block: 0 };
  for await (const plain of unpackedBlocks(STICK_TOOLS, packed)) {
    at.block += 1;
    if (at.block > 1) await judge(db, { sender, mutations: mutationsOfBlock(plain), context });
  }
}

/** Where records are very large a push judges only the first; the rest follows in the next one. */
async function judge(db: Database, { sender, mutations, context }: { sender: Sender; mutations: Mutation[]; context: StickContext }): Promise<void> {
  let rest = mutations;
  while (rest.length > 0) {
    const { lastN } = await push(db, {
      deviceId: sender.id, mutations: rest, nowMs: context.nowMs,
      onBroken: (mutation, error) => { context.report(`${mutation.name} ${sender.id} ${mutation.n}`, error); },
    });
    rest = rest.filter(mutation => mutation.n > lastN);
  }
}
