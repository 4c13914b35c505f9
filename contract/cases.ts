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
 * Whether the record that stands for a case also answers for this member: while it is open, and once it has been closed after the member was
 * joined. What ended otherwise (tin không xác thực, hủy, không thuộc thẩm quyền), or before, answers for nobody: the member is to be acted on again.
 */
export function answersFor(root: Pick<Issue, 'state' | 'history'>, member: Pick<Issue, 'merges'>): boolean {
  if (isOpen(root.state)) return true;
  if (root.state !== 'closed') return false;
  const closedAtMs = root.history.findLast(entry => entry.to === 'closed')?.atMs ?? 0;
  return (member.merges ?? []).every(edge => edge.atMs <= closedAtMs);
}
