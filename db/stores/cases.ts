import { answeredBy, caseRoot, type Edge } from '../../contract/cases.ts';
import type { Id } from '../../contract/ids.ts';
import { isOpen, STATES, type Issue } from '../../contract/issue.ts';
import { allRows, blobToId, getRow, idToBlob, nullableIdToBlob, run, type Database } from '../database.ts';
import type { Work } from '../work.ts';
import { wordAt } from './words.ts';

/** What more records than these join is no case but a mistake: their edges are kept and shown, and each stands for itself. */
const MAX_MEMBERS = 500;

interface EdgeRow { child: Uint8Array; parent: Uint8Array }

function edgesAt(db: Database, id: Id): Edge[] {
  const blob = idToBlob(id);
  return allRows<EdgeRow>(db, 'SELECT child, parent FROM issue_merge WHERE child=? UNION SELECT child, parent FROM issue_merge WHERE parent=?', blob, blob)
    .map(row => ({ child: blobToId(row.child), parent: blobToId(row.parent) }));
}

/** Every record that edges join with one of `ids`, those among them that are not here too. */
function joined(db: Database, ids: Iterable<Id>): { all: Set<Id>; edges: Edge[] } {
  const all = new Set(ids);
  const edges: Edge[] = [];
  for (const id of all) {
    if (all.size > MAX_MEMBERS) break;
    for (const edge of edgesAt(db, id)) {
      if (edge.child === id) edges.push(edge);
      all.add(edge.child).add(edge.parent);
    }
  }
  return { all, edges };
}

/** Whether the record is joined with another, as child or as parent. */
function isJoined(db: Database, id: Id): boolean {
  const blob = idToBlob(id);
  return getRow(db, 'SELECT 1 FROM issue_merge WHERE child=? UNION ALL SELECT 1 FROM issue_merge WHERE parent=? LIMIT 1', blob, blob) !== undefined;
}

const hasNoEdges = (db: Database): boolean => getRow(db, 'SELECT 1 FROM issue_merge LIMIT 1') === undefined;

/** After a record was written: its edges follow, and every record of the cases that they touch says which case it is of. */
export function followMerges(work: Work, issue: Pick<Issue, 'id' | 'merges'>): void {
  const wanted = (issue.merges ?? []).map(edge => edge.parentId);
  if (wanted.length === 0 && (work.nothingJoined ??= hasNoEdges(work.db))) return;
  if (wanted.length === 0 && !isJoined(work.db, issue.id)) return;
  work.nothingJoined = false;
  const touched = new Set([issue.id, ...edgesAt(work.db, issue.id).flatMap(({ child, parent }) => [child, parent])]);
  run(work.db, 'DELETE FROM issue_merge WHERE child=?', idToBlob(issue.id));
  for (const parent of wanted) {
    run(work.db, 'INSERT OR IGNORE INTO issue_merge(child, parent) VALUES (?,?)', idToBlob(issue.id), idToBlob(parent));
    touched.add(parent);
  }
  settleCases(work, touched);
}

/** The record is not here any more: what it joined is looked at anew. */
export function forgetMerges(work: Work, id: Id): void {
  if (!isJoined(work.db, id)) return;
  const touched = edgesAt(work.db, id).flatMap(({ child, parent }) => [child, parent]).filter(other => other !== id);
  run(work.db, 'DELETE FROM issue_merge WHERE child=?', idToBlob(id));
  settleCases(work, new Set(touched));
}

interface MemberRow { rid: number; state: number; is_open: number; case_id: Uint8Array | null; rest: string }

/** `answeredBy`; histories are looked at only where they say something. */
function answeredHere(rootId: Id, root: MemberRow, members: readonly { id: Id; row: MemberRow }[]): Set<Id> {
  if (isOpenState(root.state)) return new Set(members.map(({ id }) => id));
  const { history } = JSON.parse(root.rest) as Pick<Issue, 'history'>;
  return answeredBy(rootId, { state: wordAt(STATES, root.state), history }, members.map(({ id, row }) => ({ ...JSON.parse(row.rest) as Pick<Issue, 'merges'>, id })));
}

const isOpenState = (state: number): boolean => state >= STATES.length || isOpen(wordAt(STATES, state));

function settleCases(work: Work, touched: Iterable<Id>): void {
  const settled = new Set<Id>();
  for (const id of touched) {
    if (settled.has(id)) continue;
    const { all, edges } = joined(work.db, [id]);
    const members = [...all].flatMap(member => {
      settled.add(member);
      const row = getRow<MemberRow>(work.db, 'SELECT rid, state, is_open, case_id, rest FROM issue WHERE id=?', idToBlob(member));
      return row === undefined ? [] : [{ id: member, row }];
    });
    if (members.length === 0) continue;
    const root = all.size > MAX_MEMBERS ? null : caseRoot(members.map(member => member.id), edges);
    const rootRow = members.find(member => member.id === root)?.row;
    const answered = root === null || rootRow === undefined ? new Set<Id>() : answeredHere(root, rootRow, members);
    for (const { id: member, row } of members) setCase(work, row, member !== root && answered.has(member) ? root : null);
  }
}

function setCase(work: Work, { rid, state, is_open, case_id }: MemberRow, root: Id | null): void {
  const open = root === null && isOpenState(state);
  if ((case_id === null ? null : blobToId(case_id)) === root && (is_open === 1) === open) return;
  run(work.db, 'UPDATE issue SET case_id=?, is_open=? WHERE rid=?', nullableIdToBlob(root), open ? 1 : 0, rid);
  work.touchIssue(rid);
}

/** The case that a record is of, when another stands for it. */
export function readCaseOf(db: Database, id: Id): Id | null {
  const row = getRow<{ case_id: Uint8Array | null }>(db, 'SELECT case_id FROM issue WHERE id=?', idToBlob(id));
  return row === undefined || row.case_id === null ? null : blobToId(row.case_id);
}

/** The records that this one stands for, the oldest first. */
export function readParts(db: Database, id: Id): Id[] {
  return allRows<{ id: Uint8Array }>(db, 'SELECT id FROM issue WHERE case_id=? ORDER BY id LIMIT ?', idToBlob(id), MAX_MEMBERS).map(row => blobToId(row.id));
}
