import { useEffect, useRef } from 'react';
import { COMP, LEAVE, monthBeside, OFF, type RosterCheck, type RosterPlan } from '../../../contract/roster.ts';
import { cellOf } from '../../../contract/roster-words.ts';
import { fold } from '../../../contract/text.ts';
import { useSession } from '../../frame/station.ts';
import { goTo } from '../../route.ts';
import { useT } from '../../strings/text.ts';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { copyOf, moved, pasteInto, withCell, type Chosen, type PasteTrouble, type Spot } from './cells.ts';
import type { PlanInHand } from './use-plan.ts';

interface KeysProps {
  plan: RosterPlan; check: RosterCheck | undefined; inHand: PlanInHand; chosen: Chosen;
  setChosen: (next: (was: Chosen) => Chosen) => void;
  /** What is wrong with what was pasted; '' when nothing is any more. */
  onTrouble: (words: string) => void;
}

/** The keys of the grid: arrows choose, letters put a shift, and what is chosen is copied and pasted as in a spreadsheet. */
export function useGridKeys({ plan, check, inHand, chosen, setChosen, onTrouble }: KeysProps): { size: Spot; choose: (spot: Spot, holds: boolean) => void; goMonth: (by: 1 | -1) => void } {
  const t = useT();
  const { locked } = useSession();
  const size: Spot = { row: plan.members.length, day: plan.members[0]?.cells.length ?? 0 };
  const canType = !locked && size.row > 0;
  const choose = (spot: Spot, holds: boolean): void => { setChosen(was => ({ from: holds ? was.from : spot, at: spot })); };
  const move = (by: Partial<Spot>, holds = false): void => { setChosen(was => moved(was, by, size, holds)); };
  const put = (cell: number | undefined): void => {
    if (cell === undefined) return;
    onTrouble('');
    inHand.change(withCell(plan, chosen, cell));
    const isOne = chosen.from.row === chosen.at.row && chosen.from.day === chosen.at.day;
    if (isOne) move({ day: 1 });
  };
  const nextGap = (): void => {
    const gaps = check?.gaps.filter(gap => gap.is < gap.need) ?? [];
    const next = gaps.find(({ day }) => day > chosen.at.day) ?? gaps[0];
    if (next !== undefined) choose({ row: chosen.at.row, day: next.day }, false);
  };
  const goMonth = (by: 1 | -1): void => { goTo({ screen: 'roster', service: plan.service, month: monthBeside(plan.month, by) }); };
  // A code of several signs has no key: it is pasted, or chosen below the grid.
  const letters = [...plan.shifts.map(({ code }) => fold(code)).filter(code => code.length === 1), 'p', 'b'];
  const arrows = [['arrowleft', { day: -1 }], ['arrowright', { day: 1 }], ['arrowup', { row: -1 }], ['arrowdown', { row: 1 }]] as const;
  const edges = [['ctrl+home', 'firstCell', { row: -size.row, day: -size.day }], ['ctrl+end', 'lastCell', { row: size.row, day: size.day }], ['home', 'firstDay', { day: -size.day }], ['end', 'lastDay', { day: size.day }]] as const;
  useShortcuts('screen', [
    ...arrows.flatMap(([keys, by], at) => [
      { keys: `shift+${keys}`, label: t('roster.extend'), run: () => { move(by, true); }, enabled: canType },
      { keys, label: t('roster.move'), run: () => { move(by); }, enabled: canType, ...at === 0 && { hint: '←↑↓→' } },
    ]),
    ...edges.flatMap(([keys, label, by]) => [
      { keys: `shift+${keys}`, label: t('roster.extend'), run: () => { move(by, true); }, enabled: canType },
      { keys, label: t(`rosterGrid.${label}`), run: () => { move(by); }, enabled: canType },
    ]),
    { keys: 'ctrl+a', label: t('rosterGrid.all'), run: () => { setChosen(() => ({ from: { row: 0, day: 0 }, at: { row: size.row - 1, day: size.day - 1 } })); }, enabled: canType },
    ...letters.map((code, at) => ({ keys: code, label: putWords(cellOf(code, plan), plan, t), run: () => { put(cellOf(code, plan)); }, enabled: canType, ...at === 0 && { hint: letters.join(' ').toUpperCase(), hintLabel: t('roster.put') } })),
    { keys: 'ctrl+c', label: t('rosterGrid.copy'), run: () => undefined, byBrowser: true, enabled: canType },
    { keys: 'ctrl+v', label: t('rosterGrid.paste'), run: () => undefined, byBrowser: true, enabled: canType },
    { keys: '0', label: t('roster.putOff'), hint: '0', run: () => { put(OFF); }, enabled: canType },
    { keys: 'delete', label: t('roster.putOff'), run: () => { put(OFF); }, enabled: canType },
    { keys: 'ctrl+z', label: t('roster.undo'), hint: 'Ctrl+Z', run: () => { inHand.undo?.(); }, enabled: !locked && inHand.undo !== null },
    { keys: 'ctrl+y', label: t('roster.redo'), run: () => { inHand.redo?.(); }, enabled: !locked },
    { keys: 'g', label: t('roster.nextGap'), hint: 'G', run: nextGap, enabled: canType },
    { keys: 'pageup', label: t('roster.before'), run: () => { goMonth(-1); }, enabled: !locked },
    { keys: 'pagedown', label: t('roster.after'), run: () => { goMonth(1); }, enabled: !locked },
  ]);
  useClipboard(canType, {
    copy: () => copyOf(plan, chosen),
    paste: text => {
      const pasted = pasteInto(plan, chosen, text);
      if (!('plan' in pasted)) { onTrouble(pasteWords(pasted, t)); return; }
      onTrouble('');
      inHand.change(pasted.plan);
      setChosen(() => pasted.chosen);
    },
  });
  return { size, choose, goMonth };
}

/** What the key of a cell does. */
function putWords(cell: number | undefined, { shifts }: Pick<RosterPlan, 'shifts'>, t: ReturnType<typeof useT>): string {
  return cell === LEAVE ? t('rosterGrid.putLeave') : cell === COMP ? t('rosterGrid.putComp') : t('rosterGrid.putShift', { code: shifts[(cell ?? 0) - 1]?.code ?? '' });
}

/** Which word keeps all of it out, or how much of it has no room. */
function pasteWords(trouble: PasteTrouble, t: ReturnType<typeof useT>): string {
  if ('unknown' in trouble) return t('roster.unknown', { word: trouble.unknown });
  const { rows, days } = trouble.beyond;
  if (rows > 0 && days > 0) return t('rosterGrid.beyondBoth', { rows, days });
  return rows > 0 ? t('rosterGrid.beyondRows', { n: rows }) : t('rosterGrid.beyondDays', { n: days });
}

/** Copying and pasting as the browser offers them, where no field takes them. */
function useClipboard(isOn: boolean, ways: { copy: () => string; paste: (text: string) => void }): void {
  const latest = useRef(ways);
  latest.current = ways;
  useEffect(() => {
    if (!isOn) return;
    const isOurs = ({ target }: Event): boolean => !(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) && document.querySelector('dialog[open]') === null && document.getSelection()?.isCollapsed !== false;
    const copy = (event: ClipboardEvent): void => {
      if (!isOurs(event)) return;
      event.clipboardData?.setData('text/plain', latest.current.copy());
      event.preventDefault();
    };
    const paste = (event: ClipboardEvent): void => {
      if (!isOurs(event)) return;
      latest.current.paste(event.clipboardData?.getData('text/plain') ?? '');
      event.preventDefault();
    };
    document.addEventListener('copy', copy);
    document.addEventListener('paste', paste);
    return () => {
      document.removeEventListener('copy', copy);
      document.removeEventListener('paste', paste);
    };
  }, [isOn]);
}
