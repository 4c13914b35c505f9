import { newMember, type DirectoryPerson } from '../../../contract/roster-import-plan.ts';
import { OFF, ROSTER_LIMITS, type PatternShift, type RosterMember, type RosterPlan } from '../../../contract/roster.ts';
import { isShiftCode } from '../../../contract/roster-words.ts';
import { isAway } from '../../../contract/roster-seats.ts';
import { exactForm, fold } from '../../../contract/text.ts';
import { rectangleOf, type Chosen } from './cells.ts';

/** What is changed of something; undefined: it is not said any more. */
type Part<T> = { [K in keyof T]?: T[K] | undefined };

function patched<T extends object>(one: T, part: Part<T>): T {
  return Object.fromEntries(Object.entries({ ...one, ...part }).filter(([, value]) => value !== undefined)) as T;
}

/** The plan with something of its desk changed. */
export function withDesk(plan: RosterPlan, part: Part<Omit<RosterPlan, 'members' | 'shifts' | 'month' | 'service'>>): RosterPlan {
  return patched<RosterPlan>(plan, part);
}

/** The plan with something of a member changed. */
export function withMember(plan: RosterPlan, row: number, part: Part<RosterMember>): RosterPlan {
  return { ...plan, members: plan.members.map((member, at) => (at === row ? patched(member, part) : member)) };
}

/** Why somebody cannot be added: they are there, nobody more can be, or it is no name. */
export type AddTrouble = 'there' | 'full' | 'name';

/** The plan with somebody more, below everybody: of the directory, or a name that it does not have. */
export function withAdded(plan: RosterPlan, who: Pick<DirectoryPerson, 'name' | 'agency'> & { id: DirectoryPerson['id'] | null }): RosterPlan | AddTrouble {
  const name = who.name.normalize('NFC').replace(/\s+/g, ' ').trim();
  if (plan.members.some(one => (who.id === null ? exactForm(one.name) === exactForm(name) : one.personId === who.id))) return 'there';
  if (plan.members.length >= ROSTER_LIMITS.members) return 'full';
  if (name === '' || name.length > ROSTER_LIMITS.name) return 'name';
  return { ...plan, members: [...plan.members, { ...newMember(plan.month, who.id, name), ...who.agency !== null && { agency: who.agency } }] };
}

export function withoutMember(plan: RosterPlan, row: number): RosterPlan {
  return { ...plan, members: plan.members.filter((_, at) => at !== row) };
}

/** The plan with a member one row further up or down; at the end of it the same. */
export function withMoved(plan: RosterPlan, row: number, by: 1 | -1): RosterPlan {
  const to = row + by, [one, other] = [plan.members[row], plan.members[to]];
  if (one === undefined || other === undefined) return plan;
  return { ...plan, members: plan.members.with(row, other).with(to, one) };
}

/** What somebody has in their month: shifts, days of leave and in lieu, pins, wishes. */
export function holdingsOf({ cells, pins, wishes }: RosterMember): { shifts: number; away: number; pins: number; wishes: number } {
  return { shifts: cells.filter(cell => cell > OFF).length, away: cells.filter(isAway).length, pins: pins?.length ?? 0, wishes: wishes?.length ?? 0 };
}

const daysIn = (chosen: Chosen): number[] => { const { left, right } = rectangleOf(chosen); return Array.from({ length: right - left + 1 }, (_, at) => left + at); };

function withChosen(plan: RosterPlan, chosen: Chosen, change: (member: RosterMember) => RosterMember): RosterPlan {
  const { top, bottom } = rectangleOf(chosen);
  return { ...plan, members: plan.members.map((member, row) => (row < top || row > bottom ? member : change(member))) };
}
const someChosen = (plan: RosterPlan, chosen: Chosen): RosterMember[] => { const { top, bottom } = rectangleOf(chosen); return plan.members.slice(top, bottom + 1); };

/** All that is chosen pinned; where all of it is, unpinned. */
export function withPins(plan: RosterPlan, chosen: Chosen): RosterPlan {
  const days = daysIn(chosen), isOff = someChosen(plan, chosen).every(({ pins }) => days.every(day => pins?.includes(day) === true));
  return withChosen(plan, chosen, member => {
    const others = (member.pins ?? []).filter(day => !days.includes(day));
    const pins = isOff ? others : [...others, ...days].sort((a, b) => a - b);
    return patched(member, { pins: pins.length === 0 ? undefined : pins });
  });
}

/** A wish for all that is chosen; where all of it has that wish, it is taken away. A wish and its contrary are not there together. */
export function withWish(plan: RosterPlan, chosen: Chosen, cell: number, likes: boolean): RosterPlan {
  const days = daysIn(chosen);
  const has = ({ wishes }: RosterMember, day: number): boolean => wishes?.some(one => one.day === day && one.cell === cell && one.likes === likes) === true;
  const isOff = someChosen(plan, chosen).every(member => days.every(day => has(member, day)));
  return withChosen(plan, chosen, member => {
    const others = (member.wishes ?? []).filter(one => one.cell !== cell || !days.includes(one.day));
    const wishes = isOff ? others : [...others, ...days.map(day => ({ day, cell, likes }))].sort((a, b) => a.day - b.day || a.cell - b.cell).slice(0, ROSTER_LIMITS.wishes);
    return patched(member, { wishes: wishes.length === 0 ? undefined : wishes });
  });
}

/** Letters that do something else on the screen. */
const TAKEN_KEYS: readonly string[] = ['g', 'k', 'u', 'v'];

/** Whether a code can be that of a shift among others: it means nothing else in a cell, and is not another's without its marks. */
export function isFreeCode(plan: RosterPlan, kind: number, code: string): boolean {
  return isShiftCode(code) && !TAKEN_KEYS.includes(fold(code)) && plan.shifts.every((shift, at) => at === kind || fold(shift.code) !== fold(code));
}

/** The plan with a shift of the pattern changed; its cells stay its own. @param kind from 0 */
export function withShift(plan: RosterPlan, kind: number, part: Part<PatternShift>): RosterPlan {
  return { ...plan, shifts: plan.shifts.map((shift, at) => (at === kind ? patched(shift, part) : shift)) };
}

const MOST_SHIFTS = 6, DAY = 1_440, HOUR = 60;

/** The plan with another shift, which begins where the last one ends; null where the pattern has no room. */
export function withNewShift(plan: RosterPlan): RosterPlan | null {
  const last = plan.shifts.at(-1)!;
  const code = [...'SCĐNTHABEFIJ'].find(one => isFreeCode(plan, -1, one));
  if (plan.shifts.length >= MOST_SHIFTS || code === undefined) return null;
  return { ...plan, shifts: [...plan.shifts, { code, fromMin: (last.fromMin + last.minutes) % DAY, minutes: 8 * HOUR, isNight: false }] };
}

/** In how many cells of how many people a shift stands. */
export function standingOf({ members }: RosterPlan, kind: number): { cells: number; people: number } {
  const some = members.map(({ cells }) => cells.filter(cell => cell === kind + 1).length);
  return { cells: some.reduce((sum, one) => sum + one, 0), people: some.filter(one => one > 0).length };
}

/** The plan without a shift: its cells are off and no longer pinned, wishes for it are gone. */
export function withoutShift(plan: RosterPlan, kind: number): RosterPlan {
  const gone = kind + 1, then = (cell: number): number => (cell === gone ? OFF : cell > gone ? cell - 1 : cell);
  const members = plan.members.map(member => {
    const pins = member.pins?.filter(day => member.cells[day] !== gone);
    const wishes = member.wishes?.filter(({ cell }) => cell !== gone).map(one => ({ ...one, cell: then(one.cell) }));
    return patched({ ...member, cells: member.cells.map(then) }, { pins: pins?.length === 0 ? undefined : pins, wishes: wishes?.length === 0 ? undefined : wishes });
  });
  return { ...plan, shifts: plan.shifts.filter((_, at) => at !== kind), members };
}

/** A number of seats; null where the text is none that a shift can have. */
export function seatsOf(text: string, least: number): number | null {
  const seats = /^\d{1,2}$/.test(text.trim()) ? Number(text) : -1;
  return seats < least || seats > ROSTER_LIMITS.seats ? null : seats;
}

/** When a shift begins, minutes after midnight: "06:00", "6h30", "14"; null where the text says no such time. */
export function minuteOf(text: string): number | null {
  const found = /^(\d{1,2})(?:[:hg](\d{2})?)?$/.exec(text.trim());
  const [hour, minute] = [Number(found?.[1]), Number(found?.[2] ?? 0)];
  return found === null || hour >= 24 || minute >= HOUR ? null : hour * HOUR + minute;
}

/** Days of the month out of a text: "1, 2, 30"; null where one of them is none. @param days of the month */
export function daysOfText(text: string, days: number): number[] | null {
  const all = text.split(/[\s,;]+/).filter(one => one !== '').map(one => (/^\d{1,2}$/.test(one) ? Number(one) : 0));
  return all.some(day => day < 1 || day > days) ? null : [...new Set(all)].map(day => day - 1).sort((a, b) => a - b);
}

/** What cells of a search stand for: who is in which row, and which shift is which number. Where that is otherwise by now, they are of another plan. */
export function rowsAndShifts({ members, shifts }: RosterPlan): string {
  return JSON.stringify([members.map(({ personId, name }) => personId ?? name), shifts.map(({ code, fromMin, minutes }) => [code, fromMin, minutes])]);
}
