import { monthBeside, type PatternShift, type RosterPlan } from '../../contract/roster.ts';
import type { Id } from '../../contract/ids.ts';
import type { Database } from '../../db/database.ts';
import { readRosterPlan } from '../../db/stores/roster-plans.ts';
import type { Before } from './engine/problem.ts';
import { isSame } from './carry.ts';
import { NOTHING } from './plan-check.ts';
import { readDuty } from './read-published.ts';

/** What somebody ends a month with: how many days they have worked or rested in a row, and in which shift of the next month's pattern the last ones were. @param month their shift of each day; null: none */
function endOf(month: readonly (PatternShift | null)[], { shifts }: Pick<RosterPlan, 'shifts'>): Before {
  const back = [...month].reverse(), last = back[0] ?? null;
  const until = (holds: (shift: PatternShift | null) => boolean): number => { const at = back.findIndex(shift => !holds(shift)); return at === -1 ? back.length : at; };
  const run = until(shift => (shift === null) === (last === null));
  if (last === null) return { run: -run, shift: null };
  const isLike = (one: PatternShift | null): boolean => one?.fromMin === last.fromMin && one.minutes === last.minutes;
  const shift = shifts.findIndex(isLike);
  return shift === -1 ? { run, shift: null } : { run, shift, same: until(isLike) };
}

/**
 * What each member of a plan brings from the month before it, in the order of its members; nothing of whoever is in none of them.
 *
 * @param before the desk's own month; null: nothing is known of it
 * @param others months of other desks of the site, of the same time: a day worked there is a day worked
 */
export function broughtBy({ members, shifts }: RosterPlan, before: RosterPlan | null, others: readonly RosterPlan[] = []): Before[] {
  return members.map(member => {
    const months = [...before === null ? [] : [before], ...member.personId === null ? [] : others].flatMap(plan => {
      const own = plan.members.find(one => isSame(member, one));
      return own === undefined ? [] : [own.cells.map(cell => plan.shifts[cell - 1] ?? null)];
    });
    const [first, ...rest] = months;
    if (first === undefined) return NOTHING;
    const brought = endOf(first.map((shift, day) => shift ?? rest.map(one => one[day] ?? null).find(one => one !== null) ?? null), { shifts });
    // Where this desk's month is not known, nor is it whether they rested.
    return before === null && brought.run < 0 ? NOTHING : brought;
  });
}

/** The month before a plan: as it is published, or else as it is being planned here; null where nobody has touched it. */
export function monthBefore(reader: Database, siteId: Id, { service, month }: Pick<RosterPlan, 'service' | 'month'>): RosterPlan | null {
  const last = monthBeside(month, -1);
  return readDuty(reader, siteId, service, last) ?? readRosterPlan(reader, service, last)?.plan ?? null;
}
