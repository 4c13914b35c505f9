import './survey.css';
import { IconMessage2, IconQrcode } from '@tabler/icons-react';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import type { QueueView } from '../../../../contract/queue.ts';
import { useMay, useSession } from '../../../frame/station.ts';
import { goTo } from '../../../route.ts';
import { useT } from '../../../strings/text.ts';
import { Button } from '../../../ui/button.tsx';
import { useShortcuts } from '../../../ui/shortcuts.ts';
import { SurveyDialog } from './survey-dialog.tsx';

/** Beside the list of records that wait for a survey: messages to their reporters, and the way in for answers that come back. */
export function SurveyTools({ view, marked }: { view: QueueView | null; marked: number }) {
  const t = useT();
  const rights = [useMay('issue.export'), useMay('reporter.reveal'), useMay('issue.survey')];
  const maySend = rights.every(Boolean);
  const { locked } = useSession();
  const [opened, setOpened] = useState<QueueView | null>(null);
  const open = (): void => { setOpened(view); };
  useShortcuts('screen', [{ keys: 'shift+u', label: t('survey.send'), run: open, enabled: maySend && view !== null && !locked }]);
  return (
    <>
      {maySend && <Button icon={<IconMessage2 aria-hidden />} hint="Shift+U" disabled={view === null} onClick={open}>{t('survey.send')}</Button>}
      {rights[2] === true && <Button icon={<IconQrcode aria-hidden />} hint="F8" onClick={() => { goTo({ screen: 'survey' }); }}>{t('survey.enterShort')}</Button>}
      {opened !== null && !locked && createPortal(<SurveyDialog view={opened} marked={marked} onClose={() => { setOpened(null); }} />, document.body)}
    </>
  );
}
