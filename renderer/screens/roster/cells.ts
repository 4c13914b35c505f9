import { OFF, type RosterPlan } from '../../../contract/roster.ts';
import { isAway } from '../../../contract/roster-seats.ts';
import { cellOf, cellWord } from '../../../contract/roster-words.ts';

/** A cell of the grid: whose month, and which day from 0 on. */
export interface Spot { row: number; day: number }
/** What is chosen: from where it was begun to where the cursor is. */
export interface Chosen { from: Spot; at: Spot }

/** The rectangle that is chosen, its edges with it. */
export function rectangleOf({ from, at }: Chosen): { top: number; bottom: number; left: number; right: number } {
  return { top: Math.min(from.row, at.row), bottom: Math.max(from.row, at.row), left: Math.min(from.day, at.day), right: Math.max(from.day, at.day) };
}

/** The next place of the cursor, inside the plan. @param holds the beginning stays: what lies between is chosen */
export function moved({ from, at }: Chosen, by: Partial<Spot>, size: Spot, holds: boolean): Chosen {
  const next = { row: Math.max(0, Math.min(size.row - 1, at.row + (by.row ?? 0))), day: Math.max(0, Math.min(size.day - 1, at.day + (by.day ?? 0))) };
  return { from: holds ? from : next, at: next };
}

/** What is chosen of a plan that may have fewer people by now. */
export function insideOf(chosen: Chosen, { members }: Pick<RosterPlan, 'members'>): Chosen {
  const last = Math.max(0, members.length - 1);
  if (chosen.at.row <= last && chosen.from.row <= last) return chosen;
  const held = ({ row, day }: Spot): Spot => ({ row: Math.min(row, last), day });
  return { from: held(chosen.from), at: held(chosen.at) };
}

/** The colour of a cell, as a class: by when in the day its shift begins. */
export function chipOf(cell: number, { shifts }: Pick<RosterPlan, 'shifts'>): 'leave' | 'night' | 'afternoon' | 'morning' {
  if (isAway(cell)) return 'leave';
  const shift = shifts[cell - 1];
  return shift?.isNight === true ? 'night' : (shift?.fromMin ?? 0) >= 720 ? 'afternoon' : 'morning';
}

/** "06–14", or with minutes where there are some. */
export function shiftHours({ fromMin, minutes }: RosterPlan['shifts'][number]): string {
  const at = (min: number): string => `${String(Math.floor(min / 60) % 24).padStart(2, '0')}${min % 60 === 0 ? '' : `:${String(min % 60).padStart(2, '0')}`}`;
  return `${at(fromMin)}–${at(fromMin + minutes)}`;
}

/** The shift of a cell given to another member of the same day; whoever had it is off. */
export function given(plan: RosterPlan, { row: from, day }: Spot, to: number): RosterPlan {
  const cell = plan.members[from]?.cells[day] ?? OFF;
  return { ...plan, members: plan.members.map((member, row) => (row !== from && row !== to ? member : { ...member, cells: member.cells.map((was, at) => (at !== day ? was : row === to ? cell : OFF)) })) };
}

/** The plan with one and the same cell all over what is chosen. */
export function withCell(plan: RosterPlan, chosen: Chosen, cell: number): RosterPlan {
  const { top, bottom, left, right } = rectangleOf(chosen);
  return { ...plan, members: plan.members.map((member, row) => (row < top || row > bottom ? member : { ...member, cells: member.cells.map((was, day) => (day < left || day > right ? was : cell)) })) };
}

/** What is chosen as text for a spreadsheet: cells apart by tabs, members by lines. */
export function copyOf(plan: RosterPlan, chosen: Chosen): string {
  const { top, bottom, left, right } = rectangleOf(chosen);
  return plan.members.slice(top, bottom + 1).map(({ cells }) => cells.slice(left, right + 1).map(cell => cellWord(cell, plan)).join('\t')).join('\n');
}

/** Why nothing is pasted: a text that means no cell, the first of them; or how many rows and days with something in them lie beyond the plan. */
export type PasteTrouble = { unknown: string } | { beyond: { rows: number; days: number } };

/** Cells out of a spreadsheet, from the upper left of what is chosen on: all of them, or nothing is changed. Empty ones beyond the plan are no loss. */
export function pasteInto(plan: RosterPlan, chosen: Chosen, text: string): { plan: RosterPlan; chosen: Chosen } | PasteTrouble {
  const { top, left } = rectangleOf(chosen);
  const all = text.replace(/\r?\n$/, '').split(/\r?\n/).map(line => line.split('\t'));
  const unknown = all.flat().find(word => cellOf(word, plan) === undefined);
  if (unknown !== undefined) return { unknown: unknown.trim().slice(0, 20) };
  const room: Spot = { row: plan.members.length - top, day: (plan.members[0]?.cells.length ?? 0) - left };
  const isFilled = (word: string): boolean => word.trim() !== '';
  const beyond = { rows: Math.max(0, all.findLastIndex(row => row.some(isFilled)) + 1 - room.row), days: Math.max(0, ...all.map(row => row.findLastIndex(isFilled) + 1 - room.day)) };
  if (beyond.rows > 0 || beyond.days > 0) return { beyond };
  const rows = all.slice(0, room.row);
  const size = { row: rows.length, day: Math.min(Math.max(...rows.map(row => row.length)), room.day) };
  const members = plan.members.map((member, at) => {
    const row = rows[at - top];
    return row === undefined ? member : { ...member, cells: member.cells.map((was, day) => (day < left || day - left >= Math.min(row.length, size.day) ? was : cellOf(row[day - left]!, plan)!)) };
  });
  return { plan: { ...plan, members }, chosen: { from: { row: top, day: left }, at: { row: top + size.row - 1, day: left + size.day - 1 } } };
}

/** The first day of each run of closed days with how many they are; the others of the run with 0. */
export function closedSpans(days: readonly { isClosed: boolean }[], staffed: ReadonlySet<number>): ReadonlyMap<number, number> {
  const spans = new Map<number, number>();
  let first = -1;
  days.forEach(({ isClosed }, day) => {
    if (!isClosed || staffed.has(day)) { first = -1; return; }
    if (first < 0) first = day;
    spans.set(day, 0);
    spans.set(first, day - first + 1);
  });
  return spans;
}
