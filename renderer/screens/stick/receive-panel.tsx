import { useRef, useState } from 'react';
import type { StickReceived } from '../../../contract/stick-desk.ts';
import { formatDateTime } from '../../../contract/time.ts';
import { client } from '../../client.ts';
import { useSession } from '../../frame/station.ts';
import { goTo } from '../../route.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { bytesWords } from '../../ui/bytes-words.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { rangeWords } from './range-words.ts';
import { sendFile } from './send-file.ts';

interface Sending { name: string; bytes: number; size: number; stop: () => void }

/** One chooser for both kinds of file: which one it was, the core says. */
export function ReceivePanel() {
  const t = useT();
  const { locked } = useSession();
  const chooser = useRef<HTMLInputElement>(null);
  const [sending, setSending] = useState<Sending | null>(null);
  const [received, setReceived] = useState<StickReceived | 'stopped' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const take = (file: File | undefined): void => {
    if (file === undefined) return;
    const stopped = new AbortController();
    const now = { name: file.name, bytes: 0, size: file.size, stop: () => { stopped.abort(); } };
    setError(null);
    setReceived(null);
    setSending(now);
    sendFile(file, client.stick, bytes => { setSending({ ...now, bytes }); }, stopped.signal)
      .then(answer => {
        setSending(null);
        setReceived(answer ?? 'stopped');
      }, (failure: unknown) => {
        setSending(null);
        setError(failure);
      });
  };
  const choose = (): void => { chooser.current?.click(); };
  useShortcuts('screen', [{ keys: 'n', label: t('stick.receive'), hint: 'N', run: choose, enabled: sending === null && !locked }]);
  return (
    <Panel title={t('stick.receiveTitle')}>
      <input ref={chooser} type="file" hidden accept=".iocgui,.ioctra" data-testid="stick-file"
        onChange={event => { take(event.target.files?.[0]); event.target.value = ''; }} />
      <ul className="kinds"><li>{t('stick.kindAnswer')}</li><li>{t('stick.kindCarried')}</li></ul>
      <div className="do">
        <Button size="md" kind="outline" hint="N" disabled={sending !== null} onClick={choose}>{t('stick.receive')}</Button>
        {sending !== null && <Button size="md" onClick={sending.stop}>{t('stick.stop')}</Button>}
      </div>
      {sending !== null && (
        <p role="status">{t('stick.reading', { name: sending.name, done: bytesWords(sending.bytes), all: bytesWords(sending.size) })}
          <progress value={sending.bytes} max={Math.max(1, sending.size)} aria-label={t('stick.receiveTitle')} />
        </p>
      )}
      {error !== null && <ErrorNotice error={error} />}
      {received === 'stopped' && <Notice tone="warning">{t('stick.stopped')}</Notice>}
      {received !== null && received !== 'stopped' && <Received received={received} />}
    </Panel>
  );
}

function Received({ received }: { received: StickReceived }) {
  const t = useT();
  if (received.kind === 'carried') {
    const facts = { station: received.stationCode, n: received.count, range: rangeWords(received) };
    return <Notice tone="good" title={t(received.alreadyHere ? 'stick.carriedBefore' : 'stick.carried', facts)}>{t('stick.carriedMore')}</Notice>;
  }
  const actions = received.attention === 0 ? undefined : <Button onClick={() => { goTo({ screen: 'health', attention: true }); }}>{t('diagnosis.openAttention')}</Button>;
  return (
    <Notice tone={received.attention > 0 ? 'warning' : 'good'} title={t(received.applied === 0 ? 'stick.answerNothing' : 'stick.answered', { n: received.applied })} actions={actions}>
      {t('stick.answeredMore', { time: formatDateTime(received.createdAtMs), rows: received.rows, waiting: received.waiting })} {received.attention > 0 && t('stick.answeredAttention', { n: received.attention })}
    </Notice>
  );
}
