import './print.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';
import type { Session } from '../../contract/console.ts';
import { formatDateTime } from '../../contract/time.ts';
import { useColorScheme, useSettings } from '../frame/settings.ts';
import { useConsoleState, useLinkStatus } from '../frame/station.ts';
import { queries, useLive } from '../live-query.ts';
import { ReasonForm } from '../personal/reason-form.tsx';
import { useOpening } from '../personal/use-opening.ts';
import { texts, useT } from '../strings/text.ts';
import { Button } from '../ui/button.tsx';
import { Choices } from '../ui/choices.tsx';
import { clock } from '../ui/clock.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { useShortcuts } from '../ui/shortcuts.ts';
import { resolveVariables, styleNonce, theme } from '../ui/theme.ts';
import { Form } from './form.tsx';
import { HandoverPreview } from './handover-paper.tsx';
import { pageStyle } from './page-style.ts';
import type { PaperProps } from './paper.tsx';
import { formatPrintRoute, parsePrintRoute, type PrintRoute, type RecordPaper } from './print-route.ts';
import { RosterPreview } from './roster-paper.tsx';
import { Slip } from './slip.tsx';
import { SurveyPaper } from './survey-paper.tsx';

/** What is printed of one record, handover or month of duty, shown as it will be on paper. */
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
  if (route.kind === 'roster') return <RosterPreview route={route} session={station.session} siteName={station.site?.name ?? ''} provinceName={station.provinceName} onGo={goTo} />;
  if (route.kind === 'handover') return <HandoverPreview id={route.id} session={station.session} siteName={station.site?.name ?? ''} provinceName={station.provinceName} />;
  return <Preview key={`${station.session.personId} ${route.id}`} route={{ id: route.id, kind: route.kind }} session={station.session} siteName={station.site?.name ?? ''} provinceName={station.provinceName} />;
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

function Preview({ route, session, siteName, provinceName }: { route: { kind: RecordPaper; id: string }; session: Session; siteName: string; provinceName: string }) {
  const t = useT();
  const { id, kind } = route;
  const { data: masked, error } = useLive(['issues.get', id], ['issue', 'org', 'session'], core => core.issues.get({ id }), { issueId: id });
  const opening = useOpening(id);
  const nowMs = usePrintedAt();
  const detail = masked === undefined ? undefined : opening.shown(masked);
  const no = detail === undefined ? '' : detail.issue.displayNo ?? detail.issue.provisionalNo;
  useEffect(() => { if (no !== '') document.title = t('print.title', { no }); });
  const mayReveal = detail?.reporterMasked === true && detail.personal.access !== 'closed' && kind === 'form';
  const reveal = (): void => { if (detail !== undefined) opening.begin(detail); };
  const choose = (next: typeof kind): void => { goTo({ kind: next, id }); };
  useShortcuts('screen', [
    { keys: '1', label: t('print.slip'), run: () => { choose('slip'); } }, { keys: '2', label: t('print.form'), run: () => { choose('form'); } }, { keys: '3', label: t('print.survey'), run: () => { choose('survey'); } },
    { keys: 'v', label: t('print.reveal'), run: reveal, enabled: mayReveal },
    { keys: 'enter', label: t('print.run'), run: () => { window.print(); }, enabled: detail !== undefined },
  ]);
  if (error !== null) return <div className="print-wait"><ErrorNotice error={error} /></div>;
  if (detail === undefined) return <p className="print-wait muted">{t('print.loading')}</p>;
  return (
    <>
      <style nonce={styleNonce()}>{pageStyle(kind, t('print.by', { who: session.name, at: formatDateTime(nowMs) }), t('print.page'))}</style>
      <div className="print-bar">
        <Choices label={t('print.kind')} numbered value={kind} onChange={choose} options={[{ value: 'slip', label: t('print.slip') }, { value: 'form', label: t('print.form') }, { value: 'survey', label: t('print.survey') }]} />
        <Button kind="primary" hint="Enter" onClick={() => { window.print(); }}>{t('print.run')}</Button>
        {mayReveal && <Button hint="V" disabled={opening.isPending} onClick={reveal}>{t('print.reveal')}</Button>}
        <span className="muted">{kind !== 'form' ? t('print.hint') : t(detail.reporterMasked ? 'print.masked' : opening.isOpen ? 'print.revealed' : 'print.hint')}</span>
      </div>
      {opening.isAsking && mayReveal && <div className="print-bar"><ReasonForm opening={opening} lacks={detail.personal.lacks} /></div>}
      {!opening.isAsking && opening.error !== null && <div className="print-bar"><ErrorNotice error={opening.error} /></div>}
      <main className="print-desk"><Paper kind={kind} detail={detail} siteName={siteName} provinceName={provinceName} nowMs={nowMs} /></main>
    </>
  );
}

function Paper({ kind, ...props }: PaperProps & { kind: RecordPaper }) {
  switch (kind) {
    case 'slip': return <Slip {...props} />;
    case 'form': return <Form {...props} />;
    case 'survey': return <SurveyPaper {...props} />;
  }
}
