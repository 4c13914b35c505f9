import { OFF, type PatternShift, type RosterMember, type RosterPlan } from './roster.ts';
import { isAway } from './roster-seats.ts';

const HOUR = 60, DAY_START = 6 * HOUR;

/** Three shifts a day (Đ.8.2), eight hours each; the night is what the Labour Code calls so (Điều 106). */
export const THREE_SHIFTS: readonly PatternShift[] = [
  { code: 'S', fromMin: DAY_START, minutes: 8 * HOUR, isNight: false },
  { code: 'C', fromMin: 14 * HOUR, minutes: 8 * HOUR, isNight: false },
  { code: 'Đ', fromMin: 22 * HOUR, minutes: 8 * HOUR, isNight: true },
];
const TWO_SHIFTS: readonly PatternShift[] = [
  { code: 'N', fromMin: DAY_START, minutes: 12 * HOUR, isNight: false },
  { code: 'Đ', fromMin: 18 * HOUR, minutes: 12 * HOUR, isNight: true },
];
const WHOLE_DAY: readonly PatternShift[] = [{ code: 'T', fromMin: DAY_START, minutes: 24 * HOUR, isNight: true }];

/**
 * A turn (mẫu xoay ca) that crews take one after another: the shifts of its pattern, what one crew works from day to day, and by how many days each
 * crew is behind the one before.
 */
export interface RosterPreset { shifts: readonly PatternShift[]; turn: readonly number[]; crews: number; behind: number }

export const PRESET_NAMES = ['fixed', 'slow', 'fast', 'half', 'day48', 'day72'] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

/**
 * `fixed`: three crews that keep their shift (Đ.8.2 as it stands: nobody has a day off); `slow`: 2-2-2-2 and `fast`: S-C-Đ-off, four crews; `half`: twelve
 * hours with 24 and 48 off after them; `day48`, `day72`: a day of duty, two or three off (roster, §4).
 */
export const PRESETS: Readonly<Record<PresetName, RosterPreset>> = {
  fixed: { shifts: THREE_SHIFTS, turn: [1], crews: 3, behind: 0 },
  slow: { shifts: THREE_SHIFTS, turn: [1, 1, 2, 2, 3, 3, OFF, OFF], crews: 4, behind: 2 },
  fast: { shifts: THREE_SHIFTS, turn: [1, 2, 3, OFF], crews: 4, behind: 1 },
  half: { shifts: TWO_SHIFTS, turn: [1, 2, OFF, OFF], crews: 4, behind: 1 },
  day48: { shifts: WHOLE_DAY, turn: [1, OFF, OFF], crews: 3, behind: 1 },
  day72: { shifts: WHOLE_DAY, turn: [1, OFF, OFF, OFF], crews: 4, behind: 1 },
};

/** What a crew works on a day of the month, both from 0 on. */
function turned({ turn, behind, shifts }: RosterPreset, crew: number, day: number): number {
  return turn.length === 1 ? crew % shifts.length + 1 : turn[(day + crew * behind) % turn.length]!;
}

/** The plan with a turn's pattern and everybody in a crew, one after another down the list; leave stays, and so does a pinned cell, or a wish, of a shift that the pattern has. */
export function withPreset(plan: RosterPlan, name: PresetName): RosterPlan {
  const preset = PRESETS[name], most = preset.shifts.length;
  const stays = ({ pins, offSite }: RosterMember, cell: number, day: number): boolean => isAway(cell) || (cell <= most && (pins?.includes(day) === true || offSite === true));
  return {
    ...plan, shifts: preset.shifts.map(shift => ({ ...shift })),
    members: plan.members.map((member, row) => ({
      ...member, ...member.wishes !== undefined && { wishes: member.wishes.filter(({ cell }) => cell <= most) },
      cells: member.cells.map((cell, day) => (stays(member, cell, day) ? cell : member.offSite === true ? OFF : turned(preset, row % preset.crews, day))),
    })),
  };
}
