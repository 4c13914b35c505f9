import { entryOf, isThere, type Attended } from './documents/duty-attendance.ts';
import { cellOf, dutyPlan, type DutyRoster } from './documents/duty-roster.ts';
import type { Id } from './ids.ts';
import { COMP, daysOf, OFF, type RosterMember, type RosterPlan } from './roster.ts';
import { shiftEndMs, shiftStartMs } from './roster-days.ts';
import type { DutyDesk, RuleProfile } from './roster-desks.ts';
import { seatsAt, workMinutes } from './roster-seats.ts';
import { inAtLeast, joined, lengthOf, shared, without, type Span } from './spans.ts';
import { instantOf, VIETNAM_OFFSET_MS } from './time.ts';

const MINUTE_MS = 60_000, DAY = 1_440, WEEK_DAYS = 7;
/** Night work is from 22:00 to 06:00 (Bộ luật Lao động 2019, Điều 106). */
const NIGHT_FROM = 1_320, NIGHT_MINUTES = 480;
/** 1 January 1970 was a Thursday: so many days after a Monday. */
const AFTER_MONDAY = 3;
/** What a day of time off in lieu (nghỉ bù) takes: a normal working day (Điều 105). */
export const COMP_DAY_MINUTES = 480;
/** So many minutes with too few people are somebody's lateness, which is told of the person, or a handover, and not yet a shift that lacked people: no rule says how many; a quarter of an hour is what a handover takes. */
export const LATENESS = 15;

/** Shifts, and minutes of work in them: breaks are none. */
export interface Work { shifts: number; minutes: number }

/** How a cell was worked: as planned, by somebody whose shift it was not, not at all, or nothing is known although it is over. */
export const WORK_MARKS = ['came', 'instead', 'absent', 'unknown'] as const;
export type WorkMark = (typeof WORK_MARKS)[number];

/**
 * Somebody's month at a desk. `planned`: of the edition; `swapped`: with what people have changed between them; `actual`: as it was. Minutes of `actual`: at night, on public holidays (nghỉ lễ, Tết),
 * `extra` outside their own shifts, `overWeek` in them beyond the week's norm, public holidays apart; `overtime` (làm thêm) is these two. `beside`: what of `overWeek` would not be without their hours at
 * other desks. `earned`: overtime and holiday work, each minute once; `taken`: time off in lieu. A minute at two desks is of `actual`, `night` and `holiday` at both, of all else at one (see `reckon`).
 */
export interface WorkedMonth {
  personId: Id | null; name: string; planned: Work; swapped: Work; actual: Work; night: number; holiday: number; extra: number; overWeek: number; beside: number; overtime: number; earned: number; taken: number;
  absent: number; late: number; unknown: number;
}
/**
 * A shift that is over: seats that it needs, people by the plan, and those who were there for it. Of whom nothing is known is taken to have come; `known`: without them. Minutes: `required` of all seats;
 * `staffed` of them, minute by minute: one too many at one time makes up for nobody who is missing at another; `short`: with fewer people than seats; `worked` by all, before and after it too. Whoever
 * stays from another shift of the desk, or comes early for it, sits on a seat too while nobody else does.
 */
export interface ShiftCover { day: number; shift: number; need: number; planned: number; there: number; known: number; required: number; staffed: number; short: number; worked: number }

/** A shift of which nobody sat a minute (ca trống). */
export function isEmptyShift({ required, staffed }: Pick<ShiftCover, 'required' | 'staffed'>): boolean {
  return required > 0 && staffed === 0;
}

/** A shift with somebody, but for longer than a lateness with too few (ca thiếu người), however many took turns in it. */
export function isThinShift({ staffed, short }: Pick<ShiftCover, 'staffed' | 'short'>): boolean {
  return staffed > 0 && short > LATENESS;
}
export interface Marked { personId: Id; day: number; cell: number; mark: WorkMark }
export interface Reckoned { people: WorkedMonth[]; marks: Marked[]; cover: ShiftCover[] }

/** A month of a desk, and what it is reckoned with besides itself. */
export interface DutyMonth {
  roster: Pick<DutyRoster, 'plan' | 'asks' | 'edition' | 'attended'>;
  /** The first instants of public holidays around the month. */
  holidays: readonly number[];
  /** Minutes of work a week, by profile. */
  norm: Readonly<Record<RuleProfile, number>>;
  /** Names of people who are not in the plan. */
  names?: Readonly<Record<Id, string>>;
}

const minuteOf = (atMs: number): number => Math.floor(atMs / MINUTE_MS);
const dayOf = (minute: number): number => Math.floor((minute + VIETNAM_OFFSET_MS / MINUTE_MS) / DAY);
/** The number of the week, from Monday, that a minute is in, and the first minute of one. */
const weekOf = (minute: number): number => Math.floor((dayOf(minute) + AFTER_MONDAY) / WEEK_DAYS);
const weekStart = (week: number): number => (week * WEEK_DAYS - AFTER_MONDAY) * DAY - VIETNAM_OFFSET_MS / MINUTE_MS;

const wholeOf = (plan: RosterPlan, day: number, cell: number): Span => [minuteOf(shiftStartMs(plan, day, cell)), minuteOf(shiftEndMs(plan, day, cell))];

/** A shift without its break, which is in the middle of it. */
function spansOf(plan: RosterPlan, day: number, cell: number): Span[] {
  return without([wholeOf(plan, day, cell)], breakOf(plan, day, cell));
}

function breakOf(plan: RosterPlan, day: number, cell: number): Span[] {
  const { minutes, breakMin = 0 } = plan.shifts[cell - 1]!;
  const from = minuteOf(shiftStartMs(plan, day, cell)) + Math.floor((minutes - breakMin) / 2);
  return [[from, from + breakMin]];
}

/** What somebody was there for by an entry: without the time for which another had taken the shift over, where they took it back. */
function stayedIn(plan: RosterPlan, attended: readonly Attended[], one: Attended, nowMs: number): Span[] {
  const replaced = attended.filter(other => other.insteadOfId === one.personId && other.day === one.day && other.cell === one.cell && other.source === 'takeOver' && other.toMs !== null);
  return without(workedIn(plan, one, nowMs), replaced.flatMap((other): Span[] => (other.fromMs === null || other.toMs === null ? [] : [[minuteOf(other.fromMs), minuteOf(other.toMs)]])));
}

/** What an entry is worth: from the shift's begin on where only a sign-in tells of it, to its end where nothing else is said, and no further than it is now. */
export function workedIn(plan: RosterPlan, { day, cell, fromMs, toMs, source }: Pick<Attended, 'day' | 'cell' | 'fromMs' | 'toMs' | 'source'>, nowMs: number): Span[] {
  if (fromMs === null || plan.shifts[cell - 1] === undefined) return [];
  const from = source === 'signIn' ? Math.max(fromMs, shiftStartMs(plan, day, cell)) : fromMs;
  return without([[minuteOf(from), minuteOf(Math.min(toMs ?? shiftEndMs(plan, day, cell), nowMs))]], breakOf(plan, day, cell));
}

const workOf = ({ shifts }: RosterPlan, cells: readonly number[]): Work =>
  cells.reduce((sum, cell) => (cell <= OFF ? sum : { shifts: sum.shifts + 1, minutes: sum.minutes + workMinutes(shifts[cell - 1]!) }), { shifts: 0, minutes: 0 });

/**
 * Months of the desks of one site as they were worked until a moment, ms, person by person and shift by shift: a shift belongs to the month that it begins in, all of it. What is own, counted and beyond the
 * norm is one matter over all months given. A minute in a shift of their own is own at whichever desk; one at two desks counts at the first, in the order given. Of a week (Monday to Sunday) what comes
 * after its norm is full is overtime, in order of time, each minute at the desk where it is worked and by the norm there: where norms are the same, desks add up to what one with all shifts would have. Pure.
 */
export function reckon(months: readonly DutyMonth[], nowMs: number): Reckoned[] {
  const parts = months.map(month => partOf(month, nowMs));
  const counts = countsOf(parts.flatMap(({ rows }) => rows));
  const stays = new Map([...new Set(parts.map(({ duty }) => duty.service))].map(desk => [desk, staysOf(parts.filter(({ duty }) => duty.service === desk))]));
  return parts.map(part => ({ marks: part.marks, people: part.rows.map(row => monthOf(part, row, counts.get(row)!)), cover: coverOf(part, stays.get(part.duty.service)!) }));
}

/** Somebody in a month of a desk: what they worked, entry by entry and in all, their own shifts and public holidays, as spans; `most`: the week's norm. */
interface Row { member: RosterMember; first: readonly number[]; desk: DutyDesk; each: Span[][]; worked: Span[]; own: Span[]; holidays: Span[]; most: number }
interface Part { duty: RosterPlan; attended: readonly Attended[]; marks: Marked[]; rows: Row[]; nowMs: number }

function partOf({ roster, holidays, norm, names }: DutyMonth, nowMs: number): Part {
  const { plan, attended = [] } = roster;
  const duty = dutyPlan(roster);
  const helpers = [...new Set(attended.filter(one => one.fromMs !== null).map(one => one.personId))].filter(id => !plan.members.some(one => one.personId === id));
  const none = Array.from({ length: daysOf(plan.month) }, () => OFF);
  const members = [...duty.members.map((member, at) => ({ member, first: plan.members[at]!.cells })), ...helpers.map(id => ({ member: { personId: id, name: names?.[id] ?? '', cells: none } satisfies RosterMember, first: none }))];
  const free = joined(holidays.map((atMs): Span => [minuteOf(atMs), minuteOf(atMs) + DAY]));
  const rows = members.map(({ member, first }: Pick<Row, 'member' | 'first'>): Row => {
    const each = attended.filter(one => one.personId === member.personId && one.fromMs !== null).map(one => stayedIn(duty, attended, one, nowMs));
    const own = joined(member.cells.flatMap((cell, day) => (cell <= OFF ? [] : spansOf(duty, day, cell))));
    return { member, first, desk: duty.service, each, worked: joined(each.flat()), own, holidays: free, most: norm[member.profile ?? duty.profile] };
  });
  return { duty, attended, nowMs, rows, marks: rows.flatMap(({ member }) => marksOf(duty, attended, member, nowMs)) };
}

/** What of a row counts there, each minute at one of a person's rows. */
interface Counted { extra: Span[]; onHolidays: Span[]; overWeek: number; beside: number }

/** Whoever the directory does not have is one of one month: nobody knows who it is at another desk. */
function countsOf(rows: readonly Row[]): Map<Row, Counted> {
  const people = new Map<Id | Row, Row[]>();
  for (const row of rows) people.set(row.member.personId ?? row, [...people.get(row.member.personId ?? row) ?? [], row]);
  return new Map([...people.values()].flatMap(one => counted(one).map((count, at): [Row, Counted] => [one[at]!, count])));
}

function counted(rows: readonly Row[]): Counted[] {
  const own = joined(rows.flatMap(row => row.own));
  let known: Span[] = [];
  const once = rows.map(({ worked }) => { const mine = without(worked, known); known = joined([...known, ...mine]); return mine; });
  const usual = rows.map(({ holidays }, at) => without(shared(once[at]!, own), holidays));
  const all = beyondBy(usual.flat());
  const desks = new Map([...new Set(rows.map(({ desk }) => desk))].map(desk => [desk, beyondBy(usual.filter((_, at) => rows[at]!.desk === desk).flat())]));
  return rows.map(({ desk, most, holidays }, at) => {
    const overWeek = lengthOf(shared(usual[at]!, all(most)));
    return { extra: without(once[at]!, own), onHolidays: shared(once[at]!, holidays), overWeek, beside: overWeek - lengthOf(shared(usual[at]!, desks.get(desk)!(most))) };
  });
}

/** `beyondNorm` by the norm, reckoned once for each. */
function beyondBy(usual: readonly Span[]): (most: number) => readonly Span[] {
  const known = new Map<number, readonly Span[]>();
  return most => { const spans = known.get(most) ?? beyondNorm(usual, most); known.set(most, spans); return spans; };
}

/** Of what counts towards the norm, whatever comes after so many minutes of its week. */
function beyondNorm(usual: readonly Span[], most: number): Span[] {
  const sums = new Map<number, number>();
  return joined(usual).flatMap(span => inWeeks(span)).flatMap(([from, to]): Span[] => {
    const week = weekOf(from), before = sums.get(week) ?? 0, full = from + Math.max(0, most - before);
    sums.set(week, before + to - from);
    return full < to ? [[full, to]] : [];
  });
}

function inWeeks([from, to]: Span): Span[] {
  const next = weekStart(weekOf(from) + 1);
  return to <= next ? [[from, to]] : [[from, next], ...inWeeks([next, to])];
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

function monthOf({ duty, attended, marks, nowMs }: Part, { member, first, each, worked, holidays }: Row, { extra, onHolidays, overWeek, beside }: Counted): WorkedMonth {
  const { personId, name, cells } = member;
  const marked = (mark: WorkMark): number => marks.filter(one => one.personId === personId && one.mark === mark).length;
  const late = attended.reduce((sum, one) => sum + (one.personId === personId && one.fromMs !== null && cells[one.day] === one.cell ? Math.max(0, minuteOf(Math.min(one.fromMs, shiftEndMs(duty, one.day, one.cell))) - minuteOf(shiftStartMs(duty, one.day, one.cell))) : 0), 0);
  return {
    personId, name, planned: workOf(duty, first), swapped: workOf(duty, cells), actual: { shifts: each.filter(spans => lengthOf(spans) > 0).length, minutes: lengthOf(worked) },
    night: lengthOf(shared(worked, nightsOf(duty))), holiday: lengthOf(shared(worked, holidays)), extra: lengthOf(extra), overWeek, beside, overtime: lengthOf(extra) + overWeek,
    earned: lengthOf([...extra, ...onHolidays]) + overWeek, taken: cells.filter(cell => cell === COMP).length * COMP_DAY_MINUTES, absent: marked('absent'), unknown: personId === null ? cells.filter((cell, day) => cell > OFF && shiftEndMs(duty, day, cell) <= nowMs).length : marked('unknown'), late,
  };
}

/** The nights of a month, and those before and after it: whoever stays or comes early does so in them. */
function nightsOf({ month }: RosterPlan): Span[] {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return Array.from({ length: daysOf(month) + 4 }, (_, day): Span => { const from = minuteOf(instantOf(year, number, day - 1)) + NIGHT_FROM; return [from, from + NIGHT_MINUTES]; });
}

/** When somebody was there: for a shift, or before and after theirs. */
interface Stay { personId: Id; spans: Span[] }

/** Days, by number, that a span lies on. */
const daysIn = ([from, to]: Span): number[] => Array.from({ length: dayOf(to - 1) - dayOf(from) + 1 }, (_, by) => dayOf(from) + by);

/** What people at a desk were there for before and after their shifts, by the number of the day. */
function staysOf(parts: readonly Part[]): ReadonlyMap<number, Stay[]> {
  const days = new Map<number, Stay[]>();
  for (const { duty, attended, nowMs } of parts) for (const one of attended.filter(({ cell }) => duty.shifts[cell - 1] !== undefined)) {
    for (const span of without(workedIn(duty, one, nowMs), [wholeOf(duty, one.day, one.cell)])) for (const day of daysIn(span)) days.set(day, [...days.get(day) ?? [], { personId: one.personId, spans: [span] }]);
  }
  return days;
}

/** Each shift that is over and needs somebody, or had somebody. @param stays of the desk, the months around with it, by the number of the day */
function coverOf({ duty, attended, marks, nowMs }: Part, stays: ReadonlyMap<number, readonly Stay[]>): ShiftCover[] {
  return Array.from({ length: daysOf(duty.month) * duty.shifts.length }, (_, at): ShiftCover | null => {
    const day = Math.floor(at / duty.shifts.length), shift = at % duty.shifts.length, cell = shift + 1, each = workMinutes(duty.shifts[shift]!);
    if (shiftEndMs(duty, day, cell) > nowMs) return null;
    const whole = spansOf(duty, day, cell), need = seatsAt(duty, day, shift);
    const entries = attended.filter(one => one.day === day && one.cell === cell).map((one): Stay => ({ personId: one.personId, spans: stayedIn(duty, attended, one, nowMs) }));
    const known = entries.filter(({ spans }) => lengthOf(shared(spans, whole)) > 0).length;
    const planned = duty.members.filter(one => one.cells[day] === cell);
    const taken = marks.filter(one => one.day === day && one.cell === cell && one.mark === 'unknown').map(one => one.personId);
    const unknown = planned.filter(one => one.personId === null).length + taken.length;
    return {
      day, shift, need, planned: planned.length, there: known + unknown, known, required: need * each, ...seatedIn(whole, need, unknown, [...entries, ...daysIn(wholeOf(duty, day, cell)).flatMap(one => stays.get(one) ?? []).filter(one => !taken.includes(one.personId))]),
      worked: entries.reduce((sum, { spans }) => sum + lengthOf(spans), 0) + unknown * each,
    };
  }).filter(one => one !== null).filter(({ need, planned, there }) => need + planned + there > 0);
}

/** How much of a shift's seats was sat on, and how long there were too few. @param unknown so many are taken to have been there all the time */
function seatedIn(whole: readonly Span[], need: number, unknown: number, stays: readonly Stay[]): Pick<ShiftCover, 'staffed' | 'short'> {
  const people = new Map<Id, Span[]>();
  for (const { personId, spans } of stays) people.set(personId, [...people.get(personId) ?? [], ...spans]);
  const lists = [...people.values()].map(spans => shared(spans, whole));
  const seats = Array.from({ length: need }, (_, seat) => lengthOf(seat < unknown ? whole : inAtLeast(seat + 1 - unknown, lists)));
  return { staffed: seats.reduce((sum, minutes) => sum + minutes, 0), short: need === 0 ? 0 : lengthOf(whole) - seats.at(-1)! };
}

/** Who is on duty in a shift at a moment: whoever has it by the plan and is neither relieved nor absent, and whoever has come instead. */
export function onDutyIn(roster: DutyMonth['roster'], day: number, cell: number, atMs: number): { personId: Id | null; name: string; insteadOfId: Id | null; isKnown: boolean }[] {
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
