import { COMP, LEAVE, OFF, type RosterPlan } from './roster.ts';
import type { DutyDesk } from './roster-desks.ts';

/** How a cell is written, on paper and on screen: the code of its shift, P for leave, NB for time off in lieu, nothing for a day off. */
export function cellWord(cell: number, { shifts }: Pick<RosterPlan, 'shifts'>): string {
  return cell === LEAVE ? 'P' : cell === COMP ? 'NB' : cell === OFF ? '' : shifts[cell - 1]?.code ?? '?';
}

/** What documents call a desk, in Vietnamese whatever the screen speaks. */
export const DESK_NAMES: Readonly<Record<DutyDesk, string>> = { 113: 'đường dây 113', 114: 'đường dây 114', 115: 'đường dây 115', ioc: 'IOC tỉnh', office: 'Văn phòng IOC huyện', camera: 'tổ trực camera' };
