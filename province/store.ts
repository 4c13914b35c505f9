import { isDeepStrictEqual } from 'node:util';
import { PLACED_KINDS } from '../contract/documents/apply.ts';
import type { Id } from '../contract/ids.ts';
import { linesOf, type Issue } from '../contract/issue.ts';
import { SERVICES, type Scope, type Service } from '../contract/org.ts';
import type { RowKind, Verdict } from '../contract/province.ts';
import type { Sql } from './sql.ts';

/** Where the province stands: the seq of its last commit, and who it is. */
export interface Head {
  seq: number; epoch: string; provinceId: Id; name: string;
  /** What went up to this seq is no longer told: a cursor below it cannot be followed. */
  prunedSeq: number;
}

/** A row to write. `expected` is the seq under which it was read, 0 for a new one: a row that moved on meanwhile is not overwritten. */
export interface RowWrite {
  kind: RowKind; id: Id; siteId: Id | null; service: string | null; deleted: boolean;
  data: Record<string, unknown>; expected: number;
  /** The data as it was read under `expected`; with it only what differs goes to the engine. */
  before?: Record<string, unknown>;
}

/** What a transaction leaves behind; everything but rows is optional. */
export interface Batch {
  rows: RowWrite[];
  stations?: StationCount[];
  counters?: NumberCounter[];
}
/** A station's new verdicts, and the last mutation that it has one for. */
export interface StationCount { id: Id; lastN: number; verdicts: Verdict[] }
export interface NumberCounter { service: Service; year: number; last: number }

/** A stored row as the pull and the snapshot send it; one of a kind that only a later version knows, too. */
export interface StoredRow { kind: string; id: Id; seq: number; deleted: boolean; left?: true; data: Record<string, unknown> }

export async function readHead(sql: Sql): Promise<Head> {
  const [head] = await sql.query<Head>('SELECT seq, epoch, province_id AS "provinceId", name, pruned_seq AS "prunedSeq" FROM sync_head');
  if (head === undefined) throw new Error('the database has no sync_head');
  return head;
}

/**
 * Writes the batch and takes the next seq. Must be the last statement of its transaction: the counter stays locked
 * until the commit.
 *
 * @returns the seq of the written rows; the current one when there are none
 * @throws an engine error with SQLSTATE 40001 when a row changed since it was read: try the transaction again
 */
export async function commitChanges(tx: Sql, batch: Batch): Promise<number> {
  const rows = batch.rows.map(row => ({
    kind: row.kind, id: row.id, site_id: row.siteId, service: row.service, deleted: row.deleted, expected: row.expected, ...written(row),
  }));
  const [added, changed] = [rows.filter(row => row.expected === 0), rows.filter(row => row.expected !== 0)];
  const stations = (batch.stations ?? []).map(({ id, lastN, verdicts }) => ({ id, last_n: lastN, verdicts }));
  const [result] = await tx.query<{ seq: number }>('SELECT commit_group($1::jsonb, $2::jsonb) AS seq',
    [JSON.stringify({ added, changed, counters: batch.counters ?? [] }), JSON.stringify(stations)]);
  if (result === undefined) throw new Error('commit_group gave no seq');
  return result.seq;
}

/** The row's data: whole, or as its changed fields and what its history has grown by. */
function written({ data, before }: RowWrite): { data: unknown } | { fields: unknown; grown?: unknown } {
  // A field that has gone cannot be told by a change.
  if (before === undefined || Object.keys(before).some(key => data[key] === undefined)) return { data };
  const fields: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(data)) if (!isDeepStrictEqual(value, before[key])) fields[key] = value;
  const grown = growth(before['history'], fields['history']);
  if (grown === null) return { fields };
  const { history: _, ...others } = fields;
  return { fields: others, grown };
}

/** What a list has grown by, or null when it is no list or has changed otherwise. */
function growth(before: unknown, after: unknown): unknown[] | null {
  if (!Array.isArray(before) || !Array.isArray(after) ) return null;
  return isDeepStrictEqual(after.slice(0, before.length), before) ? after.slice(before.length) : null;
}

/** Kinds of rows that have a site and lines, as SQL: records and documents. */
export const PLACED = `('${PLACED_KINDS.join("', '")}')`;

/** SQL that keeps what a scope may see of `table`: the organisation is everyone's, records and documents are not. Takes two parameters from `at` on. */
export function scopeCondition(at: number, table = 'record'): string {
  return `(${table}.kind NOT IN ${PLACED} OR (($${at}::uuid[] IS NULL OR ${table}.site_id = ANY($${at}::uuid[]))
    AND ($${at + 1}::text[] IS NULL OR ${table}.service = ANY($${at + 1}::text[]))))`;
}

/** What stands in the column `service` of a record: its line, or all that work it, like "113+115". */
export function lineKey(issue: Pick<Issue, 'service' | 'lines' | 'handOff'>): string {
  return linesOf(issue).join('+');
}

/** Every way in which lines work together. */
const KEYS: readonly { key: string; lines: readonly Service[] }[] = Array.from({ length: 2 ** SERVICES.length - 1 }, (_, at) => {
  const lines = SERVICES.filter((_one, bit) => ((at + 1) >> bit) % 2 === 1);
  return { key: lines.join('+'), lines };
});

/** Sites, and the keys of lines in which at least one of the scope has a part: a record of several lines is in the scope of each. */
export function scopeParams(scope: Scope): [Id[] | null, string[] | null] {
  const { services } = scope;
  return [scope.siteIds, services === null ? null : KEYS.filter(({ lines }) => lines.some(line => services.includes(line))).map(({ key }) => key)];
}

/** The common part of two scopes: what both may see. */
export function narrowed(a: Scope, b: Scope): Scope {
  return { siteIds: common(a.siteIds, b.siteIds), services: common(a.services, b.services) };
}

function common<T>(a: T[] | null, b: T[] | null): T[] | null {
  if (a === null) return b;
  return b === null ? a : a.filter(item => b.includes(item));
}
