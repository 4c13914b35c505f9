import { useEffect, useRef, useState } from 'react';
import type { AttentionEntry } from '../../../contract/console.ts';
import { formatTime } from '../../../contract/time.ts';
import { client } from '../../client.ts';
import { useSession } from '../../frame/station.ts';
import { goTo } from '../../route.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { exportAttention, useShowValue } from './attention-data.ts';
import { AttentionDetail } from './attention-detail.tsx';
import { reasonOf, titleOf } from './attention-words.ts';
import { KindMark } from './kind-mark.tsx';
import type { LeftEntry } from './use-ways-out.ts';

type Kind = 'all' | 'rejected' | 'conflict' | 'held';
const KINDS: readonly Kind[] = ['all', 'rejected', 'conflict', 'held'];

function isOf(kind: Kind, { status }: AttentionEntry): boolean {
  return kind === 'all' || status === kind || (kind === 'conflict' && status === 'merged');
}

/** "Cần xử lý": what the province refused, which values lost and what waits for its record, each with its ways out. */
export function AttentionView({ items, error }: { items: readonly AttentionEntry[] | undefined; error: unknown }) {
  const t = useT();
  const { locked } = useSession();
  const [kind, setKind] = useState<Kind>('all');
  const [isOnlyMine, setOnlyMine] = useState(false);
  const [chosen, setChosen] = useState<number | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const inReach = (items ?? []).filter(item => !isOnlyMine || item.isMine);
  const shown = inReach.filter(item => isOf(kind, item));
  const at = Math.max(0, shown.findIndex(item => item.n === chosen));
  const current = shown[at];
  const move = (step: number): void => { setChosen(shown[Math.min(shown.length - 1, Math.max(0, at + step))]?.n ?? null); };
  const goBack = (): void => { goTo({ screen: 'health' }); };
  const leaving = useLeaving();
  const exporting = useExport();

  useEffect(() => { list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }); }, [current?.n]);
  useShortcuts('screen', [
    { keys: 'arrowdown', label: t('health.keys.move'), hint: '↑↓', run: () => { move(1); }, enabled: !locked },
    { keys: 'arrowup', label: t('health.keys.move'), run: () => { move(-1); }, enabled: !locked },
    { keys: 'z', label: t('health.keys.undo'), hint: 'Z', run: leaving.undo, enabled: leaving.canUndo && !locked },
    { keys: 'x', label: t('health.keys.exportAll'), hint: 'X', run: () => { exporting.run(shown); }, enabled: shown.length > 0 && !locked },
    { keys: 'escape', label: t('health.keys.back'), hint: 'Esc', run: goBack, enabled: !locked },
  ]);

  return (
    <div className="attention">
      <div className="attention-list">
        <header>
          <h1>{t('health.attention.title')} {items?.length ?? ''}</h1>
          <Button kind="quiet" hint="Esc" onClick={goBack}>{t('app.back')}</Button>
          {items !== undefined && items.length > 0 && <p className="muted">{t('health.attention.lead')}</p>}
        </header>
        <div className="tabs" role="tablist" aria-label={t('health.attention.title')}>
          {KINDS.filter(k => k !== 'held' || inReach.some(item => item.status === 'held')).map(k => (
            <button key={k} type="button" role="tab" aria-selected={k === kind} onClick={() => { setKind(k); }}>
              {t(`health.attention.${k}`)} <b>{inReach.filter(item => isOf(k, item)).length}</b>
            </button>
          ))}
        </div>
        {items?.some(item => !item.isMine) === true && <label className="only-mine"><input type="checkbox" checked={isOnlyMine} onChange={event => { setOnlyMine(event.target.checked); }} /> {t('health.attention.onlyMine')}</label>}
        {error !== null && <ErrorNotice error={error} />}
        <div className="entries" role="listbox" aria-label={t('health.attention.title')} ref={list} tabIndex={0} aria-activedescendant={current === undefined ? undefined : `attention-${current.n}`}>
          {shown.map(item => <Entry key={item.n} item={item} isChosen={item === current} onChoose={() => { setChosen(item.n); }} />)}
        </div>
        <div className="list-foot">
          {leaving.error !== null && <ErrorNotice error={leaving.error} />}
          {exporting.error !== null && <ErrorNotice error={exporting.error} />}
          {leaving.words !== null && <p role="status">{leaving.words} {leaving.canUndo && <Button kind="quiet" hint="Z" onClick={leaving.undo}>{t('health.attention.undo')}</Button>}</p>}
          {exporting.n > 0 && <p role="status">{t('health.attention.exported', { n: exporting.n })}</p>}
          {shown.length > 0 && <Button hint="X" onClick={() => { exporting.run(shown); }}>{t('health.attention.exportAll')}</Button>}
        </div>
      </div>
      {current === undefined
        ? <EmptyState title={t(kind === 'all' ? 'health.attention.none' : 'health.attention.noneOfKind')}>{t('health.attention.noneBody')}</EmptyState>
        : <AttentionDetail key={current.n} item={current} onLeft={leaving.left} onExport={() => { exporting.run([current]); }} />}
    </div>
  );
}

interface Leaving { words: string | null; canUndo: boolean; error: unknown; left: (left: LeftEntry) => void; undo: () => void }

/** The entry that left the list last, to be taken back while it still can be. */
function useLeaving(): Leaving {
  const t = useT();
  const [last, setLast] = useState<LeftEntry | null>(null);
  const [error, setError] = useState<unknown>(null);
  const canUndo = last !== null && last.how !== 'keptMine';
  return {
    words: last === null ? null : t(`health.attention.${last.how}`, { what: titleOf(last.entry) }), canUndo, error,
    left: left => { setError(null); setLast(left); },
    undo: () => { if (canUndo) client.sync.restore({ n: last.entry.n }).then(() => { setLast(null); }, setError); },
  };
}

function useExport(): { n: number; error: unknown; run: (entries: readonly AttentionEntry[]) => void } {
  const show = useShowValue();
  const [n, setN] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const run = (entries: readonly AttentionEntry[]): void => {
    setError(null);
    exportAttention(entries, show).then(() => { setN(entries.length); }, setError);
  };
  return { n, error, run };
}

function Entry({ item, isChosen, onChoose }: { item: AttentionEntry; isChosen: boolean; onChoose: () => void }) {
  return (
    <div className="entry" role="option" id={`attention-${item.n}`} aria-selected={isChosen} onClick={onChoose}>
      <div className="top"><KindMark item={item} /><span className="no">{item.issueNo}</span><time className="muted">{formatTime(item.judgedAtMs)}</time></div>
      <div className="strong clip">{titleOf(item)}</div>
      <div className="muted clip">{reasonOf(item)}{!item.isMine && ` · ${item.byName}`}</div>
    </div>
  );
}
