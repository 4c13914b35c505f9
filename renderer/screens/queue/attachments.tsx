import './attachments.css';
import { IconPaperclip } from '@tabler/icons-react';
import { useEffect, useRef, useState, type DragEvent } from 'react';
import { ATTACHMENT_LIMITS, ATTACHMENT_TYPES } from '../../../contract/attachment.ts';
import type { AttachmentLine, IssueDetail } from '../../../contract/console.ts';
import { useMay, useSession } from '../../frame/station.ts';
import { useLive } from '../../live-query.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { addingFiles, useAdding, type Adding } from './attachment-adding.ts';
import { AttachmentTile } from './attachment-tile.tsx';
import { AttachmentViewer } from './attachment-viewer.tsx';

const LIMIT_MB = ATTACHMENT_LIMITS.fileBytes / 1024 / 1024;
/** What the system's chooser offers; what a file is, its content says. */
export const ACCEPT = Object.entries(ATTACHMENT_TYPES).flatMap(([type, end]) => [type, `.${end}`]).join(',');
/** Files that another desk has not sent yet are asked for again. */
const ASK_AGAIN_MS = 5_000;

/** The files of a record: where each is, add, open, save, remove. */
export function Attachments({ detail }: { detail: IssueDetail }) {
  return useMay('attachment.read') ? <Section detail={detail} /> : null;
}

function isComing(lines: readonly AttachmentLine[] | undefined): boolean {
  return lines?.some(line => (line.thumb !== null && !line.thumbHere) || line.error?.code === 'attachment/not-there-yet') ?? false;
}

function Section({ detail: { issue, actions } }: { detail: IssueDetail }) {
  const t = useT();
  const { locked } = useSession();
  const lines = useLive(['attachments.list', issue.id], ['attachment', 'issue'], core => core.attachments.list({ issueId: issue.id }),
    { issueId: issue.id, askAgainMs: found => (isComing(found) ? ASK_AGAIN_MS : false) });
  const adding = useAdding(issue.id);
  const chooser = useRef<HTMLInputElement>(null);
  const [opened, setOpened] = useState<string | null>(null);
  const mayAdd = actions.includes('issue.attach');
  const held = lines.data ?? [];
  const add = (files: readonly File[]): void => { if (mayAdd && files.length > 0) void addingFiles.add(issue.id, files); };
  const choose = (): void => { chooser.current?.click(); };
  useShortcuts('panel', [{ keys: 't', label: t('attachments.addKey'), run: choose, enabled: mayAdd && !locked && opened === null }]);
  usePastedPictures(mayAdd && !locked && opened === null, add);
  return (
    <DropTarget enabled={mayAdd} onFiles={add}>
      <div className="attachments-head">
        <h2>{t('attachments.title')}{held.length > 0 && ` ${t('attachments.count', { count: held.length, limit: ATTACHMENT_LIMITS.perIssue })}`}</h2>
        <input ref={chooser} type="file" multiple hidden accept={ACCEPT} data-testid="attachment-file" onChange={event => { add([...event.target.files ?? []]); event.target.value = ''; }} />
        {mayAdd && <Button icon={<IconPaperclip aria-hidden />} hint="T" onClick={choose}>{t('attachments.add')}</Button>}
      </div>
      {lines.error !== null && <ErrorNotice error={lines.error} actions={<Button onClick={() => { void lines.refetch(); }}>{t('app.retry')}</Button>} />}
      {(held.length > 0 || adding.length > 0) && (
        <ul className="attachments">
          {held.map(line => <AttachmentTile key={line.id} issueId={issue.id} line={line} mayRemove={actions.includes('issue.detach')} onOpen={() => { setOpened(line.id); }} />)}
          {adding.map(one => <AddingTile key={one.key} adding={one} />)}
        </ul>
      )}
      {lines.data !== undefined && held.length === 0 && adding.length === 0 && <p className="muted hint">{mayAdd ? `${t('attachments.none')} ${t('attachments.hint', { limit: LIMIT_MB })}` : t('attachments.noneReadOnly')}</p>}
      {held.length >= ATTACHMENT_LIMITS.perIssue && <p className="muted hint">{t('attachments.full', { limit: ATTACHMENT_LIMITS.perIssue })}</p>}
      {opened !== null && <AttachmentViewer issueId={issue.id} lines={held} openedId={opened} onMove={setOpened} onClose={() => { setOpened(null); }} />}
    </DropTarget>
  );
}

/** A file that is being taken in, or why it was not. */
function AddingTile({ adding }: { adding: Adding }) {
  const t = useT();
  const percent = Math.floor(adding.share * 100);
  const end = (word: string) => <Button kind="quiet" onClick={() => { addingFiles.dismiss(adding.key); }}>{word}</Button>;
  if (adding.error !== null) return <li className="attachment failed"><div className="words"><b className="clip">{adding.name}</b><ErrorNotice error={adding.error} actions={end(t('attachments.dismiss'))} /></div></li>;
  return (
    <li className="attachment">
      <div className="words"><b className="clip">{adding.name}</b><progress max={100} value={percent} aria-label={adding.name} /><span className="muted">{t('attachments.adding', { percent })}</span></div>
      {end(t('attachments.cancel'))}
    </li>
  );
}

function DropTarget({ enabled, onFiles, children }: { enabled: boolean; onFiles: (files: readonly File[]) => void; children: React.ReactNode }) {
  const t = useT();
  const [isOver, setOver] = useState(false);
  const carriesFiles = (event: DragEvent | globalThis.DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
  // A file let go beside the target would replace the page.
  useEffect(() => {
    const refuse = (event: globalThis.DragEvent): void => { if (carriesFiles(event)) event.preventDefault(); };
    window.addEventListener('dragover', refuse);
    window.addEventListener('drop', refuse);
    return () => { window.removeEventListener('dragover', refuse); window.removeEventListener('drop', refuse); };
  }, []);
  return (
    <section className={`attachments-part${isOver ? ' over' : ''}`} aria-label={t('attachments.title')}
      onDragOver={event => { if (!enabled || !carriesFiles(event)) return; event.preventDefault(); setOver(true); }}
      onDragLeave={event => { if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false); }}
      onDrop={event => { event.preventDefault(); setOver(false); onFiles([...event.dataTransfer.files]); }}>
      {children}
      {isOver && <div className="drop-here" aria-hidden>{t('attachments.drop')}</div>}
    </section>
  );
}

/** A picture from the clipboard; where words come with it, they are what was meant. */
function usePastedPictures(enabled: boolean, add: (files: readonly File[]) => void): void {
  const latest = useRef(add);
  useEffect(() => { latest.current = add; });
  useEffect(() => {
    if (!enabled) return undefined;
    const paste = (event: ClipboardEvent): void => {
      const files = [...event.clipboardData?.files ?? []];
      if (files.length === 0 || event.clipboardData?.types.includes('text/plain') === true) return;
      event.preventDefault();
      latest.current(files);
    };
    document.addEventListener('paste', paste);
    return () => { document.removeEventListener('paste', paste); };
  }, [enabled]);
}
