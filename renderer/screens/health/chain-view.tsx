import { IconAlertTriangleFilled, IconCircleCheckFilled, IconCircleDashed, IconLoader2, IconXboxXFilled } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import type { AttentionEntry, LinkStatus } from '../../../contract/console.ts';
import type { CheckLine, CheckState, Diagnosis } from '../../../contract/diagnosis.ts';
import { formatTime } from '../../../contract/time.ts';
import { client } from '../../client.ts';
import { useConsoleState, useLinkStatus, useMay, useSession } from '../../frame/station.ts';
import { queries, useLive } from '../../live-query.ts';
import { goTo } from '../../route.ts';
import { useLanguage, useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { clock } from '../../ui/clock.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { answerOf, countAttention, type Answer, type AttentionCounts, type Tone } from './diagnosis.ts';
import { Figures } from './figures.tsx';
import { RemovalNotice } from './removal-notice.tsx';
import { technicianText } from './technician-text.ts';
import { answerWords, causeWords } from './words.ts';

type Trying = { isTrying: boolean; error: unknown; tryNow: () => void };

/** Tries to exchange, and looks at every step on the way; also without being asked whenever the link's state has changed. */
function useTryNow(status: LinkStatus | undefined): Trying {
  const [isTrying, setTrying] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const look = (): Promise<void> => client.sync.diagnose({}).then(told => { queries.setQueryData(['sync.diagnosis'], told); });
  const state = status === undefined ? null : `${status.link} ${status.lastError?.code ?? ''}`;
  useEffect(() => { if (state !== null) look().catch(setError); }, [state]);
  const tryNow = (): void => {
    if (isTrying) return;
    setTrying(true);
    setError(null);
    Promise.all([client.sync.tryNow({}).then(now => { queries.setQueryData(['sync.status'], now); }), look()])
      .catch(setError).finally(() => { setTrying(false); });
  };
  return { isTrying, error, tryNow };
}

/** The answer as the title, the figures, and the chain step by step with what to do at each. */
export function ChainView({ attention }: { attention: readonly AttentionEntry[] }) {
  const t = useT();
  const status = useLinkStatus();
  const diagnosis = useLive(['sync.diagnosis'], ['sync', 'attention', 'attachment'], core => core.sync.diagnosis({}), { keepPrevious: true });
  const trying = useTryNow(status);
  const { locked } = useSession();
  const openAttention = (): void => { goTo({ screen: 'health', attention: true }); };
  const copying = useTechnicianCopy(diagnosis.data, status, attention.length);
  const maySend = useMay('stick.use');
  useShortcuts('screen', [
    { keys: 'r', label: t('health.keys.retry'), hint: 'R', run: trying.tryNow, enabled: !locked },
    { keys: 'u', label: t('stick.title'), hint: 'U', run: openStick, enabled: maySend && !locked },
    { keys: 'g', label: t('health.keys.attention'), hint: 'G', run: openAttention, enabled: !locked },
    { keys: 'c', label: t('diagnosis.copy'), hint: 'C', run: copying.copy, enabled: !locked },
  ]);
  if (status === undefined || diagnosis.data === undefined) {
    return diagnosis.error === null ? <p className="health-wait muted">{t('app.loading')}</p> : <div className="health-wait"><ErrorNotice error={diagnosis.error} /></div>;
  }
  const counts = countAttention(attention);
  return (
    <div className="health">
      <Head status={status} diagnosis={diagnosis.data} counts={counts} trying={trying} onCopy={copying.copy} />
      <div className="health-body" tabIndex={0} role="region" aria-label={t('health.title')}>
        {copying.note}
        <table className="chain">
          <thead><tr><th><span className="hidden-text">{t('health.column.state')}</span></th>{(['step', 'state', 'cause', 'action'] as const).map(c => <th key={c} scope="col">{t(`health.column.${c}`)}</th>)}</tr></thead>
          <tbody>
            {diagnosis.data.lines.map((line, index) => <Line key={line.check} n={index + 1} line={line} diagnosis={diagnosis.data} trying={trying} />)}
            <AttentionRows from={diagnosis.data.lines.length} counts={counts} onOpen={openAttention} />
          </tbody>
        </table>
        <p className="facts muted">{t('diagnosis.kept', { n: status.pending })}</p>
      </div>
    </div>
  );
}

function openStick(): void {
  goTo({ screen: 'stick' });
}

/** The report in the clipboard; where the machine does not allow that, as text to be selected. */
function useTechnicianCopy(diagnosis: Diagnosis | undefined, status: LinkStatus | undefined, attention: number): { copy: () => void; note: ReactNode } {
  const t = useT();
  const language = useLanguage();
  const station = useConsoleState().data;
  const [done, setDone] = useState<{ text: string; isCopied: boolean } | null>(null);
  const copy = (): void => {
    if (diagnosis === undefined || status === undefined) return;
    const text = technicianText({ diagnosis, status, attention, stationCode: station?.stationCode ?? '', version: station?.version ?? '', nowMs: clock.nowMs, language });
    navigator.clipboard.writeText(text).then(() => { setDone({ text, isCopied: true }); }, () => { setDone({ text, isCopied: false }); });
  };
  if (done === null) return { copy, note: null };
  return { copy, note: <Notice tone={done.isCopied ? 'good' : 'warning'} title={t(done.isCopied ? 'diagnosis.copied' : 'diagnosis.copyFailed')}>{!done.isCopied && <pre className="technician">{done.text}</pre>}</Notice> };
}

function Head({ status, diagnosis, counts, trying, onCopy }: { status: LinkStatus; diagnosis: Diagnosis; counts: AttentionCounts; trying: Trying; onCopy: () => void }) {
  const t = useT();
  const language = useLanguage();
  const maySend = useMay('stick.use');
  const { answer, tone } = answerOf(diagnosis, status, counts);
  const { title, sub } = answerWords(answer, status, language);
  const isBusy = trying.isTrying || diagnosis.running;
  return (
    <header className="health-head">
      <div className="answer">
        <span className={`mark ${tone}`}><StateIcon state={MARKS[tone]} /></span>
        <div className="words"><p className="muted">{t(IN_STEP.has(answer.kind) ? 'frame.health' : 'health.title')}</p><h1>{title}</h1>{sub !== '' && <p className="muted">{sub}</p>}</div>
        {diagnosis.checkedAtMs !== null && !isBusy && <span className="muted">{t('diagnosis.checkedAt', { time: formatTime(diagnosis.checkedAtMs, true) })}</span>}
        {maySend && <Button size="md" hint="U" onClick={openStick}>{t('stick.title')}</Button>}
        <Button size="md" hint="C" onClick={onCopy}>{t('diagnosis.copy')}</Button>
        <Button size="md" hint="R" kind={answer.kind === 'stopped' ? 'primary' : 'plain'} disabled={isBusy} onClick={trying.tryNow}>{t(isBusy ? 'health.trying' : 'health.tryNow')}</Button>
      </div>
      {trying.error !== null && <ErrorNotice error={trying.error} />}
      <RemovalNotice />
      <Figures status={status} diagnosis={diagnosis} />
    </header>
  );
}

function StateIcon({ state }: { state: CheckState }) {
  switch (state) {
    case 'ok': return <IconCircleCheckFilled aria-hidden className="good" />;
    case 'trouble': return <IconXboxXFilled aria-hidden className="danger" />;
    case 'checking': return <IconLoader2 aria-hidden className="waiting" />;
    case 'unknown': return <IconCircleDashed aria-hidden className="muted" />;
    case 'warning': return <IconAlertTriangleFilled aria-hidden className="warning" />;
  }
}

/** The answers that begin with "in step": to ask there why it is not would contradict them. */
const IN_STEP: ReadonlySet<Answer['kind']> = new Set(['inStep', 'sendingFiles', 'attention', 'held', 'warned']);
const MARKS: Readonly<Record<Tone, CheckState>> = { good: 'ok', danger: 'trouble', warning: 'warning', waiting: 'checking' };
const TONES: Readonly<Record<CheckState, string>> = { ok: 'good', trouble: 'danger', checking: 'waiting', unknown: 'muted', warning: 'warning' };

function Line({ n, line, diagnosis, trying }: { n: number; line: CheckLine; diagnosis: Diagnosis; trying: Trying }) {
  const t = useT();
  const { what, todo } = causeWords(line, useLanguage());
  const { oldest } = diagnosis;
  return (
    <Row n={n} name={t(`diagnosis.check.${line.check}`)} state={line.state} word={t(`diagnosis.state.${line.state}`)} what={what}
      at={line.atMs === null ? '' : t('diagnosis.at', { time: formatTime(line.atMs, true) })}>
      {line.state === 'trouble' && line.check === 'record' && oldest !== null && <Button onClick={() => { goTo({ screen: 'issue', id: oldest.issueId }); }}>{t('diagnosis.openRecord')} {oldest.issueNo}</Button>}
      <span className={line.state === 'trouble' ? 'strong text' : undefined}>{todo}</span>
      {line.state === 'trouble' && <Button hint="R" disabled={trying.isTrying || diagnosis.running} onClick={trying.tryNow}>{t('health.tryNow')}</Button>}
    </Row>
  );
}

/** What does not stop the others: refusals, values that lost, and what waits for its record. */
function AttentionRows({ from, counts, onOpen }: { from: number; counts: AttentionCounts; onOpen: () => void }) {
  const t = useT();
  return (['refused', 'conflict', 'held'] as const).map((kind, i) => {
    const n = counts[kind];
    return (
      <Row key={kind} n={from + i + 1} name={t(`diagnosis.check.${kind}`)} state={n === 0 ? 'ok' : 'warning'} at=""
        word={n === 0 ? t('diagnosis.state.ok') : t('diagnosis.waiting', { n })} what={n === 0 ? t(`diagnosis.${kind}None`) : t(`diagnosis.${kind}Some`, { n })}>
        {n === 0 ? t('diagnosis.cause.implied.todo') : <Button hint="G" onClick={onOpen}>{t('diagnosis.openAttention')}</Button>}
      </Row>
    );
  });
}

function Row({ n, name, state, word, what, at, children }: { n: number; name: string; state: CheckState; word: string; what: string; at: string; children: ReactNode }) {
  return (
    <tr className={`is-${state}`}>
      <td className="mark"><StateIcon state={state} /></td>
      <th scope="row"><span className="muted">{n}</span> {name}</th>
      <td className={`${TONES[state]} strong`}>{word}</td>
      <td className={state === 'unknown' ? 'muted' : undefined}>{what}{at !== '' && <span className="muted at"> {at}</span>}</td>
      <td className="muted todo">{children}</td>
    </tr>
  );
}
