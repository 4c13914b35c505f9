import { IconAlertTriangleFilled, IconCircleCheckFilled, IconCircleDashed, IconLoader2, IconXboxXFilled } from '@tabler/icons-react';
import { useState } from 'react';
import type { Attention, LinkStatus } from '../../../contract/console.ts';
import { formatDateTime, formatTime, startOfDay } from '../../../contract/time.ts';
import { client } from '../../client.ts';
import { useLinkStatus, useSession } from '../../frame/station.ts';
import { queries } from '../../live-query.ts';
import { goTo } from '../../route.ts';
import { useLanguage, useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { clock, useNow } from '../../ui/clock.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { sentences } from '../../ui/error-text.ts';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { diagnose, type ChainRow, type Diagnosis, type StepState } from './diagnosis.ts';
import { countdown, spanOf } from './span.ts';
import { useAnswerWords, useCauseWords } from './words.ts';

type Trying = { isTrying: boolean; triedAtMs: number | null; error: unknown; tryNow: () => void };

function useTryNow(): Trying {
  const [isTrying, setTrying] = useState(false);
  const [triedAtMs, setTriedAtMs] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const tryNow = (): void => {
    if (isTrying) return;
    setTrying(true);
    setError(null);
    client.sync.tryNow({})
      .then(status => { queries.setQueryData(['sync.status'], status); setTriedAtMs(clock.nowMs); }, setError)
      .finally(() => { setTrying(false); });
  };
  return { isTrying, triedAtMs, error, tryNow };
}

/** The answer as the title, four figures, and the chain step by step with what to do at each. */
export function ChainView({ attention }: { attention: readonly Attention[] }) {
  const t = useT();
  const status = useLinkStatus();
  const trying = useTryNow();
  const { locked } = useSession();
  const openAttention = (): void => { goTo({ screen: 'health', attention: true }); };
  useShortcuts('screen', [
    { keys: 'r', label: t('health.keys.retry'), hint: 'R', run: trying.tryNow, enabled: !locked },
    { keys: 'g', label: t('health.keys.attention'), hint: 'G', run: openAttention, enabled: !locked },
  ]);
  if (status === undefined) return <p className="health-wait muted">{t('app.loading')}</p>;
  const diagnosis = diagnose(status, attention);
  return (
    <div className="health">
      <Head status={status} diagnosis={diagnosis} attention={attention.length} trying={trying} />
      <div className="health-body" tabIndex={0} role="region" aria-label={t('health.title')}>
        <table className="chain">
          <thead><tr><th><span className="hidden-text">{t('health.column.state')}</span></th>{(['step', 'state', 'cause', 'action'] as const).map(c => <th key={c} scope="col">{t(`health.column.${c}`)}</th>)}</tr></thead>
          <tbody>
            {diagnosis.rows.map((row, index) => <Row key={row.step} n={index + 1} row={row} status={status} trying={trying} onAttention={openAttention} />)}
          </tbody>
        </table>
        <Facts status={status} />
      </div>
    </div>
  );
}

function Head({ status, diagnosis, attention, trying }: { status: LinkStatus; diagnosis: Diagnosis; attention: number; trying: Trying }) {
  const t = useT();
  const { title, sub } = useAnswerWords(diagnosis, status, attention);
  const isWell = diagnosis.answer.kind === 'inStep';
  return (
    <header className="health-head">
      <div className="answer">
        <span className={`mark ${diagnosis.tone}`}><StateIcon state={MARKS[diagnosis.tone]} /></span>
        <div className="words"><p className="muted">{t(isWell ? 'frame.health' : 'health.title')}</p><h1>{title}</h1>{sub !== '' && <p className="muted">{sub}</p>}</div>
        {trying.triedAtMs !== null && !trying.isTrying && <span className="muted">{t('health.tried', { time: formatTime(trying.triedAtMs, true) })}</span>}
        <Button size="md" hint="R" disabled={trying.isTrying} onClick={trying.tryNow}>{t(trying.isTrying ? 'health.trying' : isWell ? 'health.checkNow' : 'health.tryNow')}</Button>
      </div>
      {trying.error !== null && <ErrorNotice error={trying.error} />}
      <Figures status={status} />
    </header>
  );
}

function useMoment(): (atMs: number) => string {
  return atMs => atMs >= startOfDay(clock.nowMs) ? formatTime(atMs, true) : formatDateTime(atMs);
}

function Figures({ status }: { status: LinkStatus }) {
  const t = useT();
  const nowMs = useNow();
  const moment = useMoment();
  const ago = (atMs: number): string => { const span = spanOf(nowMs - atMs); return t('health.figure.ago', { time: t(`health.span.${span.unit}`, span) }); };
  const { lastSyncAtMs, oldestPendingAtMs, nextTryAtMs, pending } = status;
  return (
    <dl className="figures">
      <div><dt>{t('health.figure.last')}</dt><dd>{lastSyncAtMs === null ? <b>{t('health.figure.never')}</b> : <><b>{moment(lastSyncAtMs)}</b> {ago(lastSyncAtMs)}</>}</dd></div>
      <div><dt>{t('health.figure.oldest')}</dt><dd>{oldestPendingAtMs === null ? <b>{t('health.figure.none')}</b> : <><b>{moment(oldestPendingAtMs)}</b> {ago(oldestPendingAtMs)}</>}</dd></div>
      <div><dt>{t('health.figure.pending')}</dt><dd><b>{pending}</b> {t('health.figure.changes')}</dd></div>
      <div><dt>{t('health.figure.next')}</dt><dd><b>{nextTryAtMs === null ? t('health.figure.notNeeded') : nextTryAtMs <= nowMs ? t('health.figure.soon') : countdown(nextTryAtMs - nowMs)}</b></dd></div>
    </dl>
  );
}

function StateIcon({ state }: { state: StepState }) {
  switch (state) {
    case 'ok': return <IconCircleCheckFilled aria-hidden className="good" />;
    case 'stopped': return <IconXboxXFilled aria-hidden className="danger" />;
    case 'busy': return <IconLoader2 aria-hidden className="waiting" />;
    case 'notReached': return <IconCircleDashed aria-hidden className="muted" />;
    case 'warning': return <IconAlertTriangleFilled aria-hidden className="warning" />;
  }
}

const MARKS: Readonly<Record<Diagnosis['tone'], StepState>> = { good: 'ok', danger: 'stopped', warning: 'warning', waiting: 'busy' };
const TONES: Readonly<Record<StepState, string>> = { ok: 'good', stopped: 'danger', busy: 'waiting', notReached: 'muted', warning: 'warning' };

function Row({ n, row, status, trying, onAttention }: { n: number; row: ChainRow; status: LinkStatus; trying: Trying; onAttention: () => void }) {
  const t = useT();
  const cause = useCauseWords(row, status);
  const word = row.state === 'ok' ? t(`health.stateOk.${row.step}`) : t(`health.state.${row.state}`, { n: row.count });
  return (
    <tr className={`is-${row.state}`}>
      <td className="mark"><StateIcon state={row.state} /></td>
      <th scope="row"><span className="muted">{n}</span> {t(`health.step.${row.step}`)}</th>
      <td className={`${TONES[row.state]} strong`}>{word}</td>
      <td className={row.state === 'notReached' ? 'muted' : undefined}>{cause.what}{cause.more !== '' && <div className="muted more">{cause.more}</div>}</td>
      <td className="muted">
        {row.action === 'openAttention' ? <Button hint="G" onClick={onAttention}>{t('health.action.openAttention')}</Button>
          : row.state === 'stopped' && row.action === 'tryNow' ? <Button kind="primary" hint="R" disabled={trying.isTrying} onClick={trying.tryNow}>{t(trying.isTrying ? 'health.trying' : 'health.tryNow')}</Button>
          : row.state === 'stopped' ? <span className="strong">{row.error === null ? t(`health.action.${row.action}`) : sentences({ code: row.error, facts: {} }).todo}</span>
          : t(`health.action.${row.action}`)}
      </td>
    </tr>
  );
}

function Facts({ status }: { status: LinkStatus }) {
  const t = useT();
  const language = useLanguage();
  const { serverOffsetMs, offsetMeasuredAtMs } = status;
  const offset = new Intl.NumberFormat(language === 'vi' ? 'vi-VN' : 'en-GB', { maximumFractionDigits: 1, minimumFractionDigits: 1 });
  return (
    <p className="facts muted">
      {t('health.address')}: {status.provinceAddress}
      {' · '}{serverOffsetMs === null || offsetMeasuredAtMs === null ? t('health.clockUnknown') : t('health.clock', { offset: offset.format(Math.abs(serverOffsetMs) / 1000), time: formatTime(offsetMeasuredAtMs) })}
    </p>
  );
}
