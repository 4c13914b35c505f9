import { monthBeside, type RosterPlan } from '../../../contract/roster.ts';
import type { DutyDesk } from '../../../contract/roster-desks.ts';
import { useSession } from '../../frame/station.ts';
import { goTo } from '../../route.ts';
import { useT } from '../../strings/text.ts';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { moved, type Chosen, type Spot } from './cells.ts';

interface MonthKeys {
  service: DutyDesk; month: string;
  /** The grid, where there is one. */
  cells?: { plan: RosterPlan; chosen: Chosen; setChosen: (next: Chosen) => void };
}

/** The keys of a month that is only looked at: arrows choose a cell, page keys a month. */
export function useMonthKeys({ service, month, cells }: MonthKeys): { goMonth: (by: 1 | -1) => void } {
  const t = useT();
  const { locked } = useSession();
  const goMonth = (by: 1 | -1): void => { goTo({ screen: 'roster', service, month: monthBeside(month, by), view: 'published' }); };
  const arrows = [['arrowleft', { day: -1 }], ['arrowright', { day: 1 }], ['arrowup', { row: -1 }], ['arrowdown', { row: 1 }]] as const;
  const edges = [['home', 'firstDay', { day: -31 }], ['end', 'lastDay', { day: 31 }]] as const;
  const move = (by: Partial<Spot>): void => {
    if (cells !== undefined) cells.setChosen(moved(cells.chosen, by, { row: cells.plan.members.length, day: cells.plan.members[0]?.cells.length ?? 0 }, false));
  };
  useShortcuts('screen', cells === undefined ? [
    { keys: 'pageup', label: t('roster.before'), run: () => { goMonth(-1); }, enabled: !locked },
    { keys: 'pagedown', label: t('roster.after'), run: () => { goMonth(1); }, enabled: !locked },
  ] : [
    ...arrows.map(([keys, by], at) => ({ keys, label: t('roster.move'), run: () => { move(by); }, enabled: !locked, ...at === 0 && { hint: '←↑↓→' } })),
    ...edges.map(([keys, label, by]) => ({ keys, label: t(`rosterGrid.${label}`), run: () => { move(by); }, enabled: !locked })),
  ]);
  return { goMonth };
}
