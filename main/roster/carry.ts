import type { RosterMember, RosterPlan } from '../../contract/roster.ts';
import { isAway, workMinutes } from '../../contract/roster-seats.ts';

/** How far above an even share somebody has come in the months before; below it where it is less than nothing. */
export interface Carry { minutes: number; nights: number; weekends: number; holidays: number }

/** Somebody's month: what they worked, and on how many days they could have. */
export interface Worked { member: Pick<RosterMember, 'personId' | 'name'>; worked: Carry; days: number }

const NOTHING: Carry = { minutes: 0, nights: 0, weekends: 0, holidays: 0 };
const COUNTS = ['minutes', 'nights', 'weekends', 'holidays'] as const;
const WEEK_DAYS = 7, SATURDAY = 5;

/** What somebody's month has in it. @param firstWeekday of the month, 0 for Monday */
export function countsOf({ shifts, holidays }: Pick<RosterPlan, 'shifts' | 'holidays'>, cells: readonly number[] | Int8Array, firstWeekday: number): Carry & { shifts: number } {
  const counts = { ...NOTHING, shifts: 0 };
  for (const [day, cell] of cells.entries()) {
    const shift = shifts[cell - 1];
    if (shift === undefined) continue;
    counts.shifts += 1;
    counts.minutes += workMinutes(shift);
    counts.nights += shift.isNight ? 1 : 0;
    counts.weekends += (firstWeekday + day) % WEEK_DAYS >= SATURDAY ? 1 : 0;
    counts.holidays += holidays?.includes(day) === true ? 1 : 0;
  }
  return counts;
}

/** What everybody with a seat worked in a month; leave and time off in lieu are days on which they could not. @param firstWeekday of the month, 0 for Monday */
export function workedIn(plan: Pick<RosterPlan, 'members' | 'shifts' | 'holidays'>, firstWeekday: number): Worked[] {
  return plan.members.filter(one => one.offSite !== true).map(({ personId, name, cells }) => {
    const { shifts: _, ...worked } = countsOf(plan, cells, firstWeekday);
    return { member: { personId, name }, worked, days: cells.filter(cell => !isAway(cell)).length };
  });
}

/** Whether two entries are of one person: by the directory, or, of whoever is not in it, by name. */
export function isSame(one: Pick<RosterMember, 'personId' | 'name'>, other: Pick<RosterMember, 'personId' | 'name'>): boolean {
  return one.personId === null ? other.personId === null && one.name === other.name : one.personId === other.personId;
}

/**
 * How far each member has come from an even share over the months before. A month is shared out by the days on which people could work, so that nobody owes their leave; whoever was not in a month
 * brings nothing from it.
 */
export function carryOf(months: readonly (readonly Worked[])[], members: readonly Pick<RosterMember, 'personId' | 'name'>[]): Carry[] {
  return members.map(member => {
    const carry = { ...NOTHING };
    for (const month of months) {
      const own = month.find(one => isSame(member, one.member));
      if (own === undefined) continue;
      const days = month.reduce((sum, one) => sum + one.days, 0);
      for (const count of COUNTS) carry[count] += own.worked[count] - (days === 0 ? 0 : month.reduce((sum, one) => sum + one.worked[count], 0) * own.days / days);
    }
    return carry;
  });
}

/**
 * What brings everybody to one level with what they carry, each between nothing and the most they can; in all as much as there is, or as they can.
 *
 * @param all what there is to be shared out
 */
export function levelled(all: number, people: readonly { carry: number; most: number }[]): number[] {
  const shareAt = (level: number): number[] => people.map(({ carry, most }) => Math.max(0, Math.min(most, level - carry)));
  const sumAt = (level: number): number => shareAt(level).reduce((sum, one) => sum + one, 0);
  // Between two of these the sum rises with the level by how many are neither at nothing nor at their most.
  const turns = people.flatMap(({ carry, most }) => [carry, carry + most]).sort((a, b) => a - b);
  const from = turns.findLast(level => sumAt(level) <= all);
  if (from === undefined) return people.map(() => 0);
  const rising = people.filter(({ carry, most }) => carry <= from && from < carry + most).length;
  return shareAt(rising === 0 ? from : from + (all - sumAt(from)) / rising);
}
