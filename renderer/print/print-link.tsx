import { IconPrinter } from '@tabler/icons-react';
import { openPage } from '../open-page.ts';
import { useT } from '../strings/text.ts';
import { useShortcuts } from '../ui/shortcuts.ts';
import { formatPrintRoute } from './print-route.ts';

/** Opens what can be printed of a record, in a window of its own. */
export function PrintLink({ id }: { id: string }) {
  const t = useT();
  const open = (): void => { openPage('print', formatPrintRoute({ kind: 'slip', id })); };
  useShortcuts('panel', [{ keys: 'p', label: t('print.openLong'), run: open }]);
  return <button type="button" className="open-page" title={`${t('print.openLong')} (P)`} aria-label={t('print.openLong')} onClick={open}><IconPrinter aria-hidden /></button>;
}
