import type { Id } from '../../contract/ids.ts';
import { OFF, type RosterLedger, type RosterMember, type RosterPlan } from '../../contract/roster.ts';
import type { Database } from '../../db/database.ts';
import { isSame } from './carry.ts';
import { holidaysOf } from './first-plan.ts';
import { packOfMonth } from './ground.ts';
import { linePlanOf, rosterOf, shareOf } from './plan-check.ts';
import { publishedBefore } from './read-published.ts';

function holidaysIn({ cells }: RosterMember, holidays: readonly number[] = []): number {
  return holidays.filter(day => (cells[day] ?? OFF) > OFF).length;
}

/**
 * What each member of a plan has worked in months before it, in the order of its members: hours, shifts, nights, shifts on Saturdays and Sundays, and those on public holidays. A shift belongs to
 * the day on which it begins.
 *
 * @param before who worked when, each month once, whatever the order; what people changed between them is in it
 */
export function ledgerOf(plan: RosterPlan, before: readonly RosterPlan[]): RosterLedger[] {
  const months = before.map(month => ({ month, line: linePlanOf(month), roster: rosterOf(month) }));
  return plan.members.map(member => {
    const sum: RosterLedger = { months: 0, minutes: 0, shifts: 0, nights: 0, weekends: 0, holidays: 0, holidaysNow: holidaysIn(member, plan.holidays) };
    for (const { month, line, roster } of months) {
      const row = month.members.findIndex(one => isSame(member, one));
      if (row === -1) continue;
      const share = shareOf(line, roster[row]!);
      sum.months += 1;
      for (const key of ['minutes', 'shifts', 'nights', 'weekends'] as const) sum[key] += share[key];
      sum.holidays += holidaysIn(month.members[row]!, month.holidays);
    }
    return sum;
  });
}

/** The published months before one; a month that names no public holidays has those of policy. */
export function monthsBefore(reader: Database, siteId: Id, plan: Pick<RosterPlan, 'service' | 'month'>): RosterPlan[] {
  return publishedBefore(reader, siteId, plan).map(one => ({ ...one, holidays: one.holidays ?? holidaysOf(packOfMonth(reader, one.month).calendar.days, one.month) }));
}
