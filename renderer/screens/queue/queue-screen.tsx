import './queue.css';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useSettings } from '../../frame/settings.ts';
import { useLinkStatus, useMay } from '../../frame/station.ts';
import { useRoom } from '../../frame/width.ts';
import { useLive } from '../../live-query.ts';
import { goTo } from '../../route.ts';
import { useLanguage, useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { clock } from '../../ui/clock.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { mayMiss } from '../../ui/may-miss.ts';
import { WordsBehind } from '../../ui/words-behind.tsx';
import { ExportButton } from '../export/export-button.tsx';
import { FilterBar } from './filter-bar.tsx';
import { IssueView } from './issue-view.tsx';
import { QueueGrid, type QueueGridHandle } from './queue-grid.tsx';
import { queueMemory, useQueueMemory } from './queue-memory.ts';
import { ReceiveMenu } from './receive-menu.tsx';
import { shortNo, type QueueRow } from './rows.ts';
import { countOf, filterOf, NO_NARROWING, TABS, type Narrowing, type Tab } from './tabs.ts';
import { useQueueView } from './use-queue-view.ts';

const ROOM_FOR_PANEL = 1_100;
/** Counts are not known until the core has read its sheet: under a second after it has started. */
const COUNT_AGAIN_MS = 700;

function open(id: string): void {
  goTo({ screen: 'issue', id });
}

/** The queue: lists, filters, rows, and the chosen record beside them. */
export function QueueScreen() {
  const t = useT();
  const { tab, narrowing, selectedId } = useQueueMemory();
  const filter = useMemo(() => filterOf(tab, narrowing), [tab, narrowing]);
  const { view, isCurrent, error, freshCount, renew } = useQueueView(filter, selectedId);
  const { scale } = useSettings();
  const mayReceive = useMay('issue.receive');
  const hasPanel = useRoom() >= ROOM_FOR_PANEL;
  const grid = useRef<QueueGridHandle>(null);
  const textBox = useRef<HTMLInputElement>(null);
  const [isReceiving, setReceiving] = useState(false);
  const [said, setSaid] = useState('');
  const [wantsFirst, setWantsFirst] = useState(false);
  useEffect(() => {
    if (!wantsFirst || !isCurrent) return;
    setWantsFirst(false);
    grid.current?.first();
  }, [wantsFirst, isCurrent]);
  const select = useCallback((row: QueueRow) => {
    queueMemory.change({ selectedId: row.id });
    setSaid(t('queue.selectedSay', { no: `${t(`domain.service.${row.service}`)} ${shortNo(row.displayNo, row.provisionalNo, clock.nowMs)}`, text: row.description, state: t(`domain.state.${row.state}`) }));
  }, [t]);
  const narrow = useCallback((change: Partial<Narrowing>) => { queueMemory.change({ narrowing: { ...queueMemory.state.narrowing, ...change } }); }, []);
  const step = useCallback((by: number) => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();   // Enter now opens the row, not what was pressed before
    if (grid.current === null) setWantsFirst(true);   // the rows are still on their way; the key is not lost
    else grid.current.step(by);
  }, []);
  const stay = useCallback(() => { renew(queueMemory.state.selectedId); }, [renew]);
  const isIncomplete = useIncomplete(narrowing.text, stay);
  const page = Math.max(1, Math.floor(window.innerHeight / (33 * scale)) - 6);
  useShortcuts('screen', [
    { keys: 'n', label: t('queue.receive'), run: () => { setReceiving(true); }, hint: 'N', enabled: mayReceive },
    { keys: 'arrowdown', label: t('queue.key.select'), run: () => { step(1); }, hint: '↑↓' },
    { keys: 'arrowup', label: t('queue.key.select'), run: () => { step(-1); } },
    { keys: 'pagedown', label: t('queue.key.select'), run: () => { step(page); } },
    { keys: 'pageup', label: t('queue.key.select'), run: () => { step(-page); } },
    { keys: 'enter', label: t('queue.key.open'), run: () => { if (selectedId !== null) open(selectedId); }, hint: 'Enter' },
    { keys: 'r', label: t('queue.renew'), run: stay, hint: 'R' },
    { keys: '/', label: t('queue.key.filter'), run: () => { textBox.current?.focus(); }, hint: '/' },
    ...TABS.map((name, i) => ({ keys: String(i + 1), label: `${t('queue.key.tab')}: ${t(`queue.tab.${name}`)}`, run: () => { queueMemory.change({ tab: name }); } })),
  ]);
  return (
    <div className={hasPanel ? 'queue with-panel' : 'queue'}>
      <div className="queue-list">
        <Tabs tab={tab}><ExportButton view={view} /></Tabs>
        <div className="queue-filters">
          <ReceiveMenu opened={isReceiving} onChange={setReceiving} />
          <FilterBar tab={tab} narrowing={narrowing} onChange={narrow} textBox={textBox} onDown={() => { setWantsFirst(true); }} />
          <div className="fresh" role="status">{freshCount > 0 && <Button kind="outline" hint="R" onClick={stay}>{t('queue.fresh', { count: freshCount })}</Button>}</div>
        </div>
        {isIncomplete && <WordsBehind />}
        <div className="queue-rows">
          {error !== null && <div className="queue-failed"><ErrorNotice error={error} actions={<Button hint="R" onClick={stay}>{t('app.retry')}</Button>} /></div>}
          {view !== null && view.total > 0 && <QueueGrid ref={grid} view={view} scale={scale} selectedId={selectedId} onSelect={select} onOpen={open} onGone={stay} />}
          {view?.total === 0 && <Nothing isNarrowed={JSON.stringify(narrowing) !== JSON.stringify(NO_NARROWING)} onReceive={mayReceive ? () => { setReceiving(true); } : null} />}
        </div>
      </div>
      <div className="hidden-text" role="status">{said}</div>
      {hasPanel && (
        <aside className="queue-panel">
          {selectedId === null ? <EmptyState title={t('queue.choosePanel')}>{t('queue.choosePanelMore')}</EmptyState> : <IssueView key={selectedId} id={selectedId} layout="panel" />}
        </aside>
      )}
    </div>
  );
}

/** Whether rows are chosen by words that not every record has in the index yet; once they have, the list is opened again. */
function useIncomplete(text: string, renew: () => void): boolean {
  const isBehind = mayMiss(useLinkStatus(), text);
  const was = useRef(isBehind);
  useEffect(() => {
    if (was.current && !isBehind) renew();
    was.current = isBehind;
  }, [isBehind, renew]);
  return isBehind;
}

function Tabs({ tab, children }: { tab: Tab; children: ReactNode }) {
  const t = useT();
  const language = useLanguage();
  const counts = useLive(['issues.counts'], ['issue', 'session'], core => core.issues.counts({}), { keepPrevious: true, askAgainMs: answer => (answer === null ? COUNT_AGAIN_MS : false) }).data;
  const number = new Intl.NumberFormat(language === 'vi' ? 'vi-VN' : 'en-GB');
  return (
    <nav className="queue-tabs" aria-label={t('queue.tabs')}>
      {TABS.map(name => {
        const count = countOf(name, counts);
        return (
          <button key={name} type="button" aria-current={name === tab ? 'true' : undefined} onClick={() => { queueMemory.change({ tab: name }); }}>
            {t(`queue.tab.${name}`)} <b className={name === 'overdue' && count !== null && count > 0 ? 'danger' : ''}>{count === null ? '…' : number.format(count)}</b>
          </button>
        );
      })}
      {children}
    </nav>
  );
}

function Nothing({ isNarrowed, onReceive }: { isNarrowed: boolean; onReceive: (() => void) | null }) {
  const t = useT();
  const isCopying = (useLinkStatus()?.loading ?? null) !== null;
  return (
    <EmptyState title={t(isCopying ? 'queue.emptyCopyTitle' : isNarrowed ? 'queue.emptyTitle' : 'queue.emptyListTitle')}
      actions={<>
        {isNarrowed && <Button onClick={() => { queueMemory.change({ narrowing: NO_NARROWING }); }}>{t('queue.clear')}</Button>}
        {onReceive !== null && <Button hint="N" onClick={onReceive}>{t('queue.receive')}</Button>}
      </>}>
      {t(isCopying ? 'queue.emptyCopyMore' : isNarrowed ? 'queue.emptyMore' : 'queue.emptyListMore')}
    </EmptyState>
  );
}
