import { AppError } from '../contract/errors.ts';
import type { Id } from '../contract/ids.ts';
import { PLACED_KINDS } from '../contract/documents/apply.ts';
import type { Scope, Service } from '../contract/org.ts';
import type { Mutation, Verdict } from '../contract/province.ts';
import { loadActors, loadOthers, loadPlaces, loadUnits, lockCounters, lockNamed, namedRows, writesOf, type Writing } from './court.ts';
import { forgetInVerdicts, noteTellingVerdicts } from './forget-persons.ts';
import { judge, parseMutation, type Court, type Judged, type Parsed } from './judge.ts';
import { loadPolicy } from './policy.ts';
import { transactionRetried, type Database, type Sql } from './sql.ts';
import { commitChanges, type NumberCounter, type StationCount } from './store.ts';

export interface PushInput { deviceId: Id; mutations: readonly Mutation[]; nowMs: number; onBroken: Court['onBroken'] }
export interface PushResult { verdicts: Verdict[]; lastN: number }

/** A push whose payloads have been parsed, ready to be judged with others. */
export interface ParsedPush { input: PushInput; parsed: readonly Parsed[] }

/** What became of one push of a group; `later`: its records do not fit into this commit beside the others'. */
export type Outcome = { is: 'judged'; result: PushResult } | { is: 'refused'; error: AppError } | { is: 'later' };

/** What the records of one commit may come to, as JSON: a page of a pull holds whole commits, and a console takes 32 MB at most. */
export const COMMIT_BYTES = 8 << 20;

/** @throws {AppError} 'input/invalid' when the numbers are not consecutive */
export function parsePush(input: PushInput): ParsedPush {
  const first = input.mutations[0]?.n ?? 0;
  if (input.mutations.some((mutation, index) => mutation.n !== first + index)) throw new AppError('input/invalid', { field: 'mutations' });
  return { input, parsed: input.mutations.map(parseMutation) };
}

/**
 * Judges a station's mutations in one transaction: effects, verdicts and the station's count appear together or not at
 * all. What was judged before gets its stored verdict again. Where the records are very large only the first mutations are
 * judged: the station sends what has no verdict again.
 *
 * @throws {AppError} 'sync/out-of-order' {expected} when a mutation before these is missing; 'device/revoked'
 */
export async function push(db: Database, input: PushInput): Promise<PushResult> {
  const [outcome] = await pushGroup(db, [parsePush(input)]);
  if (outcome?.is === 'refused') throw outcome.error;
  if (outcome?.is !== 'judged') throw new Error('a push alone fits into its commit');
  return outcome.result;
}

/**
 * Judges pushes of different stations, in this order, in one transaction with one seq. What is wrong with one of them is
 * its own outcome.
 *
 * @returns an outcome for each
 * @throws what the engine says, when the transaction as a whole cannot be done: then nothing of it was
 */
export async function pushGroup(db: Database, group: readonly ParsedPush[]): Promise<Outcome[]> {
  return transactionRetried(db, tx => pushOnce(tx, group));
}

interface DeviceRow { id: Id; last_n: number; scope: Scope; revoked_at_ms: number | null }
/** A push on its way through the transaction: what is settled already, or what of it is still to be judged. */
type Standing = { settled: Outcome } | { settled: null; push: ParsedPush; device: DeviceRow; unjudged: readonly Parsed[]; known: Verdict[] };
type Open = Extract<Standing, { settled: null }>;

async function pushOnce(tx: Sql, group: readonly ParsedPush[]): Promise<Outcome[]> {
  // The stations' rows are locked to the commit: pushes of one station wait for each other, whatever server they come to.
  const devices = await tx.query<DeviceRow>('SELECT id, last_n, scope, revoked_at_ms FROM device WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE',
    [group.map(({ input }) => input.deviceId)]);
  const byId = new Map(devices.map(device => [device.id, device]));
  const standings: Standing[] = [];
  for (const push of group) standings.push(await standingOf(tx, push, byId.get(push.input.deviceId)));
  const fitted = await fitting(tx, standings);
  const open = fitted.filter((standing): standing is Open => standing.settled === null);
  const results = open.length === 0 ? new Map<Id, PushResult>() : await judgeAll(tx, open);
  return fitted.map(standing => standing.settled ?? { is: 'judged', result: resultOf(results, standing.device.id) });
}

function resultOf(results: ReadonlyMap<Id, PushResult>, deviceId: Id): PushResult {
  const result = results.get(deviceId);
  if (result === undefined) throw new Error('every open push is judged');
  return result;
}

async function standingOf(tx: Sql, push: ParsedPush, device: DeviceRow | undefined): Promise<Standing> {
  const refused = (error: AppError): Standing => ({ settled: { is: 'refused', error } });
  if (device === undefined) return refused(new AppError('device/unknown'));
  if (device.revoked_at_ms !== null) return refused(new AppError('device/revoked'));
  const unjudged = push.parsed.filter(item => item.mutation.n > device.last_n);
  const firstFresh = unjudged[0];
  if (firstFresh !== undefined && firstFresh.mutation.n !== device.last_n + 1) return refused(new AppError('sync/out-of-order', { expected: device.last_n + 1 }));
  const known = await storedVerdicts(tx, push.input, device.last_n);
  if (firstFresh === undefined) return { settled: { is: 'judged', result: { verdicts: known, lastN: device.last_n } } };
  return { settled: null, push, device, unjudged, known };
}

async function storedVerdicts(tx: Sql, input: PushInput, lastN: number): Promise<Verdict[]> {
  const first = input.mutations[0];
  if (first === undefined || first.n > lastN) return [];
  const rows = await tx.query<{ data: Verdict }>('SELECT data FROM verdict WHERE device_id = $1 AND n BETWEEN $2 AND $3 ORDER BY n',
    [input.deviceId, first.n, first.n + input.mutations.length - 1]);
  return rows.map(row => row.data);
}

/** The first mutations, at least one in all, whose records together stay within a commit. */
async function fitting(tx: Sql, standings: readonly Standing[]): Promise<Standing[]> {
  const ids = namedRows(standings.flatMap(standing => (standing.settled === null ? standing.unjudged : [])));
  const rows = ids.length === 0 ? [] : await tx.query<{ id: Id; bytes: number }>(
    'SELECT id, octet_length(data::text) AS bytes FROM record WHERE kind = ANY($2::text[]) AND id = ANY($1::uuid[])', [ids, PLACED_KINDS]);
  const sizes = new Map(rows.map(row => [row.id, row.bytes]));
  const room = { bytes: COMMIT_BYTES, untouched: true };
  return standings.map((standing): Standing => {
    if (standing.settled !== null) return standing;
    const fits = howManyFit(standing.unjudged, sizes, room);
    return fits === 0 ? { settled: { is: 'later' } } : { ...standing, unjudged: standing.unjudged.slice(0, fits) };
  });
}

function howManyFit(items: readonly Parsed[], sizes: Map<Id, number>, room: { bytes: number; untouched: boolean }): number {
  for (const [index, item] of items.entries()) {
    room.bytes -= Buffer.byteLength(JSON.stringify(item.mutation.payload));
    if (item.refusal === null) room.bytes -= sizes.get(item.payload.id) ?? 0;
    if (room.bytes < 0 && !room.untouched) return index;
    if (item.refusal === null) sizes.delete(item.payload.id);
    room.untouched = false;
  }
  return items.length;
}

/** Judges what is open, push by push, each on what the ones before it left behind, and commits it all. */
async function judgeAll(tx: Sql, open: readonly Open[]): Promise<Map<Id, PushResult>> {
  const items = open.flatMap(standing => standing.unjudged);
  const nowMs = Math.max(...open.map(standing => standing.push.input.nowMs));
  const found = await lockNamed(tx, items);
  const rows = new Map<Id, Judged | 'deleted'>(found.map(row => [row.id, row.deleted ? 'deleted' : { kind: row.kind, row: row.data }]));
  const actors = await loadActors(tx, open.map(({ device, unjudged }): Writing => ({ deviceId: device.id, deviceScope: device.scope, items: unjudged })));
  const [units, places] = [await loadUnits(tx, items), await loadPlaces(tx, items)];
  const policy = await loadPolicy(tx);
  const others = await loadOthers(tx, items);
  const lastNumbers = await lockCounters(tx, items, nowMs);
  const changed = new Map<Id, Judged>();
  const numbers = new Map<string, number>();
  const stations: StationCount[] = [];
  for (const { push, device, unjudged } of open) {
    const court: Court = { deviceId: device.id, nowMs, onBroken: push.input.onBroken, rows, actors: actors.get(device.id) ?? new Map(), others, units, policy, places, lastNumbers };
    const judgement = judge(unjudged, court);
    for (const [id, one] of judgement.changed) { rows.set(id, one); changed.set(id, one); }
    for (const [key, last] of judgement.numbers) { lastNumbers.set(key, last); numbers.set(key, last); }
    await noteTellingVerdicts(tx, device.id, unjudged, judgement.verdicts);
    stations.push({ id: device.id, lastN: device.last_n + unjudged.length, verdicts: judgement.verdicts });
  }
  await forgetInVerdicts(tx, changed);
  const counters = [...numbers].map(([key, last]): NumberCounter => ({ ...splitKey(key), last }));
  const seq = await commitChanges(tx, { rows: writesOf(changed, found), stations, counters });
  const known = new Map(open.map(standing => [standing.device.id, standing.known]));
  return new Map(stations.map(({ id, lastN, verdicts }) =>
    [id, { verdicts: [...known.get(id) ?? [], ...verdicts.map(verdict => ({ ...verdict, seq }))], lastN }]));
}

function splitKey(key: string): { service: Service; year: number } {
  const dash = key.lastIndexOf('-');
  return { service: key.slice(0, dash) as Service, year: Number(key.slice(dash + 1)) };
}
