import { IconFileExport } from '@tabler/icons-react';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import type { QueueView } from '../../../contract/queue.ts';
import { useMay, useSession } from '../../frame/station.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { ExportDialog } from './export-dialog.tsx';

/** The open list as a file, for who may carry lists out. */
export function ExportButton({ view }: { view: QueueView | null }) {
  const t = useT();
  const mayExport = useMay('issue.export');
  const { locked } = useSession();
  const [opened, setOpened] = useState<QueueView | null>(null);
  const open = (): void => { setOpened(view); };
  useShortcuts('screen', [{ keys: 'u', label: t('exports.openKey'), run: open, enabled: mayExport && view !== null && !locked }]);
  if (!mayExport) return null;
  return (
    <>
      <span className="export-open"><Button kind="quiet" icon={<IconFileExport aria-hidden />} hint="U" disabled={view === null} title={t('exports.openKey')} onClick={open}>{t('exports.open')}</Button></span>
      {opened !== null && !locked && createPortal(<ExportDialog view={opened} onClose={() => { setOpened(null); }} />, document.body)}
    </>
  );
}
