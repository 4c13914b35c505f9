import type { RosterPlan } from '../../../contract/roster.ts';

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
/** Everything but who works when. */
const frameOf = (plan: RosterPlan): unknown => ({ ...plan, members: plan.members.map(({ cells: _, ...member }) => member) });

/**
 * What two have made of one plan, put together. Cells are, each by itself, where nothing else differs; where anything else does, one of the two has to be as it was.
 *
 * @returns null where both have changed the same, each otherwise
 */
export function mergedPlan(base: RosterPlan, mine: RosterPlan, theirs: RosterPlan): RosterPlan | null {
  if (isSame(mine, base) || isSame(mine, theirs)) return theirs;
  if (isSame(theirs, base)) return mine;
  if (!isSame(frameOf(base), frameOf(mine)) || !isSame(frameOf(base), frameOf(theirs))) return null;
  const clash = { met: false };
  const members = base.members.map(({ cells }, row) => ({
    ...mine.members[row]!,
    cells: cells.map((was, day) => {
      const [own, other] = [mine.members[row]!.cells[day]!, theirs.members[row]!.cells[day]!];
      if (own !== was && other !== was && own !== other) clash.met = true;
      return own === was ? other : own;
    }),
  }));
  return clash.met ? null : { ...mine, members };
}
