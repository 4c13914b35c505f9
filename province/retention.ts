import { setImmediate as breath } from 'node:timers/promises';
import { PROVINCE_ITSELF, type Id } from '../contract/ids.ts';
import type { Actor } from '../contract/mutations/facts.ts';
import type { PolicyPack } from '../contract/policy/pack.ts';
import { erasureDueAtMs, requestRetentionDays, retentionDays, RETENTION_KINDS } from '../contract/policy/retention.ts';
import { standsFor } from './case-root.ts';
import { lockRows, writesOf, type LockedRow } from './court.ts';
import { forgetInVerdicts } from './forget-persons.ts';
import { judge, parseMutation, type Judged, type Parsed } from './judge.ts';
import { commitsOf, type Found, type LadderInput } from './ladder.ts';
import { loadPolicy } from './policy.ts';
import { regularly } from './rounds.ts';
import { transactionRetried, type Database, type Sql } from './sql.ts';
import { commitChanges } from './store.ts';

const DAY_MS = 86_400_000;
const PAGE_ROWS = 200;
/** In one round: the first after a pack has set a time may have years to erase, and each record goes to every console of its scope. */
const ROUND_ROWS = 2_000;
/** What the index `record_with_persons` holds: the words of the two must be the same for it to serve. */
const KIND = "CASE WHEN data->>'state' = 'false_report' THEN 'false' WHEN data->>'class' = 'incident' THEN 'incident' ELSE 'issue' END";
const WITH_PERSONS = "kind = 'issue' AND NOT deleted AND data->>'personalErasedAtMs' IS NULL";
/** What the index `record_request_kept` holds. */
const KEPT_REQUEST = "kind = 'request' AND NOT deleted AND data->>'personalErasedAtMs' IS NULL";

/** The province acts in no person's name; the right to erase is all that it has, here and nowhere else. */
const ITSELF: Actor = { personId: PROVINCE_ITSELF, unitId: null, roles: ['quan_tri'], scope: { siteIds: null, services: null } };

/** Erases again and again whose time is over, in `regularly` rounds. */
export function eraseRegularly({ db, nowMs, everyMs, report }: LadderInput): () => Promise<void> {
  return regularly(() => eraseDue(db, nowMs(), report), { everyMs, what: 'retention', report });
}

/**
 * One round: of every record, and every request about personal data, whose persons have been kept for as long as the pack in force says, they are
 * erased by `issue.erasePersonal` and `request.erasePersonal` in nobody's name, by the road of every other change. Several servers on one database may do this at once.
 *
 * @param nowMs the province's time
 * @returns how many records and requests were
 */
export async function eraseDue(db: Database, nowMs: number, report: LadderInput['report']): Promise<number> {
  const pack = (await loadPolicy(db)).at(nowMs);
  let erased = 0;
  for (const kind of RETENTION_KINDS) {
    const days = retentionDays(pack, kind);
    // A record ends no earlier than it came.
    let after = { at: '-1', id: '00000000-0000-0000-0000-000000000000' };
    for (let more = days !== null; more && erased < ROUND_ROWS;) {
      const page = await db.query<Found>(`SELECT id, data FROM record WHERE ${WITH_PERSONS} AND ${KIND} = $1
        AND data->'receivedAtMs' <= to_jsonb($2::bigint) AND (data->'receivedAtMs', id) > ($3::jsonb, $4::uuid) ORDER BY data->'receivedAtMs', id LIMIT ${PAGE_ROWS}`,
      [kind, nowMs - (days ?? 0) * DAY_MS, after.at, after.id]);
      const due: Found[] = [];
      for (const row of page) if (await isDue(db, row, pack, nowMs).catch((error: unknown) => { report(`retention, record ${row.id}`, error); return false; })) due.push(row);
      for (const ids of commitsOf(due)) erased += await commit(db, ids, nowMs, report);
      await breath();
      const last = page.at(-1);
      more = page.length === PAGE_ROWS && last !== undefined;
      if (last !== undefined) after = { at: JSON.stringify(last.data.receivedAtMs), id: last.id };
    }
  }
  return erased + await eraseRequests(db, pack, nowMs, report);
}

/** Requests that ended so many days ago, page by page. */
async function eraseRequests(db: Database, pack: PolicyPack, nowMs: number, report: LadderInput['report']): Promise<number> {
  const days = requestRetentionDays(pack);
  if (days === null) return 0;
  let erased = 0;
  let after = '00000000-0000-0000-0000-000000000000';
  for (let more = true; more && erased < ROUND_ROWS;) {
    const due = await db.query<Found>(`SELECT id, data FROM record WHERE ${KEPT_REQUEST} AND id > $2 AND data->'ended'->'atMs' <= to_jsonb($1::bigint) ORDER BY id LIMIT ${PAGE_ROWS}`, [nowMs - days * DAY_MS, after]);
    for (const ids of commitsOf(due)) erased += await commit(db, ids, nowMs, report);
    await breath();
    more = due.length === PAGE_ROWS;
    after = due.at(-1)?.id ?? after;
  }
  return erased;
}

async function isDue(db: Database, { data }: Found, pack: PolicyPack, nowMs: number): Promise<boolean> {
  const dueMs = erasureDueAtMs(data, pack, await standsFor(db, data) ?? data);
  return dueMs !== null && dueMs <= nowMs;
}

/** A record that cannot be written stops none of those that would have gone with it. */
async function commit(db: Database, ids: readonly Id[], nowMs: number, report: LadderInput['report']): Promise<number> {
  await breath();
  try {
    return await transactionRetried(db, tx => erase(tx, ids, nowMs, report));
  } catch (error) {
    if (ids.length === 1) { report(`retention, record ${ids[0]}`, error); return 0; }
    let erased = 0;
    for (const id of ids) erased += await commit(db, [id], nowMs, report);
    return erased;
  }
}

/** Erases the persons of these records, judged as they are once they are locked. */
async function erase(tx: Sql, ids: readonly Id[], nowMs: number, report: LadderInput['report']): Promise<number> {
  const found = await lockRows(tx, ids);
  const policy = await loadPolicy(tx);
  const { changed } = judge(found.filter(row => !row.deleted).map(row => erasure(row, nowMs)), {
    deviceId: PROVINCE_ITSELF, nowMs, onBroken: ({ payload }, error) => { report(`retention, record ${String(payload['id'])}`, error); }, policy,
    actors: new Map([[PROVINCE_ITSELF, ITSELF]]), rows: new Map<Id, Judged | 'deleted'>(found.map(({ kind, id, deleted, data }) => [id, deleted ? 'deleted' : { kind, row: data }])),
    units: new Map(), places: new Set(), others: new Map(), lastNumbers: new Map(),
  });
  await forgetInVerdicts(tx, changed);
  if (changed.size > 0) await commitChanges(tx, { rows: writesOf(changed, found) });
  return changed.size;
}

/** The reason is the rule's: screens say it in words of their own. */
function erasure({ kind, data }: LockedRow, nowMs: number): Parsed {
  if (kind === 'request') return parseMutation({ n: 1, name: 'request.erasePersonal', actorId: PROVINCE_ITSELF, atMs: nowMs, payload: { id: data.id } });
  return parseMutation({ n: 1, name: 'issue.erasePersonal', actorId: PROVINCE_ITSELF, atMs: nowMs, payload: { id: data.id, basis: 'retention', reason: 'NĐ 356/2025/NĐ-CP', words: [] } });
}
