import { useState } from 'react';
import { ENDED_SHOWN, type RequestLine } from '../../../contract/requests.ts';
import { formatDateTime } from '../../../contract/time.ts';
import { useMay, useSession } from '../../frame/station.ts';
import { useLive } from '../../live-query.ts';
import { formatRoute } from '../../route-path.ts';
import { goTo } from '../../route.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SyncMark } from '../../ui/marks.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { DueClock } from '../queue/due-clock.tsx';
import { ReceiveForm } from './receive-form.tsx';
import { RequestDocument } from './request-document.tsx';
import './requests.css';

/** "Yêu cầu về dữ liệu cá nhân": what people ask of data about themselves, against a clock of working days. */
export function RequestsScreen({ id }: { id: string | null }) {
  const t = useT();
  const [mayRead, mayHandle] = [useMay('request.read'), useMay('request.handle')];
  if (!mayRead || (id === 'new' && !mayHandle)) return <EmptyState title={t('requests.title')}>{t('requests.notAllowed')}</EmptyState>;
  return (
    <div className="requests">
      <RequestList chosen={id} mayHandle={mayHandle} />
      {id === 'new' ? <ReceiveForm /> : id === null ? <div className="request none"><p className="muted">{t('requests.choose')}</p></div> : <RequestDocument key={id} id={id} />}
    </div>
  );
}

function RequestList({ chosen, mayHandle }: { chosen: string | null; mayHandle: boolean }) {
  const t = useT();
  const { locked } = useSession();
  const [ended, setEnded] = useState(ENDED_SHOWN);
  const { data, error } = useLive(['requests.list', ended], ['document', 'session', 'sync'], core => core.requests.list({ ended }), { keepPrevious: true });
  const { lines, left } = data ?? { lines: [], left: 0 };
  const move = (step: number): void => {
    const at = lines.findIndex(line => line.id === chosen);
    const next = lines[Math.min(lines.length - 1, Math.max(0, at + step))];
    if (next !== undefined) goTo({ screen: 'requests', id: next.id });
  };
  useShortcuts('screen', [
    { keys: 'n', label: t('requests.new'), hint: 'N', run: () => { goTo({ screen: 'requests', id: 'new' }); }, enabled: mayHandle && !locked },
    { keys: 'arrowdown', label: t('requests.move'), hint: '↑↓', run: () => { move(1); }, enabled: lines.length > 0 && !locked },
    { keys: 'arrowup', label: t('requests.move'), run: () => { move(-1); }, enabled: lines.length > 0 && !locked },
  ]);
  return (
    <nav className="request-list" aria-label={t('requests.title')}>
      <header><h1>{t('requests.title')}</h1><p className="muted">{t('requests.lead')}</p></header>
      {mayHandle && <Button kind="primary" size="md" hint="N" onClick={() => { goTo({ screen: 'requests', id: 'new' }); }}>{t('requests.new')}</Button>}
      {error !== null && <ErrorNotice error={error} />}
      {data !== undefined && lines.length === 0 && <p className="muted">{t('requests.empty')}</p>}
      <ul>{lines.map(line => <Listed key={line.id} line={line} isChosen={line.id === chosen} />)}</ul>
      {left > 0 && <Button onClick={() => { setEnded(ended + ENDED_SHOWN); }}>{t('requests.moreEnded', { n: left })}</Button>}
    </nav>
  );
}

function Listed({ line, isChosen }: { line: RequestLine; isChosen: boolean }) {
  const t = useT();
  const isOpen = line.state === 'open';
  return (
    <li>
      <a href={formatRoute({ screen: 'requests', id: line.id })} aria-current={isChosen ? 'true' : undefined}>
        <span className="strong">{t(`requests.kind.${line.kind}`)}</span>
        <span className="clip">{line.isForgotten ? t('requests.forgottenName') : line.name === '' ? t('app.unknown') : line.name}</span>
        <span className="muted">{t('requests.receivedAt', { at: formatDateTime(line.receivedAtMs) })}</span>
        <span className="row">{isOpen ? <DueClock dueAtMs={line.dueAtMs} warnAtMs={null} /> : <span>{t(`requests.state.${line.state}`)}</span>}<SyncMark sync={line.sync} short /></span>
      </a>
    </li>
  );
}
