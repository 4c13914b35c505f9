import { IconBookmark, IconPencil, IconStar, IconStarFilled, IconTrash, IconUsers, IconUserShare } from '@tabler/icons-react';
import { useState, type KeyboardEvent } from 'react';
import { newerParts, type SavedView } from '../../../../contract/saved-view.ts';
import { nfc } from '../../../../contract/text.ts';
import { useSession } from '../../../frame/station.ts';
import { useT } from '../../../strings/text.ts';
import { Button } from '../../../ui/button.tsx';
import { Drop } from '../../../ui/drop.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { KeyHint } from '../../../ui/key-hint.tsx';
import { LineField, tooMany } from '../../../ui/line-field.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { queueMemory, useQueueMemory } from '../queue-memory.ts';
import { bodyOf, isChanged, useSavedViews, useViewActions, VIEW_KEYS } from './saved-views.ts';

const NAME_MAX = 60;

/** The kept lists of the queue: pick one, keep what is shown, write over, rename, remove and bring back, and which one comes first. */
export function ViewMenu({ opened, onChange }: { opened: boolean; onChange: (opened: boolean) => void }) {
  const t = useT();
  return (
    <Drop label={<span className="word">{t('queue.views')}</span>} icon={<IconBookmark aria-hidden />} hint="W" kind="quiet" name={t('queue.views')} opened={opened} onChange={onChange} className="view-menu">
      <ViewList onClose={() => { onChange(false); }} />
    </Drop>
  );
}

function ViewList({ onClose }: { onClose: () => void }) {
  const t = useT();
  const memory = useQueueMemory();
  const { personId } = useSession();
  const { data } = useSavedViews();
  const actions = useViewActions();
  const views = data?.views ?? [];
  const current = views.find(view => view.id === memory.viewId);
  const removed = actions.remove.data;
  return (
    <>
      {views.length === 0 && <p className="muted">{t('queue.noViews')}</p>}
      <ol className="view-rows">
        {views.map((view, i) => (
          <Row key={view.id} view={view} n={i + 1} isCurrent={view.id === memory.viewId} isFirst={view.id === data?.defaultId} mayChange={view.scope === 'site' ? data?.mayShare === true : view.ownerId === personId} mayShare={data?.mayShare === true} actions={actions}
            onPick={() => { queueMemory.goToView(view); onClose(); }} />
        ))}
      </ol>
      {removed !== undefined && <Notice actions={<Button onClick={() => { actions.restore.mutate(removed); }}>{t('queue.undo')}</Button>}>{t('queue.viewRemoved', { name: removed.name })}</Notice>}
      {actions.error !== null && <ErrorNotice error={actions.error} />}
      {current !== undefined && newerParts(current.filter).length > 0 && <Notice tone="warning">{t('queue.viewNewer')}</Notice>}
      {current !== undefined && (current.scope === 'site' ? data?.mayShare === true : current.ownerId === personId) && isChanged(current, memory) && (
        <div><Button onClick={() => { actions.save.mutate({ id: current.id, body: bodyOf(memory, current.name, current) }); }}>{t('queue.viewOver', { name: current.name })}</Button></div>
      )}
      <NameForm label={t('queue.viewSaveAs')} verb={t('queue.viewSave')} start="" onName={name => { actions.save.mutate({ id: null, body: bodyOf(memory, name) }, { onSuccess: onClose }); }} />
    </>
  );
}

interface RowProps { view: SavedView; n: number; isCurrent: boolean; isFirst: boolean; mayChange: boolean; mayShare: boolean; actions: ReturnType<typeof useViewActions>; onPick: () => void }

function Row({ view, n, isCurrent, isFirst, mayChange, mayShare, actions, onPick }: RowProps) {
  const t = useT();
  const { name } = view;
  /** The view as it was when its new name was begun: a newer one that comes meanwhile is not written over. */
  const [naming, setNaming] = useState<SavedView | null>(null);
  if (naming !== null) {
    return <li><NameForm label={t('queue.viewRename', { name })} verb={t('app.save')} start={naming.name} onName={next => { actions.rename.mutate({ ...naming, name: next }, { onSuccess: () => { setNaming(null); } }); }} onClose={() => { setNaming(null); }} /></li>;
  }
  return (
    <li>
      <button type="button" className="view-pick" aria-current={isCurrent ? 'true' : undefined} onClick={onPick}>{n <= VIEW_KEYS && <KeyHint keys={`Alt+${String(n)}`} />} {name}{view.scope === 'site' && <span className="view-shared" title={t('queue.viewShared')}><IconUsers aria-label={t('queue.viewShared')} /></span>}</button>
      <Button kind="quiet" label={t(isFirst ? 'queue.viewNotFirst' : 'queue.viewFirst', { name })} title={t(isFirst ? 'queue.viewNotFirst' : 'queue.viewFirst', { name })} onClick={() => { actions.setDefault.mutate(isFirst ? null : view.id); }}>
        {isFirst ? <IconStarFilled aria-hidden /> : <IconStar aria-hidden />}
      </Button>
      {mayShare && view.scope === 'personal' && <Button kind="quiet" label={t('queue.viewShare', { name })} title={t('queue.viewShare', { name })} onClick={() => { actions.share.mutate(view.id); }}><IconUserShare aria-hidden /></Button>}
      {mayChange && <Button kind="quiet" label={t('queue.viewRename', { name })} title={t('queue.viewRename', { name })} onClick={() => { setNaming(view); }}><IconPencil aria-hidden /></Button>}
      {mayChange && <Button kind="quiet" label={t('queue.viewRemove', { name })} title={t('queue.viewRemove', { name })} onClick={() => { actions.remove.mutate(view); }}><IconTrash aria-hidden /></Button>}
    </li>
  );
}

function NameForm({ label, verb, start, onName, onClose }: { label: string; verb: string; start: string; onName: (name: string) => void; onClose?: () => void }) {
  const t = useT();
  const [name, setName] = useState(start);
  const isName = name.trim() !== '' && tooMany(name, NAME_MAX) === 0;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && onClose !== undefined) { event.preventDefault(); onClose(); }
  };
  return (
    <form className="view-name" onKeyDown={onKeyDown} onSubmit={event => { event.preventDefault(); if (isName) onName(nfc(name).trim()); }}>
      <LineField label={label} className="input sm" limit={NAME_MAX} placeholder={t('queue.viewName')} autoFocus={onClose !== undefined} value={name} onChange={setName} />
      <Button type="submit" disabled={!isName}>{verb}</Button>
    </form>
  );
}
