import { AppError } from '../contract/errors.ts';
import { PROTOCOL_VERSION, ROW_KINDS, type RestartReason, type Row, type Verdict } from '../contract/province.ts';
import type { Device } from './devices.ts';
import { isOurs } from './epoch.ts';
import type { Sql } from './sql.ts';
import { scopeCondition, scopeParams, type Head, type StoredRow } from './store.ts';

/**
 * Where a console stands, as the opaque cursor carries it. `reach`: what it has may be as young as that, until it has pulled as far
 * (province/snapshot-rows.ts).
 */
export interface Position { epoch: string; scopeVersion: number; seq: number; reach?: number }

export function cursorOf({ epoch, scopeVersion, seq, reach = seq }: Position): string {
  return `${epoch}.${scopeVersion}.${seq}.${PROTOCOL_VERSION}${reach > seq ? `.${reach}` : ''}`;
}

const NUMBER = /^\d{1,15}$/;

/**
 * The seq that a cursor stands for, and its reach; the empty cursor is the beginning.
 *
 * @throws {AppError} 'sync/restart' {reason} when it was made in another history (we were restored), under another scope or too far back, or is no cursor
 */
export async function readCursor(sql: Sql, cursor: string, head: Head, device: Device): Promise<{ seq: number; reach: number }> {
  if (cursor === '') return { seq: 0, reach: 0 };
  const [epoch = '', scopeVersion, seq = '', protocol = '', reach, ...rest] = cursor.split('.');
  const at = { seq: Number(seq), reach: Number(reach ?? seq) };
  const isCursor = NUMBER.test(seq) && /^\d{1,4}$/.test(protocol) && rest.length === 0 && (reach === undefined || (NUMBER.test(reach) && at.reach > at.seq));
  if (!isCursor || !await isOurs(sql, { epoch, seq: at.reach }, head)) throw restart(epoch === head.epoch ? 'ahead' : 'epoch');
  if (Number(scopeVersion) !== device.scopeVersion) throw restart('scope');
  if (at.seq < head.prunedSeq) throw restart('horizon');
  return at;
}

function restart(reason: RestartReason): AppError {
  return new AppError('sync/restart', { reason });
}

/** Rows of a page together, as JSON, but for a single commit that is larger: `push` keeps those within the same. */
const PAGE_BYTES = 8 << 20;

/** `after`: the seq that the caller's cursor stood for. */
export interface PullPage { rows: Row[]; cursor: string; more: boolean; verdicts: Verdict[]; after: number }

/**
 * The next page of rows in the order of commits. A commit is never split: its rows come in one page, even when that
 * exceeds the limit; within a commit references come before what refers to them. Pages of large rows are shorter than asked for.
 *
 * @param input.limit 0 gives no rows: who asks wants to know who answers
 * @param input.ackedN verdicts of mutations after this one come along
 */
export async function pull(sql: Sql, device: Device, input: { cursor: string; limit: number; ackedN: number }): Promise<PullPage> {
  // The head is read first: what is committed after it is left to the next page, so the cursor can pass rows outside the scope.
  const { lastN, ...head } = await standing(sql, device);
  const { seq: after, reach } = await readCursor(sql, input.cursor, head, device);
  const verdicts = lastN <= input.ackedN ? [] : await sql.query<{ data: Verdict }>('SELECT data FROM verdict WHERE device_id = $1 AND n > $2 ORDER BY n LIMIT 2000', [device.id, input.ackedN]);
  const { rows, upTo } = after === head.seq || input.limit === 0 ? { rows: [], upTo: after } : await wholeCommits(sql, device, { after, head: head.seq, limit: input.limit });
  return {
    after, rows, more: upTo < head.seq, verdicts: verdicts.map(row => row.data),
    cursor: cursorOf({ epoch: head.epoch, scopeVersion: device.scopeVersion, seq: upTo, reach }),
  };
}

/** The head, and the station's count at the same moment: verdicts of all that the page can hold are known to be there or not. */
async function standing(sql: Sql, device: Device): Promise<Head & { lastN: number }> {
  const [row] = await sql.query<Head & { lastN: number }>(`SELECT seq, epoch, province_id AS "provinceId", name, pruned_seq AS "prunedSeq",
    coalesce((SELECT last_n FROM device WHERE id = $1), 0) AS "lastN" FROM sync_head`, [device.id]);
  if (row === undefined) throw new Error('the database has no sync_head');
  return row;
}

async function wholeCommits(sql: Sql, device: Device, range: { after: number; head: number; limit: number }): Promise<{ rows: Row[]; upTo: number }> {
  const scope = scopeParams(device.scope);
  const page = await sql.query<FoundRow & { asked: number }>(`
    SELECT kind, id, seq, deleted, data, has_left, asked FROM (
      SELECT p.*, count(*) OVER ()::int AS asked, row_number() OVER w AS at, sum(octet_length(data::text)) OVER w AS bytes
      FROM (${changesIn('seq > $1 AND seq <= $2', 3, 'ORDER BY seq LIMIT $5')} ORDER BY seq LIMIT $5) p
      WINDOW w AS (ORDER BY seq, array_position($7::text[], kind), id)) q
    WHERE at = 1 OR bytes <= $6 ORDER BY at`, [range.after, range.head, ...scope, range.limit + 1, PAGE_BYTES, ROW_KINDS]);
  const found = page.map(toRow);
  const asked = page[0]?.asked ?? 0;
  if (asked <= range.limit && found.length === asked) return { rows: found, upTo: range.head };
  // The last row's commit may go on in the next page.
  const cutSeq = found[found.length - 1]?.seq ?? range.head;
  const whole = found.filter(row => row.seq < cutSeq);
  if (whole.length > 0) return { rows: whole, upTo: cutSeq - 1 };
  const one = await sql.query<FoundRow>(`SELECT * FROM (${changesIn('seq = $1', 2, '')}) c
    ORDER BY array_position($4::text[], kind), id`, [cutSeq, ...scope, ROW_KINDS]);
  return { rows: one.map(toRow), upTo: cutSeq };
}

interface FoundRow extends Omit<StoredRow, 'left'> { has_left: boolean }

function toRow({ kind, id, seq, deleted, data, has_left }: FoundRow): StoredRow {
  return { kind, id, seq, deleted, ...(has_left ? { left: true } : {}), data };
}

/** SQL for what a scope is told of: rows inside it, and those that have left a place of it for one outside. */
function changesIn(span: string, at: number, rest: string): string {
  return `(SELECT kind, id, seq, deleted, data, false AS has_left FROM record WHERE ${span} AND ${scopeCondition(at)} ${rest})
    UNION ALL (SELECT kind, id, seq, true, '{}'::jsonb, true FROM record_left l WHERE ${span} AND ${scopeCondition(at, 'l')}
      AND NOT EXISTS (SELECT FROM record WHERE record.kind = l.kind AND record.id = l.id AND ${scopeCondition(at)}) ${rest})`;
}
