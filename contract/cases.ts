import type { Id } from './ids.ts';

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
