import { useState } from 'react';
import { OFF, type RosterPlan } from '../../../contract/roster.ts';
import { cellWord } from '../../../contract/roster-words.ts';
import { fold } from '../../../contract/text.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { Drop } from '../../ui/drop.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import type { Chosen } from './cells.ts';
import { cellWords } from './duty-words.ts';
import { withPins, withWish } from './plan-edits.ts';

interface MarksProps { plan: RosterPlan; chosen: Chosen; isLocked: boolean; onChange: (plan: RosterPlan) => void }

/** What is said of the chosen cells besides what is in them: pinned, so that no search changes them, and what people would like there or not. The same key again takes it away. */
export function CellMarks({ plan, chosen, isLocked, onChange }: MarksProps) {
  const t = useT();
  const [asked, setAsked] = useState<'likes' | 'dislikes' | null>(null);
  const pin = (): void => { onChange(withPins(plan, chosen)); };
  useShortcuts('screen', [
    { keys: 'ctrl+g', label: t('rosterPeople.pinLong'), hint: 'Ctrl+G', run: pin, enabled: !isLocked },
    { keys: 'plus', label: t('rosterPeople.likesLong'), hint: '+', run: () => { setAsked('likes'); }, enabled: !isLocked },
    { keys: '-', label: t('rosterPeople.dislikesLong'), hint: '−', run: () => { setAsked('dislikes'); }, enabled: !isLocked },
  ]);
  const menu = (kind: 'likes' | 'dislikes', hint: string) => (
    <Drop label={t(`rosterPeople.${kind}`)} hint={hint} name={t(`rosterPeople.${kind}Long`)} opened={asked === kind && !isLocked} onChange={opened => { setAsked(opened ? kind : null); }} className="roster-wishes">
      <Ways plan={plan} onClose={() => { setAsked(null); }} onChoose={cell => { onChange(withWish(plan, chosen, cell, kind === 'likes')); setAsked(null); }} />
    </Drop>
  );
  return (
    <div className="roster-marks" role="group" aria-label={t('rosterPeople.marks')}>
      <Button hint="Ctrl+G" disabled={isLocked} title={t('rosterPeople.pinLong')} onClick={pin}>{t('rosterPeople.pin')}</Button>
      {menu('likes', '+')}{menu('dislikes', '−')}
    </div>
  );
}

/** A day off or a shift, by the key that puts it into a cell. */
function Ways({ plan, onChoose, onClose }: { plan: RosterPlan; onChoose: (cell: number) => void; onClose: () => void }) {
  const t = useT();
  const ways = [OFF, ...plan.shifts.map((_, kind) => kind + 1)].map(cell => ({ cell, label: cellWords(cell, plan, t), key: cell === OFF ? '0' : fold(cellWord(cell, plan)) }));
  useShortcuts('panel', [{ keys: 'escape', label: t('app.close'), run: onClose, hint: 'Esc' }, ...ways.map(({ cell, label, key }) => ({ keys: key, label, run: () => { onChoose(cell); } }))], true);
  return ways.map(({ cell, label, key }) => <Button key={cell} hint={key.toUpperCase()} onClick={() => { onChoose(cell); }}>{label}</Button>);
}
