import { isDeepStrictEqual } from 'node:util';
import { allRows, getRow } from '../../db/database.ts';
import { readIssue } from '../../db/stores/issues.ts';
import type { Id } from '../../contract/ids.ts';
import type { HistoryEntry, Issue } from '../../contract/issue.ts';
import type { MutationName } from '../../contract/mutations/payloads.ts';
import { inScope, sameScope } from '../../contract/org.ts';
import type { Verdict } from '../../contract/province.ts';
import type { Said, SimDesk } from './desk.ts';
import type { SimProvince } from './province.ts';
import { casesOf, checkCases, checkRecord } from './oracle-records.ts';

/** How a run has ended, in figures that the printed counts are made of. */
export interface Outcome extends Counts { intents: Partial<Record<MutationName, { taken: number; refused: number }>> }
interface Counts { mutations: number; applied: number; merged: number; conflict: number; rejected: number; rows: number }

/** @throws {Error} naming the promise that does not hold */
export async function check(province: SimProvince, desks: readonly SimDesk[]): Promise<Outcome> {
  const outcome: Outcome = { mutations: 0, applied: 0, merged: 0, conflict: 0, rejected: 0, rows: 0, intents: {} };
  const records = (await province.rows(`kind = 'issue'`)).map(row => ({ deleted: row.deleted, issue: row.data as unknown as Issue }));
  const everywhere = casesOf(records.filter(({ deleted }) => !deleted).map(({ issue }) => issue));
  for (const desk of desks) {
    await checkReplica(province, desk);
    checkCases(desk, everywhere);
    const verdicts = await verdictsOf(province, desk);
    checkConservation(desk, verdicts);
    outcome.mutations += verdicts.size;
    for (const verdict of verdicts.values()) outcome[verdict.status] += 1;
  }
  for (const { issue, deleted } of records) if (!deleted) checkRecord(issue);
  await checkEffects(province, desks, outcome);
  return outcome;
}

/** Every replica is what the province has for its scope, byte for byte. */
async function checkReplica(province: SimProvince, desk: SimDesk): Promise<void> {
  const scope = await province.scopeOf(desk.deps.station.deviceId);
  if (!sameScope(desk.scope, scope)) fail(desk, `believes that it may see ${JSON.stringify(desk.scope)}, and may see ${JSON.stringify(scope)}`);
  const rows = (await province.rows(`kind = 'issue' AND NOT deleted`)).filter(row => inScope(scope, row.data as unknown as Issue));
  // What waits for a record that nobody can offer again stays in view.
  const held = desk.heldIds();
  const here = desk.issueIds().filter(id => (desk.find(id)?.version ?? 0) > 0 && !held.has(id));
  const [missing, extra] = [rows.filter(row => desk.find(row.id) === null), here.filter(id => !rows.some(row => row.id === id))];
  if (missing.length + extra.length > 0) fail(desk, `lacks ${missing.length} records and has ${extra.length} too many: ${[...missing.map(row => row.id), ...extra].join(' ')}`);
  for (const row of rows) {
    const found = readIssue(desk.life.reader, row.id);
    if (!isDeepStrictEqual(found?.issue, row.data)) fail(desk, `differs from the province in ${row.id}:\n${JSON.stringify(found?.issue)}\n${JSON.stringify(row.data)}`);
    if (found?.sync === 1 && !held.has(row.id)) fail(desk, `says of ${row.id} that something is unsent`);
  }
  const organisation = await province.rows(`kind <> 'issue' AND NOT deleted`);
  const mine = getRow<{ rows: number }>(desk.life.reader, 'SELECT count(*) AS rows FROM org_row')?.rows;
  if (mine !== organisation.length) fail(desk, `has ${String(mine)} rows of the organisation, the province ${organisation.length}`);
}

async function verdictsOf(province: SimProvince, desk: SimDesk): Promise<Map<number, Verdict>> {
  const rows = await province.engine.db.query<{ n: number; data: Verdict }>('SELECT n, data FROM verdict WHERE device_id = $1 ORDER BY n', [desk.deps.station.deviceId]);
  return new Map(rows.map(row => [row.n, row.data]));
}

/** Each change that was said to be saved has ended in one of four ways, and the console knows in which. */
function checkConservation(desk: SimDesk, verdicts: ReadonlyMap<number, Verdict>): void {
  const { reader } = desk.life;
  const last = getRow<{ value: number }>(reader, `SELECT value FROM counter WHERE name = 'mutation'`)?.value ?? 0;
  for (let n = 1; n <= last; n += 1) if (!verdicts.has(n)) fail(desk, `mutation ${n} of ${last} has no verdict`);
  if (verdicts.size !== last) fail(desk, `the province has judged ${verdicts.size} mutations, written were ${last}`);
  const shown = new Set(allRows<{ n: number }>(reader, 'SELECT n FROM attention').map(row => row.n));
  for (const { n, error } of verdicts.values()) if (error?.code === 'internal/unexpected') fail(desk, `mutation ${n} broke the province's judgement`);
  for (const { n, status } of allRows<{ n: number; status: string }>(reader, `SELECT n, status FROM sent_log WHERE name <> 'sync.gone'`)) {
    const verdict = verdicts.get(n);
    if (verdict?.status !== status) fail(desk, `mutation ${n} is ${status} here and ${String(verdict?.status)} at the province`);
    if (status !== 'applied' && !shown.has(n)) fail(desk, `mutation ${n} is ${status}, and nobody is told`);
  }
  const numbers = numbersOf(desk);
  const held = desk.heldIds();
  for (const said of desk.said) if (!numbers.has(said) && !held.has(said.issueId)) fail(desk, `mutation ${said.n} (${said.name}) was said to be saved, and nothing here knows of it`);
}

/** Under which number each change has been judged in the end. */
function numbersOf(desk: SimDesk): Map<Said, number> {
  const log = new Map(allRows<{ n: number; key: string }>(desk.life.reader, `SELECT n, name || ' ' || (payload ->> '$.id') || ' ' || at_ms AS key FROM sent_log`).map(row => [row.key, row.n]));
  const found = new Map<Said, number>();
  for (const said of desk.said) {
    const n = log.get(`${said.name} ${said.issueId} ${said.atMs}`);
    if (n !== undefined) found.set(said, n);
  }
  return found;
}

/** Everything that was applied is there once, and in the order of its numbers: what had to wait for its record comes after what was written meanwhile. */
async function checkEffects(province: SimProvince, desks: readonly SimDesk[], outcome: Outcome): Promise<void> {
  const rows = new Map((await province.rows(`kind = 'issue'`)).map(row => [row.id, row]));
  outcome.rows = rows.size;
  for (const desk of desks) {
    const [verdicts, numbers] = [await verdictsOf(province, desk), numbersOf(desk)];
    const own = new Map<Id, Said[]>();
    for (const said of desk.said) {
      const status = verdicts.get(numbers.get(said) ?? 0)?.status;
      count(outcome.intents, said.name, status);
      const row = rows.get(said.issueId);
      if (row === undefined || row.deleted) continue;
      const { history } = row.data as unknown as Issue;
      const times = history.filter(entry => isOf(entry, said, desk)).length;
      const should = status === 'applied' || status === 'merged' ? 1 : 0;
      if (times !== should) fail(desk, `${said.name} ${said.n} is ${String(status)} and in the record ${times} times`);
      if (said.note !== null && history.filter(entry => entry.note === said.note).length !== should) fail(desk, `note ${said.n} is ${String(status)}, and the record has its words otherwise`);
      if (should === 1) own.set(said.issueId, [...own.get(said.issueId) ?? [], said]);
    }
    for (const [id, all] of own) {
      const { history } = rows.get(id)!.data as unknown as Issue;
      const sent = all.toSorted((one, other) => numbers.get(one)! - numbers.get(other)!).map(said => history.findIndex(entry => isOf(entry, said, desk)));
      if (!isDeepStrictEqual(sent, sent.toSorted((one, other) => one - other))) fail(desk, `what it did to ${id} stands there in the order ${sent.join(', ')}`);
    }
  }
}

function isOf(entry: HistoryEntry, said: Said, desk: SimDesk): boolean {
  return entry.action === said.name && entry.atMs === said.atMs && entry.byId === said.byId && entry.deviceId === desk.deps.station.deviceId;
}

function count(intents: Outcome['intents'], name: MutationName, status: Verdict['status'] | undefined): void {
  const counts = intents[name] ??= { taken: 0, refused: 0 };
  counts[status === 'rejected' || status === undefined ? 'refused' : 'taken'] += 1;
}

/** Between two steps: what was said to be saved is in the outbox or has been judged. */
export function checkKept(desk: SimDesk): void {
  const known = new Set(allRows<{ key: string }>(desk.life.reader, `SELECT name || ' ' || (payload ->> '$.id') || ' ' || at_ms AS key FROM outbox
    UNION SELECT name || ' ' || (payload ->> '$.id') || ' ' || at_ms FROM sent_log`).map(row => row.key));
  const lost = desk.said.filter(said => !known.has(`${said.name} ${said.issueId} ${said.atMs}`));
  if (lost.length > 0) fail(desk, `mutations ${lost.map(said => said.n).join(', ')} were said to be saved and are nowhere`);
}

function fail(desk: SimDesk, what: string): never {
  throw new Error(`${desk.deps.station.stationCode}: ${what}`);
}
