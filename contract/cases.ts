import type { Id } from './ids.ts';
import { isOpen, type Issue } from './issue.ts';

/** That `child` is of the same event as `parent`, as an operator said it. */
export interface Edge { child: Id; parent: Id }

/**
 * The record that stands for the case (vụ việc) among records that edges join: the one that all lead to. Where people apart have
 * joined them in a ring, or to several, it is the oldest: ids rise with time. It depends on the edges alone, not on the order in which they
 * came, so that consoles that merge apart end with the same case.
 *
 * @param members ids of the records that are here; edges to others count for nothing
 */
export function caseRoot(members: readonly Id[], edges: readonly Edge[]): Id {
  const here = new Set(members);
  const led = new Set(edges.filter(({ child, parent }) => here.has(child) && here.has(parent)).map(({ child }) => child));
  const leading = members.filter(id => !led.has(id));
  const candidates = leading.length === 1 ? leading : members;
  return candidates.reduce((oldest, id) => (id < oldest ? id : oldest));
}

/**
 * The members of a case for which the record that stands for it answers: all of them while it is open; once it has been closed, those that edges made before then join
 * with it and that have been joined with nothing since. What ended otherwise (tin không xác thực, hủy, không thuộc thẩm quyền) answers for nobody. Any other
 * member is to be acted on again, whoever stands between.
 */
export function answeredBy(rootId: Id, root: Pick<Issue, 'state' | 'history'>, members: readonly Pick<Issue, 'id' | 'merges'>[]): Set<Id> {
  if (isOpen(root.state)) return new Set(members.map(({ id }) => id));
  if (root.state !== 'closed') return new Set();
  const closedAtMs = root.history.findLast(entry => entry.to === 'closed')?.atMs ?? 0;
  const before = members.flatMap(({ id, merges }) => (merges ?? []).filter(({ atMs }) => atMs <= closedAtMs).map(({ parentId }) => ({ child: id, parent: parentId })));
  const joined = new Set([rootId]);
  for (const id of joined) {
    for (const { child, parent } of before) {
      if (child === id) joined.add(parent);
      if (parent === id) joined.add(child);
    }
  }
  return new Set(members.filter(({ id, merges }) => joined.has(id) && (merges ?? []).every(({ atMs }) => atMs <= closedAtMs)).map(({ id }) => id));
}
