import { monthBeside, OFF, type RosterPlan } from '../../contract/roster.ts';
import { dutyPlan } from '../../contract/documents/duty-roster.ts';
import type { Id } from '../../contract/ids.ts';
import type { Database } from '../../db/database.ts';
import { readRosterPlan } from '../../db/stores/roster-plans.ts';
import type { Before } from './engine/problem.ts';
import { NOTHING } from './plan-check.ts';
import { readPublished } from './read-published.ts';

/** What somebody ends a month with: how many days they have worked or rested in a row, and in which shift of the next month's pattern the last ones were. */
function endOf(cells: readonly number[], from: Pick<RosterPlan, 'shifts'>, to: Pick<RosterPlan, 'shifts'>): Before {
  const isWork = (cells.at(-1) ?? OFF) > OFF;
  const back = [...cells].reverse();
  const until = (holds: (cell: number) => boolean): number => { const at = back.findIndex(cell => !holds(cell)); return at === -1 ? back.length : at; };
  const run = until(cell => (cell > OFF) === isWork);
  if (!isWork) return { run: -run, shift: null };
  const last = from.shifts[back[0]! - 1];
  const shift = to.shifts.findIndex(one => one.fromMin === last?.fromMin && one.minutes === last.minutes);
  return shift === -1 ? { run, shift: null } : { run, shift, same: until(cell => cell === back[0]) };
}

/** What each member of a plan brings from the month before it, in the order of its members; nothing of whoever is not in that month. */
export function broughtBy({ members, shifts }: RosterPlan, before: RosterPlan | null): Before[] {
  return members.map(({ personId, name }) => {
    const cells = before?.members.find(one => (personId === null ? one.personId === null && one.name === name : one.personId === personId))?.cells;
    return before === null || cells === undefined ? NOTHING : endOf(cells, before, { shifts });
  });
}

/** The month before a plan: as it is published, or else as it is being planned here; null where nobody has touched it. */
export function monthBefore(reader: Database, siteId: Id, { service, month }: Pick<RosterPlan, 'service' | 'month'>): RosterPlan | null {
  const last = monthBeside(month, -1);
  const published = readPublished(reader, siteId, service, last);
  return published === null ? readRosterPlan(reader, service, last)?.plan ?? null : dutyPlan(published.document);
}
