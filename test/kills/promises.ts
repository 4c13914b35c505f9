import { createPrivateKey, sign } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { ORGANISATION } from '../../contract/digest.ts';
import type { Id } from '../../contract/ids.ts';
import { PROTOCOL_VERSION, type Verdict } from '../../contract/province.ts';
import { allRows, blobToId, getRow, type Database } from '../../db/database.ts';
import { readIssue } from '../../db/stores/issues.ts';
import { readRepairedRows, sumsByPlace } from '../../db/stores/replica.ts';
import { requireStation } from '../../db/stores/station.ts';
import { readSyncState } from '../../db/stores/sync.ts';
import { clientOf, pullAll, type ProvinceClient, type PulledRow } from '../province/support.ts';
import { keyOf, seqOf, type KillConsole, type Said } from './console.ts';

const VERDICTS_AT_ONCE = 2_000;

/** What became of the changes of a run, and how many rows there are. */
export type Ending = Record<Verdict['status'] | 'changes' | 'rows', number>;

/** The province as a third station sees it, with the same scope as the consoles. */
export interface Witness { client: ProvinceClient; openSession(): Promise<void> }

/** @throws {Error} naming the promise that does not hold */
export async function check(address: string, witness: Witness, consoles: readonly KillConsole[]): Promise<Ending> {
  await witness.openSession();
  const { rows } = await pullAll(witness.client);
  const live = new Map([...rows].filter(([, row]) => !row.deleted));
  const { cursor, places } = await witness.client.sync.digest();
  const digests = new Map(places.map(({ place, rows: count, digest }) => [place, `${count} ${digest}`]));
  const ending: Ending = { applied: 0, merged: 0, conflict: 0, rejected: 0, changes: 0, rows: live.size };
  for (const console of consoles) {
    const verdicts = await verdictsOf(address, console);
    for (const { status } of verdicts.values()) ending[status] += 1;
    console.read(db => {
      const fail = (what: string): never => { throw new Error(`${console.name}: ${what}`); };
      checkFile(db, fail);
      checkReplica(db, live, fail);
      checkDigests(db, digests, fail);
      if (seqOf(readSyncState(db).cursor) !== seqOf(cursor)) fail(`stands at ${String(readSyncState(db).cursor)}, the province at ${cursor}`);
      ending.changes += checkChanges(db, { console, verdicts, live }, fail);
    });
    const seq = console.cursorSeq();
    if (seq < console.seq) throw new Error(`${console.name}: its cursor went back from ${console.seq} to ${seq}`);
    console.seq = seq;
  }
  if (ending.applied + ending.merged + ending.conflict + ending.rejected !== ending.changes) throw new Error(`the verdicts do not add up: ${JSON.stringify(ending)}`);
  return ending;
}

type Fail = (what: string) => never;

function checkFile(db: Database, fail: Fail): void {
  const found = JSON.stringify(db.pragma('integrity_check'));
  if (found !== '[{"integrity_check":"ok"}]') fail(found);
  if (readRepairedRows(db) > 0) fail('rows had to be mended');
}

function checkReplica(db: Database, live: ReadonlyMap<Id, PulledRow>, fail: Fail): void {
  const mine = new Map<Id, unknown>();
  for (const { id } of allRows<{ id: Uint8Array }>(db, 'SELECT id FROM issue')) mine.set(blobToId(id), readIssue(db, blobToId(id)));
  for (const { id, data } of allRows<{ id: Uint8Array; data: string }>(db, 'SELECT id, data FROM org_row')) mine.set(blobToId(id), JSON.parse(data));
  const apart = [...new Set([...mine.keys(), ...live.keys()])].filter(id => mine.has(id) !== live.has(id));
  if (apart.length > 0) fail(`${apart.length} rows are on one side only: ${apart.slice(0, 5).join(' ')}`);
  for (const [id, row] of live) {
    const here = mine.get(id);
    const issue = row.kind === 'issue' ? readIssue(db, id) : null;
    if (issue !== null && issue.sync !== 0 && issue.sync !== 2) fail(`says of ${id} that something is unsent`);
    if (!isDeepStrictEqual(issue?.issue ?? here, row.data)) fail(`differs in ${row.kind} ${id}:\n${JSON.stringify(issue?.issue ?? here)}\n${JSON.stringify(row.data)}`);
  }
}

function checkDigests(db: Database, theirs: ReadonlyMap<string, string>, fail: Fail): void {
  const slices = sumsByPlace(db);
  let slice = slices.next();
  while (slice.done !== true) slice = slices.next();
  for (const place of new Set([...slice.value.keys(), ...theirs.keys(), ORGANISATION])) {
    const sums = slice.value.get(place);
    const rows = sums?.rows.reduce((sum, count) => sum + count, 0) ?? 0;
    const ours = `${rows} ${BigInt.asUintN(64, sums?.digests.reduce((sum, digest) => sum + digest, 0n) ?? 0n).toString(16)}`;
    if (ours !== (theirs.get(place) ?? '0 0')) fail(`the digest of ${place} is ${ours} here and ${String(theirs.get(place))} there`);
  }
}

/** @returns how many changes it has written, each with one verdict */
function checkChanges(db: Database, { console, verdicts, live }: { console: KillConsole; verdicts: ReadonlyMap<number, Verdict>; live: ReadonlyMap<Id, PulledRow> }, fail: Fail): number {
  if (getRow<{ n: number }>(db, 'SELECT count(*) AS n FROM outbox')?.n !== 0) fail('something is still in the outbox');
  const last = getRow<{ value: number }>(db, `SELECT value FROM counter WHERE name = 'mutation'`)?.value ?? 0;
  for (let n = 1; n <= last; n += 1) if (!verdicts.has(n)) fail(`change ${n} of ${last} has no verdict`);
  if (verdicts.size !== last) fail(`${verdicts.size} verdicts for ${last} changes`);
  const shown = new Set(allRows<{ n: number }>(db, 'SELECT n FROM attention').map(({ n }) => n));
  const log = allRows<{ n: number; name: string; status: Verdict['status']; payload: string }>(db, 'SELECT n, name, status, payload FROM sent_log');
  if (log.length !== last) fail(`${log.length} changes are logged, ${last} were written`);
  const byKey = new Map<string, Verdict['status']>();
  for (const { n, name, status, payload } of log) {
    const key = keyOf(name, JSON.parse(payload) as object);
    if (byKey.has(key)) fail(`${key} was taken twice`);
    byKey.set(key, status);
    if (verdicts.get(n)?.status !== status) fail(`change ${n} is ${status} here and ${String(verdicts.get(n)?.status)} there`);
    if (status !== 'applied' && !shown.has(n)) fail(`change ${n} is ${status}, and nobody is told`);
  }
  for (const said of console.said) checkSaid(said, byKey.get(said.key), live.get(said.issueId), fail);
  return last;
}

/** What was said to be saved is there once; what was not said to be is there once or not at all. */
function checkSaid({ key, name, told }: Said, status: Verdict['status'] | undefined, row: PulledRow | undefined, fail: Fail): void {
  if (status === undefined && told) fail(`${key} was said to be saved, and nothing here knows of it`);
  if (name !== 'issue.note' && name !== 'issue.receive') return;
  const text = JSON.stringify(name === 'issue.note' ? row?.data['history'] ?? [] : row ?? []);
  const times = text.split(key).length - 1;
  if (name === 'issue.note' && times !== (status === 'applied' ? 1 : 0)) fail(`${key} is ${String(status)} and in its record ${times} times`);
  if (name === 'issue.receive' && (row !== undefined) !== (status === 'applied')) fail(`${key} is ${String(status)}, and its record is ${row === undefined ? 'not there' : 'there'}`);
}

/** All verdicts that the province has of a console, asked with that console's own key. */
async function verdictsOf(address: string, console: KillConsole): Promise<Map<number, Verdict>> {
  const { deviceId, privateKey } = console.read(requireStation);
  const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' });
  const { nonce } = await clientOf(address).session.challenge({ deviceId });
  const { token } = await clientOf(address).session.open({ deviceId, nonce, signature: sign(null, Buffer.from(nonce), key).toString('base64'), protocol: PROTOCOL_VERSION });
  const client = clientOf(address, () => token);
  const all = new Map<number, Verdict>();
  for (let ackedN = 0; ;) {
    const { verdicts } = await client.sync.pull({ cursor: '', limit: 0, ackedN });
    for (const verdict of verdicts) {
      if (all.has(verdict.n)) throw new Error(`${console.name}: change ${verdict.n} has two verdicts`);
      all.set(verdict.n, verdict as Verdict);
    }
    if (verdicts.length < VERDICTS_AT_ONCE) break;
    ackedN = Math.max(...all.keys());
  }
  await checkRepeat(client, console, all);
  return all;
}

/** The last changes sent once more: they are answered with what was said of them the first time. */
async function checkRepeat(client: ProvinceClient, console: KillConsole, all: ReadonlyMap<number, Verdict>): Promise<void> {
  const log = console.read(db => allRows<{ n: number; name: string; at_ms: number; payload: string; actor_id: Uint8Array }>(db, 'SELECT * FROM sent_log ORDER BY n DESC LIMIT 20')).reverse();
  if (log.length === 0) return;
  const mutations = log.map(({ n, name, at_ms, payload, actor_id }) => ({ n, name, atMs: at_ms, actorId: blobToId(actor_id), payload: JSON.parse(payload) as Record<string, unknown> }));
  const { verdicts } = await client.sync.push({ mutations });
  if (!isDeepStrictEqual(verdicts, mutations.map(({ n }) => all.get(n)))) throw new Error(`${console.name}: changes sent again are answered otherwise: ${JSON.stringify(verdicts)}`);
}
