import './queue.css';
import { useEffect, useState } from 'react';
import { useMay } from '../../frame/station.ts';
import { goTo } from '../../route.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { IssueView } from './issue-view.tsx';
import { queueMemory } from './queue-memory.ts';
import { ReceiveMenu } from './receive-menu.tsx';

function back(): void {
  goTo({ screen: 'queue' });
}

/** One record on the whole screen. A call that comes in meanwhile is taken from here. */
export function IssuePage({ id }: { id: string }) {
  const t = useT();
  const mayReceive = useMay('issue.receive');
  const maySurvey = useMay('issue.survey');
  // Back in the queue the same record is the chosen one, wherever it was opened from.
  useEffect(() => { queueMemory.change({ selectedId: id }); }, [id]);
  const [isReceiving, setReceiving] = useState(false);
  useShortcuts('screen', [
    { keys: 'escape', label: t('queue.key.back'), run: back, hint: 'Esc' },
    { keys: 'n', label: t('queue.receive'), run: () => { setReceiving(true); }, hint: 'N', enabled: mayReceive },
    { keys: 'f8', label: t('survey.enter'), run: () => { goTo({ screen: 'survey' }); }, enabled: maySurvey },
  ]);
  return (
    <div className="issue-page">
      <div className="issue-page-bar"><Button hint="Esc" onClick={back}>{t('queue.key.back')}</Button><ReceiveMenu isAside opened={isReceiving} onChange={setReceiving} /></div>
      <IssueView id={id} layout="page" />
    </div>
  );
}
