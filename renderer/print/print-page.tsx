import './print.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider, useMutation } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';
import type { Session } from '../../contract/console.ts';
import { may } from '../../contract/permissions.ts';
import { formatDateTime } from '../../contract/time.ts';
import { client } from '../client.ts';
import { useColorScheme, useSettings } from '../frame/settings.ts';
import { useConsoleState, useLinkStatus } from '../frame/station.ts';
import { queries, useLive } from '../live-query.ts';
import { texts, useT } from '../strings/text.ts';
import { Button } from '../ui/button.tsx';
import { Choices } from '../ui/choices.tsx';
import { clock } from '../ui/clock.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { useShortcuts } from '../ui/shortcuts.ts';
import { resolveVariables, styleNonce, theme } from '../ui/theme.ts';
import { Form } from './form.tsx';
import { pageStyle } from './page-style.ts';
import { formatPrintRoute, parsePrintRoute, type PrintKind, type PrintRoute } from './print-route.ts';
import { Slip } from './slip.tsx';

/** What is printed of one record, shown as it will be on paper. */
export function PrintPage() {
  return <QueryClientProvider client={queries}><Look /></QueryClientProvider>;
}

function Look() {
  const settings = useSettings();
  const scheme = useColorScheme(settings.theme);
  useEffect(() => {
    document.documentElement.lang = settings.language;
    void texts.changeLanguage(settings.language);
  }, [settings.language]);
  return <MantineProvider theme={theme} forceColorScheme={scheme} cssVariablesResolver={resolveVariables} getStyleNonce={styleNonce}><Door /></MantineProvider>;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => { window.removeEventListener('hashchange', listener); };
}

/** Nothing of a record is on the page while its desk is locked or nobody's. */
function Door() {
  const t = useT();
  const route = parsePrintRoute(useSyncExternalStore(subscribe, () => location.hash));
  const { data: station, error } = useConsoleState();
  const offsetMs = useLinkStatus()?.serverOffsetMs ?? null;
  useEffect(() => { if (offsetMs !== null) clock.correct(offsetMs); }, [offsetMs]);
  if (error !== null) return <div className="print-wait"><ErrorNotice error={error} /></div>;
  if (station === undefined) return <p className="print-wait muted">{t('print.loading')}</p>;
  if (station.session === null || station.session.locked || route === null) return <EmptyState title={t(route === null ? 'errors.issue/not-found.what' : 'print.signedOut')}>{t(route === null ? 'errors.issue/not-found.todo' : 'print.signedOutMore')}</EmptyState>;
  return <Preview key={`${station.session.personId} ${route.id}`} route={route} session={station.session} siteName={station.site?.name ?? ''} provinceName={station.provinceName} />;
}

/** When it was printed, which is when the print dialog opens. */
function usePrintedAt(): number {
  const [atMs, setAtMs] = useState(() => clock.exactMs);
  useEffect(() => {
    const note = (): void => { flushSync(() => { setAtMs(clock.exactMs); }); };
    window.addEventListener('beforeprint', note);
    return () => { window.removeEventListener('beforeprint', note); };
  }, []);
  return atMs;
}

function goTo(route: PrintRoute): void {
  location.replace(formatPrintRoute(route));
}

function Preview({ route, session, siteName, provinceName }: { route: PrintRoute; session: Session; siteName: string; provinceName: string }) {
  const t = useT();
  const { id, kind } = route;
  const { data: masked, error } = useLive(['issues.get', id], ['issue', 'org', 'session'], core => core.issues.get({ id }), { issueId: id });
  const reveal = useMutation({ mutationFn: () => client.issues.reveal({ id }) });
  const nowMs = usePrintedAt();
  const detail = masked === undefined || reveal.data === undefined ? masked : { ...masked, reporterMasked: false, issue: { ...masked.issue, reporter: reveal.data.issue.reporter, victims: reveal.data.issue.victims } };
  const no = detail === undefined ? '' : detail.issue.displayNo ?? detail.issue.provisionalNo;
  useEffect(() => { if (no !== '') document.title = t('print.title', { no }); });
  const mayReveal = may(session.roles, 'reporter.reveal') && detail?.reporterMasked === true && kind === 'form';
  const choose = (next: PrintKind): void => { goTo({ kind: next, id }); };
  useShortcuts('screen', [
    { keys: '1', label: t('print.slip'), run: () => { choose('slip'); } }, { keys: '2', label: t('print.form'), run: () => { choose('form'); } },
    { keys: 'v', label: t('print.reveal'), run: () => { reveal.mutate(); }, enabled: mayReveal },
    { keys: 'enter', label: t('print.run'), run: () => { window.print(); }, enabled: detail !== undefined },
  ]);
  if (error !== null) return <div className="print-wait"><ErrorNotice error={error} /></div>;
  if (detail === undefined) return <p className="print-wait muted">{t('print.loading')}</p>;
  const Paper = kind === 'slip' ? Slip : Form;
  return (
    <>
      <style nonce={styleNonce()}>{pageStyle(kind, t('print.by', { who: session.name, at: formatDateTime(nowMs) }), t('print.page'))}</style>
      <div className="print-bar">
        <Choices label={t('print.kind')} numbered value={kind} onChange={choose} options={[{ value: 'slip', label: t('print.slip') }, { value: 'form', label: t('print.form') }]} />
        <Button kind="primary" hint="Enter" onClick={() => { window.print(); }}>{t('print.run')}</Button>
        {mayReveal && <Button hint="V" disabled={reveal.isPending} onClick={() => { reveal.mutate(); }}>{t('print.reveal')}</Button>}
        <span className="muted">{kind === 'slip' ? t('print.hint') : t(detail.reporterMasked ? 'print.masked' : reveal.data === undefined ? 'print.hint' : 'print.revealed')}</span>
      </div>
      {reveal.error !== null && <div className="print-bar"><ErrorNotice error={reveal.error} /></div>}
      <main className="print-desk"><Paper detail={detail} siteName={siteName} provinceName={provinceName} nowMs={nowMs} /></main>
    </>
  );
}
