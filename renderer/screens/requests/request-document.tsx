import { isErased } from '../../../contract/mutations/erase.ts';
import type { RequestDetail } from '../../../contract/requests.ts';
import { formatDateTime } from '../../../contract/time.ts';
import { useLive } from '../../live-query.ts';
import { formatRoute } from '../../route-path.ts';
import { useT } from '../../strings/text.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SyncMark } from '../../ui/marks.tsx';
import { Notice } from '../../ui/notice.tsx';
import { DueClock } from '../queue/due-clock.tsx';
import { RequestSteps } from './request-steps.tsx';

/** One request: who asks for what, by when, what has been done, and what can be done now. */
export function RequestDocument({ id }: { id: string }) {
  const t = useT();
  const { data, error } = useLive(['requests.get', id], ['document', 'session', 'org', 'sync'], core => core.requests.get({ id }), { keepPrevious: true });
  if (error !== null) return <div className="request"><ErrorNotice error={error} /></div>;
  return data === undefined ? <p className="request muted">{t('requests.loading')}</p> : <Document detail={data} />;
}

function Document({ detail }: { detail: RequestDetail }) {
  const t = useT();
  const { request, names, records, sync, mayHandle } = detail;
  const { subject, extended, ended, notes } = request;
  const erased = isErased(request);
  const name = (id: string): string => names[id] ?? t('app.unknown');
  const first = request.history[0];
  return (
    <article className="request" tabIndex={0} role="region" aria-label={t(`requests.kindLong.${request.kind}`)}>
      <header>
        <h2>{t(`requests.kindLong.${request.kind}`)}</h2>
        {request.state === 'open' ? <DueClock dueAtMs={request.dueAtMs} warnAtMs={null} /> : <strong>{t(`requests.state.${request.state}`)}</strong>}
        <SyncMark sync={sync} />
      </header>
      <dl>
        {!erased && <div><dt>{t('requests.who')}</dt><dd>{[subject.name, subject.phone, subject.address].filter(text => text !== '').join(' · ')}</dd></div>}
        <div><dt>{t('requests.identified')}</dt><dd className={request.identified === 'not_yet' ? 'warning strong' : undefined}>{t(`requests.way.${request.identified}`)}</dd></div>
        {!erased && <div><dt>{t('requests.words')}</dt><dd className="text">{request.words}</dd></div>}
        <div><dt>{t('requests.received')}</dt><dd>{formatDateTime(request.receivedAtMs)}{first !== undefined && ` · ${name(first.byId)}`}</dd></div>
        <div><dt>{t('requests.due')}</dt><dd>{request.dueAtMs === null ? t('app.unknown') : formatDateTime(request.dueAtMs)} <span className="muted">{t('requests.dueWhy')}</span></dd></div>
        {records.length > 0 && <div><dt>{t('requests.recordsShown')}</dt><dd>{records.map(record => <a key={record.id} href={formatRoute({ screen: 'issue', id: record.id })}>{record.no}</a>)}</dd></div>}
      </dl>
      {erased && <Notice tone="info">{t('requests.forgotten', { at: formatDateTime(request.personalErasedAtMs ?? 0) })}</Notice>}
      {extended !== null && <Notice tone="info">{t('requests.wasExtended', { who: name(extended.byId), at: formatDateTime(extended.atMs), from: extended.fromMs === null ? '' : formatDateTime(extended.fromMs) })}<p className="text">{extended.reason}</p></Notice>}
      {ended !== null && <Notice tone={request.state === 'answered' ? 'good' : 'warning'}>{t(request.state === 'answered' ? 'requests.wasAnswered' : 'requests.wasRefused', { who: name(ended.byId), at: formatDateTime(ended.atMs) })}<p className="text">{ended.words}</p>{ended.basis !== '' && <p className="muted">{t('requests.basis')}: {ended.basis}</p>}</Notice>}
      {notes.length > 0 && !erased && <ul>{notes.map((note, i) => <li key={i}><span className="muted">{formatDateTime(note.atMs)} · {name(note.byId)}</span><div className="text">{note.text}</div></li>)}</ul>}
      {request.kind === 'erase' && request.state === 'open' && <Notice tone="info">{t('requests.eraseHow')}</Notice>}
      {mayHandle && <RequestSteps request={request} />}
    </article>
  );
}
