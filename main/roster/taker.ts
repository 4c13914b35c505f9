import type { TakerLook } from '../../contract/documents/duty-attend-calls.ts';
import { dutyPlan, type DutyRoster } from '../../contract/documents/duty-roster.ts';
import type { Id } from '../../contract/ids.ts';
import { OFF } from '../../contract/roster.ts';
import type { DutyDesk } from '../../contract/roster-desks.ts';
import { shiftEndMs, shiftStartMs } from '../../contract/roster-days.ts';
import { workMinutes } from '../../contract/roster-seats.ts';
import { civilParts, startOfDay } from '../../contract/time.ts';
import type { RuleBook } from './rules.ts';

const MINUTE_MS = 60_000, DAY_MS = 86_400_000, WEEK_DAYS = 7;

interface Own { desk: DutyDesk; code: string; fromMs: number; toMs: number; minutes: number }

/** What somebody is to work by published months, but for what another has taken over from them. */
function ownOf(rosters: readonly DutyRoster[], personId: Id): Own[] {
  return rosters.flatMap(roster => {
    const plan = dutyPlan(roster), { attended = [] } = roster;
    const cells = plan.members.find(one => one.personId === personId)?.cells ?? [];
    return cells.flatMap((cell, day): Own[] => {
      const shift = plan.shifts[cell - 1];
      const isGone = attended.some(one => one.insteadOfId === personId && one.day === day && one.cell === cell && one.fromMs !== null && one.toMs === null);
      return cell <= OFF || shift === undefined || isGone ? [] : [{ desk: plan.service, code: shift.code, fromMs: shiftStartMs(plan, day, cell), toMs: shiftEndMs(plan, day, cell), minutes: workMinutes(shift) }];
    });
  });
}

/**
 * What taking a running shift over would mean for who takes it: the rest since their shift before and until their next one, at any desk of the site, and the hours of that week (Monday to Sunday) with the
 * rest of this shift in them; minutes, each with its limit (Điều 110, Điều 105 Bộ luật Lao động, or what policy has).
 *
 * @param rosters published months around now, of every desk
 */
export function takerLook({ roster, rosters, rules, fromMs, toMs }: { roster: DutyRoster; rosters: readonly DutyRoster[]; rules: RuleBook; fromMs: number; toMs: number }, personId: Id, nowMs: number): TakerLook {
  const { service, profile, members } = roster.plan;
  const limits = rules[members.find(one => one.personId === personId)?.profile ?? profile];
  const limitOf = (name: 'restMinutes' | 'weekMinutes'): TakerLook['rest'] => { const one = limits.find(({ limit }) => limit === name); return one === undefined ? null : { minutes: one.value, isLaw: one.binds === 'law' }; };
  const own = ownOf(rosters, personId).filter(one => one.desk !== service || one.fromMs !== fromMs).sort((a, b) => a.fromMs - b.fromMs);
  const before = own.findLast(one => one.fromMs < nowMs), after = own.find(one => one.fromMs >= nowMs);
  const monday = startOfDay(fromMs) - (civilParts(fromMs).weekday - 1) * DAY_MS;
  const week = own.filter(one => one.fromMs >= monday && one.fromMs < monday + WEEK_DAYS * DAY_MS).reduce((sum, { minutes }) => sum + minutes, 0);
  const besideOf = (one: Own, ms: number): TakerLook['before'] => ({ desk: one.desk, code: one.code, fromMs: one.fromMs, toMs: one.toMs, minutes: Math.floor(ms / MINUTE_MS) });
  return {
    before: before === undefined ? null : besideOf(before, nowMs - before.toMs), after: after === undefined ? null : besideOf(after, after.fromMs - toMs),
    week: week + Math.floor((toMs - nowMs) / MINUTE_MS), rest: limitOf('restMinutes'), most: limitOf('weekMinutes'),
  };
}
