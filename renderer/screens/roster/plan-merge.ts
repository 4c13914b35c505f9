import type { RosterPlan } from '../../../contract/roster.ts';

/** Whatever order the parts of a plan were put in: those that are kept have one of their own. */
const isSame = (one: unknown, other: unknown): boolean => written(one) === written(other);
const written = (value: unknown): string => JSON.stringify(value, (_key, part: unknown) => (part === null || typeof part !== 'object' || Array.isArray(part) ? part : Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))));
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
