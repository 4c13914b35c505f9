import { dutyPlan } from '../../contract/documents/duty-roster.ts';
import type { Id } from '../../contract/ids.ts';
import { monthBeside, OFF, type RosterLedger, type RosterMember, type RosterPlan } from '../../contract/roster.ts';
import type { Database } from '../../db/database.ts';
import { holidaysOf } from './first-plan.ts';
import { packOfMonth } from './ground.ts';
import { linePlanOf, rosterOf, shareOf } from './plan-check.ts';
import { readPublished } from './read-published.ts';

/** So many months before a plan are carried into it. */
export const LEDGER_MONTHS = 3;

/** Whether two rows are of the same person; one that the directory does not have is known by name. */
function isSame(one: Pick<RosterMember, 'personId' | 'name'>, other: Pick<RosterMember, 'personId' | 'name'>): boolean {
  return one.personId === null ? other.personId === null && one.name === other.name : one.personId === other.personId;
}

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

/** The months of a desk before one, as they are published, up to three, the last first; months that are not published are left out. A month that names no public holidays has those of policy. */
export function publishedBefore(reader: Database, siteId: Id, { service, month }: Pick<RosterPlan, 'service' | 'month'>): RosterPlan[] {
  const months: RosterPlan[] = [];
  for (let at = monthBeside(month, -1), left = LEDGER_MONTHS; left > 0; left--, at = monthBeside(at, -1)) {
    const published = readPublished(reader, siteId, service, at);
    if (published === null) continue;
    const plan = dutyPlan(published.document);
    months.push({ ...plan, holidays: plan.holidays ?? holidaysOf(packOfMonth(reader, at).calendar.days, at) });
  }
  return months;
}
