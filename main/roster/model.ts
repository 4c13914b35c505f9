import type { PatternShift } from '../../contract/roster.ts';
import { PRESETS } from '../../contract/roster-presets.ts';
import type { RosterPerson, RosterProblem, Wanted } from './engine/problem.ts';

/** Limits that a rule profile sets for everybody; the values are policy data, each with its source there. */
export interface RuleValues {
  /** Between two shifts, minutes (Điều 110 BLLĐ 2019). */
  restMinutes: number;
  /** On average over the period, minutes a week (Điều 105). */
  weekMinutes: number;
  /** Days off in a period of 30 days or the share of them in another (Điều 111). */
  daysOff: number;
  maxRun: number; maxNights: number; minRun: number; minRest: number;
}

/** Somebody of a line: when they cannot work (days of the period), and what they bring from before. */
export interface LineMember { code: string; leave: readonly number[]; before: RosterPerson['before'] }

/** A line's month to be planned: `seats` people are wanted in each shift of each day. */
export interface LinePlan { days: number; firstWeekday: number; shifts: readonly PatternShift[]; seats: number; members: readonly LineMember[]; rules: RuleValues }

/** What weighs how much: a seat that nobody sits on above all, the more where it leaves a shift of several to nobody, one too many next, then a share that is not even. */
export const WEIGHTS = { under: 1_000, empty: 500, over: 100, share: 10 } as const;

/** So many nights more than an even share are tried at most. */
const NIGHTS_OVER = 4;
const DAY_MINUTES = 1_440;
const WEEK_DAYS = 7;
const MONTH_DAYS = 30;

/** The minutes that a person may work in the period at most: hours and days off together, without leave. */
export function mostMinutes({ days, shifts, rules }: Pick<LinePlan, 'days' | 'shifts' | 'rules'>, leaveDays = 0): number {
  const longest = Math.max(...shifts.map(({ minutes }) => minutes));
  const off = Math.max(leaveDays, Math.ceil(rules.daysOff * days / MONTH_DAYS - 1e-9));
  return Math.min(Math.floor(rules.weekMinutes * days / WEEK_DAYS), (days - off) * longest);
}

/** What a line needs and what its people can give, shifts: no solver has a part in it. `people`: how many of them would be enough. */
export interface Capacity { needed: number; able: number; missing: number; missingMinutes: number; people: number; eachMost: number }

/** The arithmetic of a line whose shifts are equally long. */
export function capacityOf(plan: LinePlan): Capacity {
  const { days, shifts, seats, members } = plan;
  const [long] = shifts.map(({ minutes }) => minutes) as [number];
  const needed = days * shifts.length * seats;
  const each = (leaveDays: number): number => Math.min(days - leaveDays, Math.floor(mostMinutes(plan, leaveDays) / long));
  const able = members.reduce((sum, { leave }) => sum + each(leave.length), 0);
  const missing = Math.max(0, needed - able);
  return { needed, able, missing, missingMinutes: missing * long, people: Math.ceil(needed / each(0)), eachMost: each(0) };
}

/** The plan as a problem for the engine: who may work what when, and what is wanted of it, with everybody's share of hours, nights and weekends. */
export function problemOf(plan: LinePlan): RosterProblem {
  const { days, firstWeekday, shifts, seats, members, rules } = plan;
  const width = shifts.length + 1;
  const kinds = shifts.map(({ code, minutes, fromMin }) => ({ code, minutes, notNext: shifts.map(next => DAY_MINUTES + next.fromMin - (fromMin + minutes) < rules.restMinutes) }));
  const units = shifts[0]!.minutes;
  const night = shifts.findIndex(({ isNight }) => isNight);
  const perPerson = (all: number): Wanted => ({ low: Math.floor(all / members.length), high: Math.ceil(all / members.length), weight: WEIGHTS.share });
  const isEqual = shifts.every(({ minutes }) => minutes === units);
  const able = members.map(({ leave }) => Math.floor(mostMinutes(plan, leave.length) / units));
  const wanted = Math.min(days * shifts.length * seats, able.reduce((sum, one) => sum + one, 0));
  const nights = perPerson(Math.min(days * seats, wanted));
  const people = members.map(({ code, leave, before }): RosterPerson => {
    const allowed = new Uint8Array(days * width).fill(1);
    for (const day of leave) allowed.fill(0, day * width + 1, (day + 1) * width);
    return {
      code, maxOf: shifts.map(({ isNight }) => (isNight ? Math.min(days, nights.high + NIGHTS_OVER) : days)), minMinutes: 0, maxMinutes: mostMinutes(plan, leave.length), minRun: rules.minRun, maxRun: rules.maxRun, minRest: rules.minRest, maxWeekends: days,
      maxRunOf: shifts.map(({ isNight }) => (isNight ? rules.maxNights : rules.maxRun)), allowed, before, cost: new Float64Array(days * width),
      balance: { units: isEqual ? perPerson(wanted) : null, weekends: null, kind: night === -1 ? null : { ...nights, kind: night } },
    };
  });
  const each = (weight: number): Float64Array => new Float64Array(days * shifts.length).fill(weight);
  const cover = { need: new Int32Array(days * shifts.length).fill(seats), under: each(WEIGHTS.under), over: each(WEIGHTS.over), ...seats > 1 && { empty: each(WEIGHTS.empty) } };
  return { days, firstWeekday, kinds, people, cover };
}

/** The lines of the turns that fit the pattern (Đ.8.2: three shifts a day) over the days of the plan, one for each day that a crew may begin on. */
export function turnLines({ days, shifts }: Pick<LinePlan, 'days' | 'shifts'>): Int8Array[] {
  return [PRESETS.fast, PRESETS.slow].filter(({ shifts: pattern }) => pattern.length === shifts.length)
    .flatMap(({ turn }) => turn.map((_, from) => Int8Array.from({ length: days }, (_day, day) => turn[(day + from) % turn.length]!)));
}
