import { firstWeekdayOf, type RosterLedger, type RosterPlan } from '../../contract/roster.ts';
import { countsOf, isSame } from './carry.ts';

/**
 * What each member of a plan has worked in months before it, in the order of its members: hours, shifts, nights, shifts on Saturdays and Sundays, and those on public holidays. A shift belongs to
 * the day on which it begins.
 *
 * @param before who worked when, each month once, whatever the order; what people changed between them is in it
 */
export function ledgerOf(plan: RosterPlan, before: readonly RosterPlan[]): RosterLedger[] {
  return plan.members.map(member => {
    const own = before.flatMap(month => { const row = month.members.find(one => isSame(member, one)); return row === undefined ? [] : [countsOf(month, row.cells, firstWeekdayOf(month.month))]; });
    const sum = (of: keyof (typeof own)[number]): number => own.reduce((all, one) => all + one[of], 0);
    return {
      months: own.length, minutes: sum('minutes'), shifts: sum('shifts'), nights: sum('nights'), weekends: sum('weekends'), holidays: sum('holidays'),
      holidaysNow: countsOf(plan, member.cells, firstWeekdayOf(plan.month)).holidays,
    };
  });
}
