import type { PolicyPack } from '../../contract/policy/pack.ts';
import { wholeDuty } from '../../contract/policy/rosters.ts';
import type { Id } from '../../contract/ids.ts';
import { firstWeekdayOf, monthBeside, type RosterCheck, type RosterPlan } from '../../contract/roster.ts';
import { instantOf } from '../../contract/time.ts';
import type { Database } from '../../db/database.ts';
import { readPolicyBook } from '../../db/stores/policy.ts';
import { carryOf, workedIn } from './carry.ts';
import { elsewhereOf } from './elsewhere.ts';
import { holidaysOf } from './first-plan.ts';
import { ledgerOf } from './ledger.ts';
import { broughtBy, monthBefore } from './month-before.ts';
import { checkPlan, type Ground } from './plan-check.ts';
import { otherDesks, publishedBefore } from './read-published.ts';
import { ruleBook } from './rules.ts';

/** The policy in force on the first day of a month. @param month yyyy-MM */
export function packOfMonth(reader: Database, month: string): PolicyPack {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return readPolicyBook(reader).at(instantOf(year, number, 1));
}

/** The published months before one; a month that names no public holidays has those of policy. */
function monthsBefore(reader: Database, siteId: Id, plan: Pick<RosterPlan, 'service' | 'month'>): RosterPlan[] {
  return publishedBefore(reader, siteId, plan).map(one => ({ ...one, holidays: one.holidays ?? holidaysOf(packOfMonth(reader, one.month).calendar.days, one.month) }));
}

/** What a plan stands on besides itself: what its members bring from the months before, what they work at other desks, and the rules in force. */
export function groundOf(reader: Database, siteId: Id, plan: RosterPlan, before = monthsBefore(reader, siteId, plan)): Ground {
  const beside = ([-1, 1] as const).map(by => otherDesks(reader, siteId, { ...plan, month: monthBeside(plan.month, by) }));
  return {
    brought: broughtBy(plan, monthBefore(reader, siteId, plan), beside[0]), rules: ruleBook(packOfMonth(reader, plan.month)),
    carry: carryOf(before.map(one => workedIn(one, firstWeekdayOf(one.month))), plan.members), elsewhere: elsewhereOf(plan, [...otherDesks(reader, siteId, plan), ...beside.flat()]),
  };
}

/** What is to be said of a plan by the rules in force in its month, with these, and with what its people have worked in the months before. */
export function checkHere(reader: Database, siteId: Id, plan: RosterPlan): RosterCheck {
  const before = monthsBefore(reader, siteId, plan);
  return { ...checkPlan(plan, groundOf(reader, siteId, plan, before)), rules: wholeDuty(packOfMonth(reader, plan.month)), ledger: ledgerOf(plan, before) };
}
