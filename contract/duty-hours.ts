import { entryOf, isThere, type Attended } from './documents/duty-attendance.ts';
import { cellOf, dutyPlan, type DutyRoster } from './documents/duty-roster.ts';
import type { Id } from './ids.ts';
import { COMP, daysOf, OFF, type RosterMember, type RosterPlan } from './roster.ts';
import { shiftEndMs, shiftStartMs } from './roster-days.ts';
import type { RuleProfile } from './roster-desks.ts';
import { seatsAt, workMinutes } from './roster-seats.ts';
import { joined, lengthOf, shared, without, type Span } from './spans.ts';
import { instantOf, VIETNAM_OFFSET_MS } from './time.ts';

const MINUTE_MS = 60_000, DAY = 1_440, WEEK_DAYS = 7;
/** Night work is from 22:00 to 06:00 (Bộ luật Lao động 2019, Điều 106). */
const NIGHT_FROM = 1_320, NIGHT_MINUTES = 480;
/** 1 January 1970 was a Thursday: so many days after a Monday. */
const AFTER_MONDAY = 3;
/** What a day of time off in lieu (nghỉ bù) takes: a normal working day (Điều 105). */
export const COMP_DAY_MINUTES = 480;

/** Shifts, and minutes of work in them: breaks are none. */
export interface Work { shifts: number; minutes: number }

/** How a cell was worked: as planned, by somebody whose shift it was not, not at all, or nothing is known although it is over. */
export const WORK_MARKS = ['came', 'instead', 'absent', 'unknown'] as const;
export type WorkMark = (typeof WORK_MARKS)[number];

/**
 * Somebody's month. `planned`: of the edition; `swapped`: with what people have changed between them; `actual`: as it was. Minutes of `actual`: at night, on public holidays (nghỉ lễ, Tết),
 * `extra` outside their own shifts, `overWeek` in them beyond the week's norm, public holidays apart; `overtime` (làm thêm) is these two. `earned`: overtime and holiday work, each minute
 * once; `taken`: time off in lieu. `weeks`: what counts towards the norm, by the number of the week.
 */
export interface WorkedMonth {
  personId: Id | null; name: string; planned: Work; swapped: Work; actual: Work; night: number; holiday: number; extra: number; overWeek: number; overtime: number; earned: number; taken: number;
  absent: number; late: number; unknown: number; weeks: ReadonlyMap<number, number>;
}
/**
 * A shift that is over: seats that it needs, people by the plan, and those who were there. Of whom nothing is known is taken to have come; `known`: without them. Minutes: `required` of
 * all seats, `staffed` of them, where one too many makes up for nobody who is missing at another time, and `worked` by all, before and after it too.
 */
export interface ShiftCover { day: number; shift: number; need: number; planned: number; there: number; known: number; required: number; staffed: number; worked: number }
export interface Marked { personId: Id; day: number; cell: number; mark: WorkMark }
export interface Reckoned { people: WorkedMonth[]; marks: Marked[]; cover: ShiftCover[] }

/** What a month is reckoned with besides itself. */
export interface HoursOf {
  /** Nothing after it is known. */
  nowMs: number;
  /** The first instants of public holidays around the month. */
  holidays: readonly number[];
  /** Minutes of work a week, by profile. */
  norm: Readonly<Record<RuleProfile, number>>;
  /** What people bring from the month before: `weeks` of each. */
  brought?: ReadonlyMap<Id, ReadonlyMap<number, number>>;
  /** Names of people who are not in the plan. */
  names?: Readonly<Record<Id, string>>;
}
type Roster = Pick<DutyRoster, 'plan' | 'asks' | 'edition' | 'attended'>;

const minuteOf = (atMs: number): number => Math.floor(atMs / MINUTE_MS);
const dayOf = (minute: number): number => Math.floor((minute + VIETNAM_OFFSET_MS / MINUTE_MS) / DAY);
/** The number of the week, from Monday, that a minute is in. */
export const weekOf = (minute: number): number => Math.floor((dayOf(minute) + AFTER_MONDAY) / WEEK_DAYS);
const weekSpan = (week: number): Span => { const from = (week * WEEK_DAYS - AFTER_MONDAY) * DAY - VIETNAM_OFFSET_MS / MINUTE_MS; return [from, from + WEEK_DAYS * DAY]; };

/** A shift without its break, which is in the middle of it. */
function spansOf(plan: RosterPlan, day: number, cell: number): Span[] {
  return without([[minuteOf(shiftStartMs(plan, day, cell)), minuteOf(shiftEndMs(plan, day, cell))]], breakOf(plan, day, cell));
}

function breakOf(plan: RosterPlan, day: number, cell: number): Span[] {
  const { minutes, breakMin = 0 } = plan.shifts[cell - 1]!;
  const from = minuteOf(shiftStartMs(plan, day, cell)) + Math.floor((minutes - breakMin) / 2);
  return [[from, from + breakMin]];
}

/** What an entry is worth: from the shift's begin on where only a sign-in tells of it, to its end where nothing else is said, and no further than it is now. */
export function workedIn(plan: RosterPlan, { day, cell, fromMs, toMs, source }: Pick<Attended, 'day' | 'cell' | 'fromMs' | 'toMs' | 'source'>, nowMs: number): Span[] {
  if (fromMs === null || plan.shifts[cell - 1] === undefined) return [];
  const from = source === 'signIn' ? Math.max(fromMs, shiftStartMs(plan, day, cell)) : fromMs;
  return without([[minuteOf(from), minuteOf(Math.min(toMs ?? shiftEndMs(plan, day, cell), nowMs))]], breakOf(plan, day, cell));
}

const workOf = ({ shifts }: RosterPlan, cells: readonly number[]): Work =>
  cells.reduce((sum, cell) => (cell <= OFF ? sum : { shifts: sum.shifts + 1, minutes: sum.minutes + workMinutes(shifts[cell - 1]!) }), { shifts: 0, minutes: 0 });

/** A month as it was worked, person by person and shift by shift: a shift belongs to the month that it begins in, all of it. Pure. */
export function reckon(roster: Roster, of: HoursOf): Reckoned {
  const { plan, attended = [] } = roster;
  const duty = dutyPlan(roster);
  const helpers = [...new Set(attended.map(one => one.personId))].filter(id => !plan.members.some(one => one.personId === id));
  const none = Array.from({ length: daysOf(plan.month) }, () => OFF);
  const rows = [...duty.members.map((member, at) => ({ member, first: plan.members[at]!.cells })), ...helpers.map(id => ({ member: { personId: id, name: of.names?.[id] ?? '', cells: none } satisfies RosterMember, first: none }))];
  const marks = rows.flatMap(({ member }) => marksOf(duty, attended, member, of.nowMs));
  return { marks, people: rows.map(({ member, first }) => monthOf({ duty, attended, marks, of }, member, first)), cover: coverOf(duty, attended, marks, of.nowMs) };
}

function marksOf(duty: RosterPlan, attended: readonly Attended[], { personId, cells }: RosterMember, nowMs: number): Marked[] {
  if (personId === null) return [];
  const own = cells.flatMap((cell, day): Marked[] => {
    if (cell <= OFF || shiftStartMs(duty, day, cell) > nowMs) return [];
    const entry = entryOf(attended, { personId, day, cell });
    const isReplaced = attended.some(one => one.insteadOfId === personId && one.day === day && one.cell === cell && one.fromMs !== null);
    const mark = entry !== undefined ? (entry.fromMs === null ? 'absent' : 'came') : isReplaced ? 'absent' : shiftEndMs(duty, day, cell) <= nowMs ? 'unknown' : null;
    return mark === null ? [] : [{ personId, day, cell, mark }];
  });
  const others = attended.filter(one => one.personId === personId && one.fromMs !== null && cells[one.day] !== one.cell);
  return [...own, ...others.map(({ day, cell }): Marked => ({ personId, day, cell, mark: 'instead' }))];
}

interface Together { duty: RosterPlan; attended: readonly Attended[]; marks: readonly Marked[]; of: HoursOf }

function monthOf({ duty, attended, marks, of }: Together, member: RosterMember, first: readonly number[]): WorkedMonth {
  const { personId, name, cells } = member;
  const mine = attended.filter(one => one.personId === personId && one.fromMs !== null);
  const each = mine.map(one => workedIn(duty, one, of.nowMs));
  const worked = joined(each.flat()), own = joined(cells.flatMap((cell, day) => (cell <= OFF ? [] : spansOf(duty, day, cell))));
  const holidays = of.holidays.map((atMs): Span => [minuteOf(atMs), minuteOf(atMs) + DAY]);
  const onHolidays = shared(worked, holidays), extra = without(worked, own), usual = without(shared(worked, own), holidays);
  const weeks = weeksOf(usual);
  const most = of.norm[member.profile ?? duty.profile];
  const overWeek = [...weeks].reduce((sum, [week, minutes]) => { const before = of.brought?.get(personId ?? '')?.get(week) ?? 0; return sum + Math.max(0, before + minutes - most) - Math.max(0, before - most); }, 0);
  const marked = (mark: WorkMark): number => marks.filter(one => one.personId === personId && one.mark === mark).length;
  const late = mine.reduce((sum, one) => sum + (cells[one.day] === one.cell ? Math.max(0, minuteOf(Math.min(one.fromMs!, shiftEndMs(duty, one.day, one.cell))) - minuteOf(shiftStartMs(duty, one.day, one.cell))) : 0), 0);
  return {
    personId, name, planned: workOf(duty, first), swapped: workOf(duty, cells), actual: { shifts: each.filter(spans => lengthOf(spans) > 0).length, minutes: lengthOf(worked) },
    night: lengthOf(shared(worked, nightsOf(duty))), holiday: lengthOf(onHolidays), extra: lengthOf(extra), overWeek, overtime: lengthOf(extra) + overWeek,
    earned: lengthOf([...extra, ...onHolidays]) + overWeek, taken: cells.filter(cell => cell === COMP).length * COMP_DAY_MINUTES, absent: marked('absent'), unknown: personId === null ? cells.filter((cell, day) => cell > OFF && shiftEndMs(duty, day, cell) <= of.nowMs).length : marked('unknown'), late, weeks,
  };
}

function weeksOf(spans: readonly Span[]): Map<number, number> {
  const weeks = new Set(spans.flatMap(([from, to]) => Array.from({ length: weekOf(to - 1) - weekOf(from) + 1 }, (_, by) => weekOf(from) + by)));
  return new Map([...weeks].map(week => [week, lengthOf(shared(spans, [weekSpan(week)]))]));
}

/** The nights of a month, and those before and after it: whoever stays or comes early does so in them. */
function nightsOf({ month }: RosterPlan): Span[] {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return Array.from({ length: daysOf(month) + 4 }, (_, day): Span => { const from = minuteOf(instantOf(year, number, day - 1)) + NIGHT_FROM; return [from, from + NIGHT_MINUTES]; });
}

/** Each shift that is over and needs somebody, or had somebody. */
function coverOf(duty: RosterPlan, attended: readonly Attended[], marks: readonly Marked[], nowMs: number): ShiftCover[] {
  return Array.from({ length: daysOf(duty.month) * duty.shifts.length }, (_, at): ShiftCover | null => {
    const day = Math.floor(at / duty.shifts.length), shift = at % duty.shifts.length, cell = shift + 1, each = workMinutes(duty.shifts[shift]!);
    if (shiftEndMs(duty, day, cell) > nowMs) return null;
    const whole = spansOf(duty, day, cell), need = seatsAt(duty, day, shift);
    const entries = attended.filter(one => one.day === day && one.cell === cell).map(one => ({ personId: one.personId, spans: workedIn(duty, one, nowMs) }));
    const inside = entries.map(({ spans }) => lengthOf(shared(spans, whole))).filter(minutes => minutes > 0);
    const planned = duty.members.filter(one => one.cells[day] === cell);
    const unknown = planned.filter(one => one.personId === null).length + marks.filter(one => one.day === day && one.cell === cell && one.mark === 'unknown').length;
    const required = need * each;
    return {
      day, shift, need, planned: planned.length, there: inside.length + unknown, known: inside.length, required, staffed: Math.min(required, inside.reduce((a, b) => a + b, 0) + unknown * each),
      worked: entries.reduce((sum, { spans }) => sum + lengthOf(spans), 0) + unknown * each,
    };
  }).filter(one => one !== null).filter(({ need, planned, there }) => need + planned + there > 0);
}

/** Who is on duty in a shift at a moment: whoever has it by the plan and is neither relieved nor absent, and whoever has come instead. */
export function onDutyIn(roster: Roster, day: number, cell: number, atMs: number): { personId: Id | null; name: string; insteadOfId: Id | null; isKnown: boolean }[] {
  const duty = dutyPlan(roster), { attended = [] } = roster;
  const here = attended.filter(one => one.day === day && one.cell === cell && isThere(one, atMs));
  const hasLeft = (personId: Id): boolean => { const entry = entryOf(attended, { personId, day, cell }); return entry === undefined ? attended.some(one => one.insteadOfId === personId && one.day === day && one.cell === cell && one.fromMs !== null && one.fromMs <= atMs) : entry.fromMs === null || (entry.toMs !== null && entry.toMs <= atMs); };
  const planned = duty.members.filter(({ personId, cells }) => cells[day] === cell && (personId === null || !hasLeft(personId)));
  const others = here.filter(one => cellOf(duty, one.personId, day) !== cell);
  return [
    ...planned.map(({ personId, name }) => ({ personId, name, insteadOfId: null, isKnown: here.some(one => one.personId === personId) })),
    ...others.map(({ personId, insteadOfId }) => ({ personId, name: duty.members.find(one => one.personId === personId)?.name ?? '', insteadOfId, isKnown: true })),
  ];
}
