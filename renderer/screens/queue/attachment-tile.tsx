import { IconFileTypePdf, IconMusic, IconPhoto, IconVideo } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { AttachmentType } from '../../../contract/attachment.ts';
import type { AttachmentLine } from '../../../contract/console.ts';
import { saveFile } from '../../save-file.ts';
import { formatDateTime } from '../../../contract/time.ts';
import { client } from '../../client.ts';
import { useLive } from '../../live-query.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { bytesWords } from '../../ui/bytes-words.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { loadFile, loadThumb } from './attachment-bytes.ts';
import { NoteBox } from './note-box.tsx';

export type Kind = 'image' | 'audio' | 'video' | 'application';
export const kindOf = (mime: AttachmentType): Kind => mime.slice(0, mime.indexOf('/')) as Kind;

const ICONS = { image: IconPhoto, audio: IconMusic, video: IconVideo, application: IconFileTypePdf } as const;

/** One file of a record: what it is, where it is, and what can be done with it. */
export function AttachmentTile({ issueId, line, mayRemove, onOpen }: { issueId: string; line: AttachmentLine; mayRemove: boolean; onOpen: () => void }) {
  const t = useT();
  const place = { issueId, attachmentId: line.id };
  const [isRemoving, setRemoving] = useState(false);
  const act = useMutation({ mutationFn: (what: 'fetch' | 'stop' | 'retry') => client.attachments[what](place) });
  const save = useMutation({ mutationFn: async () => {
    const file = await loadFile(issueId, line, new AbortController().signal);
    if (file !== null) saveFile(line.name, file, line.mime);
  } });
  const error = line.error ?? null;
  return (
    <li className="attachment">
      <button type="button" className="thumb" aria-label={t('attachments.open', { name: line.name })} onClick={onOpen}><Thumb issueId={issueId} line={line} /></button>
      <div className="words">
        <b className="clip" title={line.name}>{line.name}</b>
        <span className="muted">{t('attachments.by', { size: bytesWords(line.bytes), who: line.byName || t('app.unknown'), at: formatDateTime(line.atMs) })}</span>
        <TransferState line={line} />
        <span className="buttons">
          {line.transfer === 'absent' && <Button kind="quiet" onClick={() => { act.mutate('fetch'); }}>{t('attachments.fetch')}</Button>}
          {line.transfer === 'loading' && <Button kind="quiet" onClick={() => { act.mutate('stop'); }}>{t('attachments.cancel')}</Button>}
          {line.transfer === 'failed' && <Button onClick={() => { act.mutate('retry'); }}>{t('app.retry')}</Button>}
          {line.here && <Button kind="quiet" disabled={save.isPending} onClick={() => { save.mutate(); }}>{save.isPending ? t('attachments.saving') : t('attachments.save')}</Button>}
          {mayRemove && !isRemoving && <Button kind="quiet" label={t('attachments.removeOf', { name: line.name })} onClick={() => { setRemoving(true); }}>{t('attachments.remove')}</Button>}
        </span>
        {error !== null && <ErrorNotice error={error} />}
        {(act.error ?? save.error) !== null && <ErrorNotice error={act.error ?? save.error} />}
        {isRemoving && <RemoveForm issueId={issueId} line={line} onClose={() => { setRemoving(false); }} />}
      </div>
    </li>
  );
}

function Thumb({ issueId, line }: { issueId: string; line: AttachmentLine }) {
  const t = useT();
  const wanted = line.thumb !== null && line.thumbHere;
  // Named by its content: once here, it never changes.
  const picture = useLive(['attachments.thumb', issueId, line.id], [], () => loadThumb(issueId, line.id), { enabled: wanted });
  if (picture.data !== undefined) return <img src={picture.data} alt="" />;
  const kind = kindOf(line.mime);
  const Icon = ICONS[kind];
  return <><Icon aria-hidden /><span className="kind">{t(`attachments.kind.${kind}`)}</span></>;
}

const TONES = { waiting: 'waiting', sending: 'waiting', sent: 'good', absent: 'muted', loading: 'waiting', failed: 'danger' } as const;

function TransferState({ line }: { line: AttachmentLine }) {
  const t = useT();
  const percent = Math.floor(line.share * 100);
  return (
    <span className={`state ${TONES[line.transfer]}`}>
      {t(`attachments.transfer.${line.transfer}`, { percent })}
      {(line.transfer === 'sending' || line.transfer === 'loading') && <progress max={100} value={percent} aria-label={line.name} />}
    </span>
  );
}

function RemoveForm({ issueId, line, onClose }: { issueId: string; line: AttachmentLine; onClose: () => void }) {
  const t = useT();
  const [reason, setReason] = useState('');
  const remove = useMutation({ mutationFn: () => client.issues.mutate({ name: 'issue.detach', payload: { id: issueId, attachmentId: line.id, reason } }), onSuccess: onClose });
  const submit = (): void => { if (reason.trim() !== '' && !remove.isPending) remove.mutate(); };
  useShortcuts('panel', [
    { keys: 'ctrl+enter', label: t('attachments.removeOf', { name: line.name }), run: submit, whileTyping: true, hint: 'Ctrl+Enter' },
    { keys: 'escape', label: t('app.cancel'), run: onClose, whileTyping: true, hint: 'Esc' },
  ]);
  return (
    <form className="remove" onSubmit={event => { event.preventDefault(); submit(); }}>
      <NoteBox label={t('attachments.why')} text={reason} onChange={setReason} rows={2} autoFocus />
      <span className="muted">{t('attachments.removeHint')}</span>
      {remove.error !== null && <ErrorNotice error={remove.error} />}
      <span className="buttons">
        <Button type="submit" kind="primary" hint="Ctrl+Enter" disabled={reason.trim() === '' || remove.isPending}>{t('domain.act.issue.detach')}</Button>
        <Button hint="Esc" onClick={onClose}>{t('app.cancel')}</Button>
      </span>
    </form>
  );
}
