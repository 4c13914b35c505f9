import type { PatternShift, RosterWish } from '../../contract/roster.ts';
import { PRESETS } from '../../contract/roster-presets.ts';
import { workMinutes } from '../../contract/roster-seats.ts';
import { levelled, type Carry } from './carry.ts';
import { restBeside, spentElsewhere, type OtherShift } from './elsewhere.ts';
import { weekendsOf, type Among, type EvenDays, type RosterPerson, type RosterProblem, type Wanted } from './engine/problem.ts';
import type { RuleValues } from './rules.ts';

/** Somebody of a desk: what binds them, when they cannot work (days of the period), what is fixed, what they would like, and what they bring from before. */
export interface LineMember {
  code: string; rules: RuleValues; leave: readonly number[]; before: RosterPerson['before'];
  /** Without a seat (Đ.8.3). */
  isOffSite?: boolean;
  /** What they work on days that no search changes. */
  pins?: ReadonlyMap<number, number>;
  wishes?: readonly RosterWish[];
  skills?: readonly string[];
  /** How far above an even share they have come in the months before; hours and nights are evened out. */
  carry?: Carry;
  /** What they work at other desks: it takes of their hours, and they rest before and after it. */
  elsewhere?: readonly OtherShift[];
}

/** A desk's month to be planned: `need` people are wanted in each shift of each day (day × shifts + shift), `needs`: so many of them with a skill. `holidays`: public ones, days of the month. */
export interface LinePlan {
  days: number; firstWeekday: number; shifts: readonly PatternShift[]; need: Int32Array; members: readonly LineMember[]; needs?: readonly { skill: string; seats: number }[]; holidays?: readonly number[];
}

/** What weighs how much: a seat that nobody sits on above all, the more where it leaves a shift of several to nobody, somebody with a skill who lacks next, one too many, then a share that is not even, and a wish last. */
export const WEIGHTS = { under: 1_000, empty: 500, skill: 300, over: 100, share: 10, wish: 2 } as const;

/** So many nights more than an even share are tried at most. */
const NIGHTS_OVER = 4;
const DAY_MINUTES = 1_440;
const WEEK_DAYS = 7;
/** The longest month has no more days off than any other has to have: the law counts them by months (Điều 111 Bộ luật Lao động 2019). */
const MONTH_DAYS = 31;
/** Shares are sums of parts: so close to a whole number they are that. */
const NEARLY = 1e-6;

/** The minutes that somebody may work in the period at most: hours and days off together, without leave and what they work at other desks. */
export function mostMinutes({ days, shifts }: Pick<LinePlan, 'days' | 'shifts'>, { rules, leave, elsewhere }: Pick<LineMember, 'rules' | 'leave' | 'elsewhere'>): number {
  const most = mostBy({ days, shifts }, rules), there = spentElsewhere(days, elsewhere), longest = Math.max(...shifts.map(workMinutes));
  return Math.max(0, Math.min(most.weekMinutes - there.minutes, most.daysOff - there.days * longest, (days - leave.length - there.days) * longest));
}

/** The days off that a period has to have at least. */
export function leastDaysOff(days: number, { daysOff }: Pick<RuleValues, 'daysOff'>): number {
  return Math.min(days, Math.ceil(daysOff * days / MONTH_DAYS - 1e-9));
}

/** The minutes of the period that each of the two limits leaves, by itself. */
export function mostBy({ days, shifts }: Pick<LinePlan, 'days' | 'shifts'>, rules: Pick<RuleValues, 'weekMinutes' | 'daysOff'>): Pick<RuleValues, 'weekMinutes' | 'daysOff'> {
  return { weekMinutes: Math.floor(rules.weekMinutes * days / WEEK_DAYS), daysOff: (days - leastDaysOff(days, rules)) * Math.max(...shifts.map(workMinutes)) };
}

/** What a desk needs and what its people can give, shifts: no solver has a part in it. `people`: how many of them would be enough. */
export interface Capacity { needed: number; able: number; missing: number; missingMinutes: number; people: number; eachMost: number }

/** The shifts that somebody can work at most; whoever has no seat none, and on days that the desk is closed nobody. */
function ableOf(plan: LinePlan, member: Pick<LineMember, 'rules' | 'leave' | 'isOffSite' | 'elsewhere'>): number {
  if (member.isOffSite === true) return 0;
  const open = openDays(plan).filter(day => !member.leave.includes(day)).length;
  return Math.min(open, Math.floor(mostMinutes(plan, member) / Math.max(1, workMinutes(plan.shifts[0]!))));
}

function openDays({ days, shifts, need }: LinePlan): number[] {
  return Array.from({ length: days }, (_, day) => day).filter(day => shifts.some((_shift, kind) => need[day * shifts.length + kind]! > 0));
}

/** The arithmetic of a desk whose shifts are equally long. */
export function capacityOf(plan: LinePlan): Capacity {
  const { shifts, need, members } = plan;
  const needed = need.reduce((sum, one) => sum + one, 0);
  const seated = members.filter(one => one.isOffSite !== true);
  const able = seated.reduce((sum, one) => sum + ableOf(plan, one), 0);
  const missing = Math.max(0, needed - able);
  // Whoever else would come has the rules of the most of them, and no leave.
  const each = Math.max(0, ...seated.map(({ rules }) => ableOf(plan, { rules, leave: [] })));
  return { needed, able, missing, missingMinutes: missing * workMinutes(shifts[0]!), people: each === 0 ? 0 : Math.ceil(needed / each), eachMost: each };
}

/** The plan as a problem for the engine: who may work what when, and what is wanted of it, with everybody's share of hours, nights and weekends. */
export function problemOf(plan: LinePlan): RosterProblem {
  const { days, firstWeekday, shifts, need, members, needs = [] } = plan;
  const kinds = shifts.map(shift => ({ code: shift.code, minutes: workMinutes(shift), notNext: shifts.map(() => false) }));
  const shares = sharesOf(plan), { perPerson } = shares;
  const each = (weight: number): Float64Array => new Float64Array(days * shifts.length).fill(weight);
  const skilled = ({ skill, seats }: { skill: string; seats: number }): Among => ({ who: Uint8Array.from(members, ({ skills }) => Number(skills?.includes(skill) === true)), need: need.map(one => Math.min(one, seats)), under: each(WEIGHTS.skill) });
  const cover = { need, under: each(WEIGHTS.under), over: each(WEIGHTS.over), ...need.some(one => one > 1) && { empty: Float64Array.from(need, one => (one > 1 ? WEIGHTS.empty : 0)) }, ...needs.length > 0 && { also: needs.map(skilled) } };
  return { days, firstWeekday, kinds, people: members.map((member, at) => personOf(plan, member, { ...perPerson[at]!, nightsMost: shares.nightsMost })), cover, even: evenDaysOf(plan) };
}

/** Saturdays and Sundays, and public holidays: everybody's part of what is to be worked on them goes by the days on which they can, and by what they bring from the months before. */
function evenDaysOf({ days, firstWeekday, shifts, need, members, holidays = [] }: LinePlan): EvenDays[] {
  return ([[weekendsOf({ days, firstWeekday }).flat(), 'weekends'], [holidays, 'holidays']] as const).map(([those, count]) => {
    const counts = Uint8Array.from({ length: days }, (_, day) => Number(those.includes(day)));
    const all = need.reduce((sum, one, at) => sum + one * counts[Math.floor(at / shifts.length)]!, 0);
    const can = members.map(({ isOffSite, leave }) => (isOffSite === true ? 0 : days - leave.length)), together = Math.max(1, can.reduce((sum, one) => sum + one, 0));
    return { counts, above: Float64Array.from(members, ({ carry }, at) => (carry?.[count] ?? 0) - all * can[at]! / together) };
  });
}

/** What is wanted of somebody's share; null: it is not weighed. */
interface Share { units: Wanted | null; nights: Wanted & { kind: number } | null }
/** `nightsMost`: an even share of the nights, whatever anybody brings from before. */
interface Shares { perPerson: Share[]; nightsMost: number }

/** What an even share is of everybody with a seat, with what they bring from the months before: the shares together are what there is, and nobody's is more than they can work. */
function sharesOf(plan: LinePlan): Shares {
  const { days, shifts, need, members } = plan;
  const units = workMinutes(shifts[0]!), isAlike = shifts.every(shift => workMinutes(shift) === units);
  const able = members.map(member => ableOf(plan, member));
  const seated = members.filter(one => one.isOffSite !== true).length;
  const wanted = Math.min(need.reduce((sum, one) => sum + one, 0), able.reduce((sum, one) => sum + one, 0));
  const kind = shifts.findIndex(({ isNight }) => isNight);
  const nights = kind === -1 ? 0 : Math.min(wanted, Array.from({ length: days }, (_, day) => need[day * shifts.length + kind]!).reduce((sum, one) => sum + one, 0));
  const shared = (all: number, carried: (carry: Carry) => number): Wanted[] =>
    levelled(all, members.map(({ carry }, at) => ({ carry: carry === undefined ? 0 : carried(carry), most: able[at]! }))).map(share => ({ low: Math.floor(share + NEARLY), high: Math.ceil(share - NEARLY), weight: WEIGHTS.share }));
  const ofUnits = shared(wanted, carry => carry.minutes / Math.max(1, units)), ofNights = shared(nights, carry => carry.nights);
  return { perPerson: members.map((_, at) => ({ units: isAlike ? ofUnits[at]! : null, nights: kind === -1 ? null : { ...ofNights[at]!, kind } })), nightsMost: kind === -1 ? days : Math.ceil(nights / Math.max(1, seated)) };
}

function personOf(plan: LinePlan, member: LineMember, { units, nights, nightsMost }: Share & Pick<Shares, 'nightsMost'>): RosterPerson {
  const { days, shifts } = plan;
  const { code, rules, leave, before, isOffSite, pins, wishes, elsewhere = [] } = member;
  const width = shifts.length + 1;
  const allowed = new Uint8Array(days * width).fill(1), cost = new Float64Array(days * width);
  for (const day of isOffSite === true ? Array.from({ length: days }, (_, at) => at) : leave) allowed.fill(0, day * width + 1, (day + 1) * width);
  if (elsewhere.length > 0) for (let day = 0; day < days; day++) for (const [kind, shift] of shifts.entries()) if ((restBeside(shift, day, elsewhere) ?? Infinity) < rules.restMinutes) allowed[day * width + kind + 1] = 0;
  for (const [day, cell] of pins ?? []) allowed.fill(0, day * width, (day + 1) * width).fill(1, day * width + cell, day * width + cell + 1);
  // A wish for a choice costs on each of the others, so that no cost is below nothing.
  for (const { day, cell, likes } of wishes ?? []) for (let choice = 0; choice < width && day < days; choice++) if ((choice === cell) !== likes) cost[day * width + choice]! += WEIGHTS.wish;
  return {
    code, maxOf: shifts.map(({ isNight }) => (isNight ? Math.min(days, Math.max(nightsMost, nights?.high ?? 0) + NIGHTS_OVER) : days)), minMinutes: 0, maxMinutes: mostMinutes(plan, member), minRun: rules.minRun, maxRun: rules.maxRun, minRest: rules.minRest, maxWeekends: days,
    maxRunOf: shifts.map(({ isNight }) => (isNight ? rules.maxNights : rules.maxRun)), notNext: shifts.map((_, kind) => notNextOf(plan, kind, rules)), allowed, before, cost,
    ...isOffSite !== true && { balance: { units, weekends: null, kind: nights } },
  };
}

/** Which shifts come too soon on the day after one, for whoever has these rules. */
function notNextOf({ shifts }: Pick<LinePlan, 'shifts'>, kind: number, { restMinutes }: RuleValues): boolean[] {
  return shifts.map(next => restBetween(shifts[kind]!, next) < restMinutes);
}

/** Minutes between a shift and one of the day after. */
export function restBetween({ fromMin, minutes }: PatternShift, next: PatternShift): number {
  return DAY_MINUTES + next.fromMin - (fromMin + minutes);
}

/** The lines of the turns that fit the pattern (Đ.8.2: three shifts a day) over the days of the plan, one for each day that a crew may begin on. */
export function turnLines({ days, shifts }: Pick<LinePlan, 'days' | 'shifts'>): Int8Array[] {
  return [PRESETS.fast, PRESETS.slow].filter(({ shifts: pattern }) => pattern.length === shifts.length)
    .flatMap(({ turn }) => turn.map((_, from) => Int8Array.from({ length: days }, (_day, day) => turn[(day + from) % turn.length]!)));
}
