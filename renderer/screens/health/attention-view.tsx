import { useEffect, useRef, useState } from 'react';
import type { Attention } from '../../../contract/console.ts';
import { formatTime } from '../../../contract/time.ts';
import { useSession } from '../../frame/station.ts';
import { goTo } from '../../route.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { AttentionDetail } from './attention-detail.tsx';
import { reasonOf, titleOf } from './attention-words.ts';
import { KindMark } from './kind-mark.tsx';

type Kind = 'all' | 'rejected' | 'conflict';
const KINDS: readonly Kind[] = ['all', 'rejected', 'conflict'];

function isOf(kind: Kind, item: Attention): boolean {
  return kind === 'all' || (kind === 'rejected') === (item.status === 'rejected');
}

/** "Cần xử lý": what the province refused and which values lost, each to be read and put away by a person. */
export function AttentionView({ items, error }: { items: readonly Attention[] | undefined; error: unknown }) {
  const t = useT();
  const { locked } = useSession();
  const [kind, setKind] = useState<Kind>('all');
  const [chosen, setChosen] = useState<number | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const shown = (items ?? []).filter(item => isOf(kind, item));
  const at = Math.max(0, shown.findIndex(item => item.n === chosen));
  const current = shown[at];
  const move = (step: number): void => { setChosen(shown[Math.min(shown.length - 1, Math.max(0, at + step))]?.n ?? null); };
  const goBack = (): void => { goTo({ screen: 'health' }); };

  useEffect(() => { list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }); }, [current?.n]);
  useShortcuts('screen', [
    { keys: 'arrowdown', label: t('health.keys.move'), hint: '↑↓', run: () => { move(1); }, enabled: !locked },
    { keys: 'arrowup', label: t('health.keys.move'), run: () => { move(-1); }, enabled: !locked },
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
          {KINDS.map(k => (
            <button key={k} type="button" role="tab" aria-selected={k === kind} onClick={() => { setKind(k); }}>
              {t(`health.attention.${k}`)} <b>{(items ?? []).filter(item => isOf(k, item)).length}</b>
            </button>
          ))}
        </div>
        {error !== null && <ErrorNotice error={error} />}
        <div className="entries" role="listbox" aria-label={t('health.attention.title')} ref={list} tabIndex={0} aria-activedescendant={current === undefined ? undefined : `attention-${current.n}`}>
          {shown.map(item => <Entry key={item.n} item={item} isChosen={item === current} onChoose={() => { setChosen(item.n); }} />)}
        </div>
      </div>
      {current === undefined
        ? <EmptyState title={t('health.attention.none')}>{t('health.attention.noneBody')}</EmptyState>
        : <AttentionDetail key={current.n} item={current} />}
    </div>
  );
}

function Entry({ item, isChosen, onChoose }: { item: Attention; isChosen: boolean; onChoose: () => void }) {
  return (
    <div className="entry" role="option" id={`attention-${item.n}`} aria-selected={isChosen} onClick={onChoose}>
      <div className="top"><KindMark item={item} /><span className="no">{item.issueNo}</span><time className="muted">{formatTime(item.judgedAtMs)}</time></div>
      <div className="strong clip">{titleOf(item)}</div>
      <div className="muted clip">{reasonOf(item)}</div>
    </div>
  );
}
