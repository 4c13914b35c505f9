import type { LinkStatus } from '../../../contract/console.ts';
import type { Diagnosis } from '../../../contract/diagnosis.ts';
import { formatDateTime, formatTime, startOfDay } from '../../../contract/time.ts';
import { percentOf } from '../../frame/link-face.ts';
import { formatRoute } from '../../route-path.ts';
import { useLanguage, useT } from '../../strings/text.ts';
import { clock, useNow } from '../../ui/clock.ts';
import { countdown } from './span.ts';
import { sizeWords, spanWords } from './words.ts';

const moment = (atMs: number): string => (atMs >= startOfDay(clock.nowMs) ? formatTime(atMs, true) : formatDateTime(atMs));

/** When it last went well, what has waited the longest, how much is to be sent and received, and when it is tried next. */
export function Figures({ status, diagnosis }: { status: LinkStatus; diagnosis: Diagnosis }) {
  const t = useT();
  const language = useLanguage();
  const nowMs = useNow();
  const ago = (atMs: number): string => t('health.figure.ago', { time: spanWords(Math.max(0, nowMs - atMs)) });
  const { lastSyncAtMs, nextTryAtMs, pending } = status;
  const { oldest, files } = diagnosis;
  // The next try is told in this machine's own time.
  const waitMs = nextTryAtMs === null ? null : nextTryAtMs - Date.now();
  return (
    <dl className="figures">
      <div><dt>{t('health.figure.last')}</dt><dd>{lastSyncAtMs === null ? <b>{t('health.figure.never')}</b> : <><b>{moment(lastSyncAtMs)}</b> {ago(lastSyncAtMs)}</>}</dd></div>
      <div><dt>{t('health.figure.oldest')}</dt><dd>{oldest === null ? <b>{t('health.figure.none')}</b> : <><b>{moment(oldest.atMs)}</b> {ago(oldest.atMs)} <a href={formatRoute({ screen: 'issue', id: oldest.issueId })}>{oldest.issueNo === '' ? t('diagnosis.openRecord') : oldest.issueNo}</a></>}</dd></div>
      <div><dt>{t('health.figure.pending')}</dt><dd><b>{pending}</b> {t('health.figure.changes')}{pending > 0 && `, ${t('diagnosis.bytes', { size: sizeWords(diagnosis.pendingBytes, language) })}`}{files.n > 0 && `; ${t('diagnosis.files', { n: files.n, size: sizeWords(files.bytes, language) })}`}</dd></div>
      <div><dt>{t('diagnosis.fetch')}</dt><dd><b>{status.loading !== null ? t('diagnosis.fetchCopy', { percent: percentOf(status.loading) })
        : diagnosis.behindAtMost === null ? t('diagnosis.fetchUnknown') : diagnosis.behindAtMost === 0 ? t('diagnosis.fetchNone') : t('diagnosis.fetchAtMost', { n: diagnosis.behindAtMost })}</b></dd></div>
      {(status.repairedRows ?? 0) > 0 && <div><dt>{t('health.repairedTitle')}</dt><dd>{t('health.repaired', { n: status.repairedRows ?? 0 })}</dd></div>}
      <div><dt>{t('health.figure.next')}</dt><dd><b>{waitMs === null ? t('health.figure.notNeeded') : waitMs <= 0 ? t('health.figure.soon') : countdown(waitMs)}</b></dd></div>
    </dl>
  );
}
