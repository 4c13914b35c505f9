import { OFF, type PatternShift, type RosterMember, type RosterPlan } from '../../contract/roster.ts';
import type { DutyDesk } from '../../contract/roster-desks.ts';
import { shiftStartMs } from '../../contract/roster-days.ts';
import { workMinutes } from '../../contract/roster-seats.ts';
import { instantOf } from '../../contract/time.ts';
import { isSame } from './carry.ts';

/** A shift that somebody works at another desk, in minutes after the month that is planned begins; `minutes` of work, on a day of that month, which may be before its first or after its last. */
export interface OtherShift { desk: DutyDesk; day: number; fromMin: number; toMin: number; minutes: number }

const MINUTE_MS = 60_000, DAY_MINUTES = 1_440;

const startOf = (month: string): number => { const [year, number] = month.split('-').map(Number) as [number, number]; return instantOf(year, number, 1) / MINUTE_MS; };

/** What somebody works in some months, in minutes after another month begins. */
export function shiftsOf(month: string, who: Pick<RosterMember, 'personId' | 'name'>, plans: readonly RosterPlan[]): OtherShift[] {
  const begun = startOf(month);
  return plans.flatMap(plan => {
    const cells = plan.members.find(one => isSame(one, who))?.cells ?? [];
    return cells.flatMap((cell, day): OtherShift[] => {
      const shift = plan.shifts[cell - 1];
      if (cell <= OFF || shift === undefined) return [];
      const fromMin = shiftStartMs(plan, day, cell) / MINUTE_MS - begun;
      return [{ desk: plan.service, day: (startOf(plan.month) - begun) / DAY_MINUTES + day, fromMin, toMin: fromMin + shift.minutes, minutes: workMinutes(shift) }];
    });
  });
}

/** What each member of a plan works at other desks, of whoever the directory has. @param others months of other desks: the same one, and those beside it */
export function elsewhereOf({ month, members }: Pick<RosterPlan, 'month' | 'members'>, others: readonly RosterPlan[]): OtherShift[][] {
  return members.map(member => (member.personId === null ? [] : shiftsOf(month, member, others)));
}

/** The least rest between a shift on a day and those at other desks, minutes; below nothing where they overlap, null where there is none. */
export function restBeside({ fromMin, minutes }: PatternShift, day: number, others: readonly OtherShift[]): number | null {
  const from = day * DAY_MINUTES + fromMin;
  return others.reduce<number | null>((least, other) => Math.min(least ?? Infinity, Math.max(other.fromMin - (from + minutes), from - other.toMin)), null);
}

/** What of the days of a month goes to other desks: minutes of work, and days of duty. */
export function spentElsewhere(days: number, others: readonly OtherShift[] = []): { minutes: number; days: number } {
  const within = others.filter(({ day }) => day >= 0 && day < days);
  return { minutes: within.reduce((sum, one) => sum + one.minutes, 0), days: new Set(within.map(({ day }) => day)).size };
}
