import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { AttachmentLine } from '../../../contract/console.ts';
import { saveFile } from '../../save-file.ts';
import { client } from '../../client.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { bytesWords } from '../../ui/bytes-words.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { loadFile } from './attachment-bytes.ts';
import { kindOf } from './attachment-tile.tsx';

interface ViewerProps { issueId: string; lines: readonly AttachmentLine[]; openedId: string; onMove: (id: string) => void; onClose: () => void }

/** A file before everything else: looked at, listened to, or saved. What is not here is fetched first. */
export function AttachmentViewer({ issueId, lines, openedId, onMove, onClose }: ViewerProps) {
  const t = useT();
  const dialog = useRef<HTMLDialogElement>(null);
  const at = lines.findIndex(({ id }) => id === openedId);
  const line = lines[at];
  const beside = (step: number): string | undefined => lines[at + step]?.id;
  const move = (step: number): void => { const next = beside(step); if (next !== undefined) onMove(next); };
  useEffect(() => { dialog.current?.showModal(); }, []);
  // Somebody has removed it meanwhile.
  useEffect(() => { if (line === undefined) onClose(); }, [line === undefined]);
  useShortcuts('panel', [
    { keys: 'escape', label: t('app.close'), run: onClose, whileTyping: true, hint: 'Esc' },
    { keys: 'arrowleft', label: t('attachments.previous'), run: () => { move(-1); }, hint: '←', enabled: beside(-1) !== undefined },
    { keys: 'arrowright', label: t('attachments.next'), run: () => { move(1); }, hint: '→', enabled: beside(1) !== undefined },
  ], true);
  if (line === undefined) return null;
  return (
    <dialog ref={dialog} className="attachment-viewer" aria-label={t('attachments.viewer')} onCancel={event => { event.preventDefault(); onClose(); }}>
      <Opened key={line.id} issueId={issueId} line={line} beside={{ previous: beside(-1), next: beside(1) }} onMove={onMove} onClose={onClose} />
    </dialog>
  );
}

interface OpenedProps { issueId: string; line: AttachmentLine; beside: { previous: string | undefined; next: string | undefined }; onMove: (id: string) => void; onClose: () => void }

function Opened({ issueId, line, beside: { previous, next }, onMove, onClose }: OpenedProps) {
  const t = useT();
  const place = { issueId, attachmentId: line.id };
  const { file, url, error } = useFile(issueId, line);
  const retry = useMutation({ mutationFn: () => client.attachments.retry(place) });
  useEffect(() => { if (line.transfer === 'absent') void client.attachments.fetch(place); }, [line.transfer === 'absent']);
  return (
    <>
      <header>
        <b className="clip">{line.name}</b><span className="muted">{bytesWords(line.bytes)}</span>
        <span className="buttons push">
          {previous !== undefined && <Button hint="←" onClick={() => { onMove(previous); }}>{t('attachments.previous')}</Button>}
          {next !== undefined && <Button hint="→" onClick={() => { onMove(next); }}>{t('attachments.next')}</Button>}
          <Button disabled={file === null} onClick={() => { if (file !== null) saveFile(line.name, file, line.mime); }}>{t('attachments.save')}</Button>
          <Button hint="Esc" onClick={onClose}>{t('app.close')}</Button>
        </span>
      </header>
      <div className="shown">
        {url !== null ? <Content line={line} url={url} /> : <Waiting line={line} error={error ?? retry.error} onRetry={() => { retry.mutate(); }} />}
      </div>
    </>
  );
}

function Content({ line, url }: { line: AttachmentLine; url: string }) {
  const t = useT();
  const [isUnshown, setUnshown] = useState(false);
  const kind = kindOf(line.mime);
  if (isUnshown || kind === 'application') return <p>{t('attachments.notShown')}</p>;
  if (kind === 'image') return <img src={url} alt={line.name} onError={() => { setUnshown(true); }} />;
  if (kind === 'audio') return <audio src={url} controls autoPlay onError={() => { setUnshown(true); }} />;
  return <video src={url} controls onError={() => { setUnshown(true); }} />;
}

function Waiting({ line, error, onRetry }: { line: AttachmentLine; error: unknown; onRetry: () => void }) {
  const t = useT();
  const failure = error ?? (line.transfer === 'failed' && !line.here ? line.error : null);
  if (failure !== null) return <ErrorNotice error={failure} actions={<Button onClick={onRetry}>{t('app.retry')}</Button>} />;
  if (line.here) return <p className="muted">{t('attachments.opening')}</p>;
  const percent = Math.floor(line.share * 100);
  return <div className="coming" role="status"><progress max={100} value={percent} aria-label={line.name} /><p>{t('attachments.fetching', { percent })}</p><p className="muted">{t('attachments.waitingForWay')}</p></div>;
}

/** The file once it is here, and an address for it that goes with this view. */
function useFile(issueId: string, line: AttachmentLine): { file: Blob | null; url: string | null; error: unknown } {
  const [state, setState] = useState<{ file: Blob | null; url: string | null; error: unknown }>({ file: null, url: null, error: null });
  useEffect(() => {
    if (!line.here) return undefined;
    const stop = new AbortController();
    const made: string[] = [];
    loadFile(issueId, line, stop.signal).then(file => {
      if (file === null) return;
      const url = URL.createObjectURL(file);
      made.push(url);
      if (stop.signal.aborted) URL.revokeObjectURL(url);
      else setState({ file, url, error: null });
    }, (error: unknown) => { setState({ file: null, url: null, error }); });
    return () => { stop.abort(); for (const url of made) URL.revokeObjectURL(url); };
  }, [issueId, line.id, line.here]);
  return state;
}
