import type { RosterPlan } from '../../../contract/roster.ts';
import { formatDate, formatTime } from '../../../contract/time.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { dayWords, differences } from './duty-words.ts';
import type { PlanInHand } from './use-plan.ts';

/** So many cells are listed. */
const LISTED = 4;

interface ApartProps { plan: RosterPlan; inHand: PlanInHand; isLocked: boolean }

/** Another window has changed the same cells: by whom and when, what this one has otherwise, and which of the two it is to be. */
export function ApartNotice({ plan, inHand: { apart, settle }, isLocked }: ApartProps) {
  const t = useT();
  const isOpen = apart !== null && !isLocked;
  useShortcuts('screen', [
    { keys: 'f7', label: t('rosterApart.theirs'), hint: 'F7', run: () => { settle('theirs'); }, whileTyping: true, enabled: isOpen },
    { keys: 'f8', label: t('rosterApart.mine'), hint: 'F8', run: () => { settle('mine'); }, whileTyping: true, enabled: isOpen },
  ]);
  if (apart === null) return null;
  const some = differences(apart.theirs, plan, t);
  return (
    <Notice tone="warning" title={t('rosterApart.title', { by: apart.by, at: `${formatTime(apart.atMs)} ${formatDate(apart.atMs)}` })} actions={(
      <>
        <Button kind="outline" disabled={isLocked} hint="F7" onClick={() => { settle('theirs'); }}>{t('rosterApart.theirs')}</Button>
        <Button kind="outline" disabled={isLocked} hint="F8" onClick={() => { settle('mine'); }}>{t('rosterApart.mine')}</Button>
      </>
    )}>
      <p>{some.length === 0 ? t('rosterApart.otherwise') : t('rosterApart.has', { cells: some.length, some: [...some.slice(0, LISTED).map(one => t('duty.change', { ...one, date: dayWords(plan.month, one.day) })), ...some.length > LISTED ? ['…'] : []].join('; ') })}</p>
      <p className="muted">{apart.aside === null ? t('rosterApart.undo') : t('rosterApart.kept', { name: apart.aside })}</p>
    </Notice>
  );
}
