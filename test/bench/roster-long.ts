import { seeded } from '../../main/roster/engine/solve.ts';
import { planRoster } from '../../main/roster/engine/planner.ts';
import { checkRoster } from '../main/roster/check.ts';
import type { BenchOptions } from './options.ts';
import { readInstance } from './roster-instances.ts';
import { round } from './statistics.ts';

/** How large an instance is made: weeks, people, and shifts by id with their minutes, each of which may not be followed by an earlier one. */
export interface MadeOf { weeks: number; people: number; shifts: readonly (readonly [id: string, minutes: number])[]; seed: number }

const MONTH_DAYS = 28, DAY_MINUTES = 480;
const THREE = [['E', 480], ['D', 480], ['L', 480]] as const;
const FOUR = [...THREE, ['N', 480]] as const;
const FIVE = [['E', 480], ['D', 600], ['L', 480], ['X', 720], ['N', 720]] as const;

/**
 * An instance of the public format that is as those of its larger sets are: nine in ten work 17 or 18 days of four weeks, the others half of that; runs of five or six days, two days off at least, half of the
 * weekends; some cannot work some shifts; two days off a month, a wish for a run of days each four weeks, and nearly as many wanted as can come.
 */
export function madeInstance({ weeks, people, shifts, seed }: MadeOf): string {
  const random = seeded(seed), whole = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
  const days = weeks * 7, months = days / MONTH_DAYS;
  const staff = Array.from({ length: people }, (_, at) => {
    const isHalf = at % 10 === 9, six = random() < 0.2, hours = (isHalf ? 9 : 18) * DAY_MINUTES * months;
    const most = shifts.map(([id], kind) => `${id}=${kind > 0 && random() < 0.2 ? 0 : kind === shifts.length - 1 && shifts.length > 3 ? Math.round(6 * months) : days}`);
    return { id: `P${at + 1}`, line: [most.join('|'), hours, hours - Math.round(2 * DAY_MINUTES * months), six ? 6 : 5, isHalf ? 1 : 2, six ? 3 : 2, Math.round(2 * months)].join(',') };
  });
  const each = <T>(of: (person: string, month: number) => T[]): T[] => staff.flatMap(({ id }) => Array.from({ length: months }, (_, month) => of(id, month)).flat());
  const off = staff.map(({ id }) => [id, ...Array.from({ length: months }, (_, month) => month * MONTH_DAYS + whole(0, MONTH_DAYS - 2)).flatMap(day => [day, day + 1])].join(','));
  const wish = (person: string, month: number): string[] => {
    const from = month * MONTH_DAYS + whole(0, MONTH_DAYS - 5), [shift] = shifts[whole(0, shifts.length - 1)]!, weight = whole(1, 3);
    return Array.from({ length: whole(2, 5) }, (_, day) => [person, from + day, shift, weight].join(','));
  };
  const together = people * 0.95 * 17 / MONTH_DAYS * DAY_MINUTES / (shifts.reduce((sum, [, minutes]) => sum + minutes, 0) / shifts.length);
  const cover = Array.from({ length: days }, (_, day) => shifts.map(([id]) => [day, id, Math.max(1, Math.round(together / shifts.length) + whole(-1, 1)), 100, 1].join(','))).flat();
  return [
    'SECTION_HORIZON', days, '', 'SECTION_SHIFTS', ...shifts.map(([id, minutes], kind) => `${id},${minutes},${shifts.slice(0, kind).map(([before]) => before).join('|')}`), '', 'SECTION_STAFF', ...staff.map(({ id, line }) => `${id},${line}`), '',
    'SECTION_DAYS_OFF', ...off, '', 'SECTION_SHIFT_ON_REQUESTS', ...each(wish), '', 'SECTION_SHIFT_OFF_REQUESTS', ...each(wish), '', 'SECTION_COVER', ...cover, '',
  ].join('\n');
}

const LONG: readonly MadeOf[] = [{ weeks: 8, people: 20, shifts: THREE, seed: 1 }, { weeks: 8, people: 32, shifts: FOUR, seed: 2 }, { weeks: 12, people: 22, shifts: THREE, seed: 3 }, { weeks: 12, people: 40, shifts: FIVE, seed: 4 }];

/** Rosters of 8 and 12 weeks: how soon there is a valid one, and how far the best after `seconds` is above what none can be under. */
export async function* benchRosterLong({ seconds, note }: BenchOptions): AsyncGenerator<Record<string, number | string | boolean>> {
  for (const of of LONG) {
    const { problem } = readInstance(madeInstance(of));
    const first = { afterMs: 0 };
    const { roster, cost, bound, isProven, bestAfterMs, without } = await planRoster(problem, { seconds, seed: 1, onProgress: ({ cost: now, afterMs }) => { if (first.afterMs === 0 && now < Infinity) first.afterMs = afterMs; } });
    const name = `${of.weeks} weeks, ${of.people} people, ${of.shifts.length} shifts`;
    if (roster === null) throw new Error(`${name}: nobody knows a line for ${without.length} people`);
    const { objective, violations } = checkRoster(problem, roster);
    if (objective !== cost) throw new Error(`${name}: the solver says ${cost}, the evaluator ${objective}`);
    yield { bench: 'roster-long', weeks: of.weeks, people: of.people, shifts: of.shifts.length, firstValidSeconds: round(first.afterMs / 1000), objective, bound: bound === null ? 'none' : round(bound), secondsToBest: round(bestAfterMs / 1000), proven: isProven, hardViolations: violations.length };
    note(`${name}: first after ${round(first.afterMs / 1000)} s, ${objective}, bound ${String(bound)}`);
  }
}
