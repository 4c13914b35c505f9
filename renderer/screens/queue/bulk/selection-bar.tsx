import type { BulkAction } from '../../../../contract/bulk.ts';
import { useSession } from '../../../frame/station.ts';
import { useT, useLanguage } from '../../../strings/text.ts';
import { Button } from '../../../ui/button.tsx';
import { actionsFor } from './bulk-words.ts';

/** The action that `B` begins; the others are a Tab away. */
const FIRST_KEY = 'B';

/** How many rows are marked, what can be done to all of them, and letting go of them. It stands under the rows, so that none moves. */
export function SelectionBar({ count, onAction, onNone }: { count: number; onAction: (action: BulkAction) => void; onNone: () => void }) {
  const t = useT();
  const language = useLanguage();
  const actions = actionsFor(useSession().roles);
  if (count === 0) return null;
  return (
    <div className="marked-bar" role="toolbar" aria-label={t('bulk.toolbar')}>
      <b role="status">{t('bulk.marked', { count: new Intl.NumberFormat(language === 'vi' ? 'vi-VN' : 'en-GB').format(count) })}</b>
      {actions.map((action, i) => <Button key={action} hint={i === 0 ? FIRST_KEY : undefined} onClick={() => { onAction(action); }}>{t(`bulk.action.${action}`)}</Button>)}
      {actions.length === 0 && <span className="muted">{t('bulk.noRight')}</span>}
      <span className="push"><Button kind="quiet" hint="Esc" onClick={onNone}>{t('bulk.none')}</Button></span>
    </div>
  );
}
