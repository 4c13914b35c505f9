import { AppError, type AppErrorData } from '../contract/errors.ts';
import type { Id } from '../contract/ids.ts';
import type { Issue } from '../contract/issue.ts';
import type { Actor } from '../contract/mutations/issue.ts';
import { personScope, type Person, type Scope, type Service, type Site, type Unit } from '../contract/org.ts';
import type { Mutation, Verdict } from '../contract/province.ts';
import { counterKey, judge, numberYear, parseMutation, placesOf, type Court, type Parsed } from './judge.ts';
import { touchedBy, type Touched } from './live.ts';
import { mayRetry, type Database, type Sql } from './sql.ts';
import { commitChanges, narrowed, type NumberCounter, type RowWrite } from './store.ts';

export interface PushInput { deviceId: Id; mutations: readonly Mutation[]; nowMs: number; onBroken: Court['onBroken'] }
export interface PushResult { verdicts: Verdict[]; lastN: number; committed: { seq: number; touched: Touched } | null }

const TRIES = 6;
/** What the records of one commit may come to, as JSON: a page of a pull holds whole commits, and a console takes 32 MB at most. */
const COMMIT_BYTES = 8 << 20;

/**
 * Judges a station's mutations in one transaction: effects, verdicts and the station's count appear together or not at
 * all. What was judged before gets its stored verdict again. Where the records are very large only the first mutations are
 * judged: the station sends what has no verdict again.
 *
 * @throws {AppError} 'sync/out-of-order' {expected} when a mutation before these is missing; 'device/revoked'
 */
export async function push(db: Database, input: PushInput): Promise<PushResult> {
  const first = input.mutations[0]?.n ?? 0;
  if (input.mutations.some((mutation, index) => mutation.n !== first + index)) throw new AppError('input/invalid', { field: 'mutations' });
  const parsed = input.mutations.map(parseMutation);
  for (let tries = 1; ; tries += 1) {
    try {
      return await db.transaction(tx => pushOnce(tx, input, parsed));
    } catch (error) {
      if (!mayRetry(error) || tries === TRIES) throw error;
    }
  }
}

async function pushOnce(tx: Sql, input: PushInput, parsed: readonly Parsed[]): Promise<PushResult> {
  // The station's row is locked to the commit: pushes of one station wait for each other, whatever window they come from.
  const [device] = await tx.query<{ last_n: number; scope: Scope; revoked_at_ms: number | null }>(
    'SELECT last_n, scope, revoked_at_ms FROM device WHERE id = $1 FOR UPDATE', [input.deviceId]);
  if (device === undefined) throw new AppError('device/unknown');
  if (device.revoked_at_ms !== null) throw new AppError('device/revoked');
  const unjudged = parsed.filter(item => item.mutation.n > device.last_n);
  const firstFresh = unjudged[0];
  if (firstFresh !== undefined && firstFresh.mutation.n !== device.last_n + 1) throw new AppError('sync/out-of-order', { expected: device.last_n + 1 });
  const known = await storedVerdicts(tx, input, device.last_n);
  if (firstFresh === undefined) return { verdicts: known, lastN: device.last_n, committed: null };

  const fresh = await fitting(tx, unjudged);
  const found = await lockIssues(tx, fresh);
  const before = new Map(found.map(row => [row.id, row]));
  const court: Court = {
    deviceId: input.deviceId, nowMs: input.nowMs, onBroken: input.onBroken,
    issues: new Map(found.map(row => [row.id, row.deleted ? 'deleted' : row.data])),
    actors: await loadActors(tx, input.deviceId, device.scope, fresh),
    units: await loadUnits(tx, fresh),
    places: await loadPlaces(tx, fresh),
    lastNumbers: await lockCounters(tx, fresh, input.nowMs),
  };
  const { verdicts, changed, numbers } = judge(fresh, court);
  const lastN = device.last_n + fresh.length;
  const rows = [...changed].map(([id, issue]): RowWrite => ({
    kind: 'issue', id, siteId: issue.siteId, service: issue.service, deleted: false, data: { ...issue }, ...readAs(before.get(id)),
  }));
  const counters = [...numbers].map(([key, last]): NumberCounter => ({ ...splitKey(key), last }));
  const seq = await commitChanges(tx, { rows, device: { id: input.deviceId, lastN, verdicts }, counters });
  return {
    verdicts: [...known, ...verdicts.map(verdict => ({ ...verdict, seq }))], lastN,
    committed: rows.length === 0 ? null : { seq, touched: touchedBy(rows) },
  };
}

async function storedVerdicts(tx: Sql, input: PushInput, lastN: number): Promise<Verdict[]> {
  const first = input.mutations[0];
  if (first === undefined || first.n > lastN) return [];
  const rows = await tx.query<{ data: Verdict }>('SELECT data FROM verdict WHERE device_id = $1 AND n BETWEEN $2 AND $3 ORDER BY n',
    [input.deviceId, first.n, first.n + input.mutations.length - 1]);
  return rows.map(row => row.data);
}

/** The first mutations, at least one, whose records together stay within a commit. */
async function fitting(tx: Sql, items: readonly Parsed[]): Promise<readonly Parsed[]> {
  const ids = namedIssues(items);
  if (ids.length === 0) return items;
  const rows = await tx.query<{ id: Id; bytes: number }>(
    "SELECT id, octet_length(data::text) AS bytes FROM record WHERE kind = 'issue' AND id = ANY($1::uuid[])", [ids]);
  const sizes = new Map(rows.map(row => [row.id, row.bytes]));
  let bytes = 0;
  const tooMany = items.findIndex(item => {
    bytes += Buffer.byteLength(JSON.stringify(item.mutation.payload));
    if (item.refusal === null) bytes += sizes.get(item.payload.id) ?? 0;
    if (item.refusal === null) sizes.delete(item.payload.id);
    return bytes > COMMIT_BYTES;
  });
  return tooMany < 0 ? items : items.slice(0, Math.max(1, tooMany));
}

function readAs(row: { seq: number; data: Issue } | undefined): Pick<RowWrite, 'expected' | 'before'> {
  return row === undefined ? { expected: 0 } : { expected: row.seq, before: { ...row.data } };
}

function namedIssues(items: readonly Parsed[]): Id[] {
  return [...new Set(items.flatMap(item => (item.refusal === null ? [item.payload.id] : [])))];
}

/** The records that the mutations name, locked in the order of their ids, so that two pushes cannot wait for each other in a ring. */
async function lockIssues(tx: Sql, items: readonly Parsed[]): Promise<{ id: Id; seq: number; deleted: boolean; data: Issue }[]> {
  const ids = namedIssues(items);
  if (ids.length === 0) return [];
  return tx.query("SELECT id, seq, deleted, data FROM record WHERE kind = 'issue' AND id = ANY($1::uuid[]) ORDER BY id FOR UPDATE", [ids]);
}

interface ActorRow { id: Id; person: Person; site: Site | null; granted: boolean; has_account: boolean }

/** A station writes only as people who have signed in on it with a link; and as far as both the person and the station may. */
async function loadActors(tx: Sql, deviceId: Id, deviceScope: Scope, items: readonly Parsed[]): Promise<Map<Id, Actor | AppErrorData>> {
  const ids = [...new Set(items.map(item => item.mutation.actorId))];
  const rows = await tx.query<ActorRow>(`
    SELECT p.id, p.data AS person, s.data AS site, g.person_id IS NOT NULL AS granted, a.person_id IS NOT NULL AS has_account
    FROM record p
    LEFT JOIN record s ON s.kind = 'site' AND s.id = p.site_id AND NOT s.deleted
    LEFT JOIN person_grant g ON g.device_id = $1 AND g.person_id = p.id
    LEFT JOIN account a ON a.person_id = p.id
    WHERE p.kind = 'person' AND NOT p.deleted AND p.id = ANY($2::uuid[])`, [deviceId, ids]);
  return new Map(rows.map(row => [row.id, actorOf(row, deviceScope)]));
}

function actorOf(row: ActorRow, deviceScope: Scope): Actor | AppErrorData {
  const forbidden = (reason: string): AppErrorData => ({ code: 'auth/forbidden', facts: { reason } });
  if (!row.granted) return forbidden('never-signed-in-here');
  if (!row.person.active || !row.has_account || row.site === null) return forbidden('not-active');
  return {
    personId: row.id, unitId: row.person.unitId, roles: row.person.roles,
    scope: narrowed(personScope(row.person, row.site), deviceScope),
  };
}

async function loadUnits(tx: Sql, items: readonly Parsed[]): Promise<Map<Id, Unit>> {
  const ids = [...new Set(items.flatMap(item => (item.refusal === null && 'leadUnitId' in item.payload
    ? [item.payload.leadUnitId, ...item.payload.coUnitIds] : [])))];
  if (ids.length === 0) return new Map();
  const rows = await tx.query<{ id: Id; data: Unit }>("SELECT id, data FROM record WHERE kind = 'unit' AND NOT deleted AND id = ANY($1::uuid[])", [ids]);
  return new Map(rows.map(row => [row.id, row.data]));
}

async function loadPlaces(tx: Sql, items: readonly Parsed[]): Promise<Set<Id>> {
  const ids = [...new Set(items.flatMap(item => Object.values(placesOf(item))).filter(id => id !== null))];
  if (ids.length === 0) return new Set();
  const rows = await tx.query<{ id: Id }>("SELECT id FROM record WHERE kind IN ('site', 'area') AND id = ANY($1::uuid[])", [ids]);
  return new Set(rows.map(row => row.id));
}

async function lockCounters(tx: Sql, items: readonly Parsed[], nowMs: number): Promise<Map<string, number>> {
  const wanted = new Map<string, { service: Service; year: number }>();
  for (const item of items) {
    if (item.refusal !== null || !('receivedAtMs' in item.payload)) continue;
    const year = numberYear(item.payload.receivedAtMs, nowMs);
    wanted.set(counterKey(item.payload.service, year), { service: item.payload.service, year });
  }
  if (wanted.size === 0) return new Map();
  const keys = [...wanted.values()].sort((a, b) => (counterKey(a.service, a.year) < counterKey(b.service, b.year) ? -1 : 1));
  const params = [keys.map(key => key.service), keys.map(key => key.year)];
  await tx.query(`INSERT INTO number_counter (service, year, last)
    SELECT service, year, 0 FROM unnest($1::text[], $2::int[]) AS w(service, year) ON CONFLICT DO NOTHING`, params);
  const rows = await tx.query<NumberCounter>(`SELECT service, year, last FROM number_counter
    WHERE (service, year) IN (SELECT * FROM unnest($1::text[], $2::int[])) ORDER BY service, year FOR UPDATE`, params);
  return new Map(rows.map(row => [counterKey(row.service, row.year), row.last]));
}

function splitKey(key: string): { service: Service; year: number } {
  const dash = key.lastIndexOf('-');
  return { service: key.slice(0, dash) as Service, year: Number(key.slice(dash + 1)) };
}
