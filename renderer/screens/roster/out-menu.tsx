import { IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import type { RosterFileOrder, RosterPlan } from '../../../contract/roster.ts';
import { client } from '../../client.ts';
import { useSession } from '../../frame/station.ts';
import { openPage } from '../../open-page.ts';
import { formatPrintRoute, type RosterPaperSize } from '../../print/print-route.ts';
import { saveFile } from '../../save-file.ts';
import { useT } from '../../strings/text.ts';
import { bytesOf } from '../../ui/base64.ts';
import { Button } from '../../ui/button.tsx';
import { Drop } from '../../ui/drop.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';

const FILE_TYPES = { xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', ics: 'text/calendar;charset=utf-8', timesheet: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' } as const;

interface OutProps { plan: RosterPlan; row: number; isPublished?: boolean; isCopy?: boolean }

/** "Xuất…": the month on paper or as a workbook, and the calendar of whose row the cursor is in. */
export function OutMenu({ plan, row, isPublished = false, isCopy = false }: OutProps) {
  const t = useT();
  const { locked } = useSession();
  const [opened, setOpened] = useState(false);
  useShortcuts('screen', [{ keys: 'u', label: t('roster.out.openLong'), hint: 'U', run: () => { setOpened(true); }, enabled: !locked }]);
  return (
    <Drop label={t('roster.out.open')} icon={<IconPrinter aria-hidden />} hint="U" name={t('roster.out.openLong')} opened={opened && !locked} onChange={setOpened} className="roster-out">
      <Ways plan={plan} row={row} isPublished={isPublished} isCopy={isCopy} onDone={() => { setOpened(false); }} />
    </Drop>
  );
}

function Ways({ plan, row, isPublished, isCopy, onDone }: Required<OutProps> & { onDone: () => void }) {
  const t = useT();
  const [isMaking, setMaking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { service, month } = plan;
  const member = plan.members[row];
  const print = (size: RosterPaperSize): void => {
    openPage('print', formatPrintRoute({ kind: 'roster', service, month, size, isPublished }));
    onDone();
  };
  const save = (format: RosterFileOrder['format']): void => {
    setMaking(true);
    setError(null);
    client.rosters.file({ plan, format, member: format === 'ics' ? row : null })
      .then(({ name, base64 }) => {
        saveFile(name, bytesOf(base64), FILE_TYPES[format]);
        onDone();
      }, setError)
      .finally(() => { setMaking(false); });
  };
  const ways = [
    { label: t('roster.out.a4'), run: () => { print('a4'); }, can: !isCopy },
    { label: t('roster.out.a3'), run: () => { print('a3'); }, can: !isCopy },
    { label: t('roster.out.xlsx'), run: () => { save('xlsx'); }, can: !isMaking },
    { label: member === undefined ? t('roster.out.ics') : t('roster.out.icsOf', { name: member.name }), run: () => { save('ics'); }, can: !isMaking && member !== undefined },
    ...isPublished ? [{ label: t('attendance.out'), run: () => { save('timesheet'); }, can: !isMaking }] : [],
  ];
  // With Esc, which the open panel has as well: of two modal groups only the later one is asked.
  useShortcuts('panel', [{ keys: 'escape', label: t('app.close'), run: onDone, hint: 'Esc' }, ...ways.map(({ label, run, can }, at) => ({ keys: String(at + 1), label, run, enabled: can }))], true);
  return (
    <>
      {ways.map(({ label, run, can }, at) => <Button key={at} kind="quiet" wide hint={String(at + 1)} disabled={!can} onClick={run}>{label}</Button>)}
      {isCopy && <p className="muted">{t('rosterSearch.noPaper')}</p>}
      {error !== null && <ErrorNotice error={error} />}
    </>
  );
}
