import './queue.css';
import { goTo } from '../../route.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { IssueView } from './issue-view.tsx';

function back(): void {
  goTo({ screen: 'queue' });
}

/** One record on the whole screen. */
export function IssuePage({ id }: { id: string }) {
  const t = useT();
  useShortcuts('screen', [{ keys: 'escape', label: t('queue.key.back'), run: back, hint: 'Esc' }]);
  return (
    <div className="issue-page">
      <div className="issue-page-bar"><Button hint="Esc" onClick={back}>{t('queue.key.back')}</Button></div>
      <IssueView id={id} layout="page" />
    </div>
  );
}
