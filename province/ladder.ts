import { setImmediate as breath } from 'node:timers/promises';
import { PROVINCE_ITSELF, type Id } from '../contract/ids.ts';
import { MAX_REMINDERS, REMINDED_STATES, type Issue } from '../contract/issue.ts';
import type { Actor } from '../contract/mutations/facts.ts';
import { ladderOf } from '../contract/policy/ladder.ts';
import type { LadderStep, PolicyBook } from '../contract/policy/pack.ts';
import { standsFor } from './case-root.ts';
import { lockRows, writesOf, type LockedRow } from './court.ts';
import { judge, parseMutation, type Court, type Parsed } from './judge.ts';
import { loadPolicy } from './policy.ts';
import { COMMIT_BYTES } from './push.ts';
import { regularly } from './rounds.ts';
import { transactionRetried, type Database, type Sql } from './sql.ts';
import { commitChanges } from './store.ts';

export interface LadderInput {
  db: Database;
  nowMs: () => number;
  /** From the beginning of one round to that of the next, ms. */
  everyMs: number;
  report: (what: string, error: unknown) => void;
}

/** Records that are looked at, and at most written, in one go. */
const PAGE_ROWS = 200;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';
/** What the index `record_with_unit` holds: the words of the two must be the same for it to serve. */
const WITH_UNIT = `kind = 'issue' AND NOT deleted AND data->>'state' IN (${REMINDED_STATES.map(state => `'${state}'`).join(', ')})`;

/** The province acts in no person's name; the right to remind is all that it has, here and nowhere else. */
const ITSELF: Actor = { personId: PROVINCE_ITSELF, unitId: null, roles: ['lanh_dao_ioc'], scope: { siteIds: null, services: null } };

/** Goes up the ladder of reminders (thang đôn đốc, Q15.6, Q17.7) again and again, in `regularly` rounds. */
export function climbRegularly({ db, nowMs, everyMs, report }: LadderInput): () => Promise<void> {
  return regularly(() => climb(db, nowMs(), report), { everyMs, what: 'ladder', report });
}

/**
 * One round: every record that a unit has, page by page, and of each the step of the ladder that is due by then as a reminder of the province's own. Several servers
 * on one database may do this at once: a step is judged on the record as it is once its row is locked.
 *
 * @param nowMs the province's time, at which the steps are recorded
 * @returns how many were
 */
export async function climb(db: Database, nowMs: number, report: LadderInput['report']): Promise<number> {
  const policy = await loadPolicy(db);
  let recorded = 0;
  for (let after: Id = BEFORE_ALL, more = true; more;) {
    const page = await db.query<Found>(`SELECT id, data FROM record WHERE ${WITH_UNIT} AND id > $1 ORDER BY id LIMIT ${PAGE_ROWS}`, [after]);
    const due: Found[] = [];
    for (const row of page) if (isDue(row, policy, nowMs, report) && await standsFor(db, row.data).then(root => root === null).catch((error: unknown) => { report(`ladder, record ${row.id}`, error); return false; })) due.push(row);
    for (const ids of commitsOf(due)) recorded += await commit(db, ids, { nowMs, report });
    // An embedded database answers without ever letting go of the thread: whoever pushes has his turn between two pages.
    await breath();
    more = page.length === PAGE_ROWS;
    after = page.at(-1)?.id ?? after;
  }
  return recorded;
}

/** A record that cannot be written stops none of those that would have gone with it. */
async function commit(db: Database, ids: readonly Id[], { nowMs, report }: Pick<LadderInput, 'report'> & { nowMs: number }): Promise<number> {
  await breath();
  try {
    return await transactionRetried(db, tx => record(tx, ids, { nowMs, report }));
  } catch (error) {
    if (ids.length === 1) { report(`ladder, record ${ids[0]}`, error); return 0; }
    let recorded = 0;
    for (const id of ids) recorded += await commit(db, [id], { nowMs, report });
    return recorded;
  }
}

export interface Found { id: Id; data: Issue }

function dueOf(issue: Issue, policy: PolicyBook, nowMs: number): LadderStep | null {
  return ladderOf(issue, policy.of(issue.policyId, issue.receivedAtMs), nowMs).due;
}

/** A record on which we stumble stops none of the others. */
function isDue({ id, data }: Found, policy: PolicyBook, nowMs: number, report: LadderInput['report']): boolean {
  try {
    // Of a record that has no room for another reminder, nothing can be recorded: the screen goes on to say how late it is.
    return (data.reminders ?? []).length < MAX_REMINDERS && dueOf(data, policy, nowMs) !== null;
  } catch (error) {
    report(`ladder, record ${id}`, error);
    return false;
  }
}

/** Records that fit into one commit together: a page of a pull holds whole commits. */
export function commitsOf(due: readonly Found[]): Id[][] {
  const commits: Id[][] = [];
  let bytes = Infinity;
  for (const { id, data } of due) {
    bytes += Buffer.byteLength(JSON.stringify(data));
    if (bytes > COMMIT_BYTES) { commits.push([]); bytes = Buffer.byteLength(JSON.stringify(data)); }
    commits.at(-1)?.push(id);
  }
  return commits;
}

/** Records the steps that are due of these records, by the road that a station's mutations go: schema, judgement, commit. */
async function record(tx: Sql, ids: readonly Id[], { nowMs, report }: Pick<Court, 'nowMs'> & Pick<LadderInput, 'report'>): Promise<number> {
  const found = await lockRows(tx, ids);
  const policy = await loadPolicy(tx);
  const parsed = found.flatMap((row): Parsed[] => {
    const step = row.deleted ? null : dueOf(row.data as Issue, policy, nowMs);
    return step === null ? [] : [reminder(row, step, nowMs)];
  });
  const { changed } = judge(parsed, {
    deviceId: PROVINCE_ITSELF, nowMs, onBroken: ({ payload }, error) => { report(`ladder, record ${String(payload['id'])}`, error); }, policy,
    actors: new Map([[PROVINCE_ITSELF, ITSELF]]), rows: new Map(found.map(({ kind, id, deleted, data }) => [id, deleted ? 'deleted' : { kind, row: data }])),
    units: new Map(), places: new Set(), others: new Map(), lastNumbers: new Map(),
  });
  if (changed.size > 0) await commitChanges(tx, { rows: writesOf(changed, found) });
  return changed.size;
}

/** What reminds the lead unit by a step. The province numbers nothing: no station waits for its verdicts. */
function reminder(row: LockedRow, { level }: LadderStep, nowMs: number): Parsed {
  const data = row.data as Issue;
  return parseMutation({ n: 1, name: 'issue.remind', actorId: PROVINCE_ITSELF, atMs: nowMs, payload: { id: data.id, unitId: data.leadUnitId, level, note: '' } });
}
