import { COMP, LEAVE, OFF, type RosterPlan } from './roster.ts';
import type { DutyDesk } from './roster-desks.ts';
import { fold } from './text.ts';

/** How a cell is written, on paper and on screen: the code of its shift, P for leave, NB for time off in lieu, nothing for a day off. */
export function cellWord(cell: number, { shifts }: Pick<RosterPlan, 'shifts'>): string {
  return cell === LEAVE ? 'P' : cell === COMP ? 'NB' : cell === OFF ? '' : shifts[cell - 1]?.code ?? '?';
}

/** Words that mean no shift of a pattern. */
const WORDS: ReadonlyMap<string, number> = new Map([...['', '0', '.', '-', 'x', 'nghi'].map(word => [word, OFF] as const), ...['p', 'np', 'phep'].map(word => [word, LEAVE] as const), ...['b', 'nb', 'bu'].map(word => [word, COMP] as const)]);

/** The cell that a text means, with or without marks, in either case; undefined when it means none. */
export function cellOf(text: string, { shifts }: Pick<RosterPlan, 'shifts'>): number | undefined {
  const typed = fold(text);
  const shift = shifts.findIndex(({ code }) => fold(code) === typed);
  return WORDS.get(typed) ?? (shift < 0 ? undefined : shift + 1);
}

/** Whether a code can be a shift's: letters and figures that mean nothing else in a cell. */
export function isShiftCode(code: string): boolean {
  return /^[\p{L}\p{M}\d]{1,3}$/u.test(code) && !WORDS.has(fold(code));
}

/** What documents call a desk, in Vietnamese whatever the screen speaks. */
export const DESK_NAMES: Readonly<Record<DutyDesk, string>> = { 113: 'đường dây 113', 114: 'đường dây 114', 115: 'đường dây 115', ioc: 'IOC tỉnh', office: 'Văn phòng IOC huyện', camera: 'tổ trực camera' };
