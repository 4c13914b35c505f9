import './queue.css';
import { IconColumns3 } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { QueueColumn } from '../../../contract/saved-view.ts';
import { useSettings } from '../../frame/settings.ts';
import { useLinkStatus, useMay, useSession } from '../../frame/station.ts';
import { useRoom } from '../../frame/width.ts';
import { goTo } from '../../route.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { clock } from '../../ui/clock.ts';
import { Drop } from '../../ui/drop.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { mayMiss } from '../../ui/may-miss.ts';
import { WordsBehind } from '../../ui/words-behind.tsx';
import { ExportButton } from '../export/export-button.tsx';
import { actionsFor } from './bulk/bulk-words.ts';
import { ResultBar } from './bulk/result-bar.tsx';
import { SelectionBar } from './bulk/selection-bar.tsx';
import { useBulkJob } from './bulk/use-bulk-job.ts';
import { ColumnsPanel } from './columns/columns-panel.tsx';
import { withWidth } from './columns/column-list.ts';
import { ChipRow } from './filter/chip-row.tsx';
import { FilterBar } from './filter/filter-bar.tsx';
import { useMarking } from './marking.ts';
import { Nothing } from './nothing.tsx';
import { QueueGrid, type QueueGridHandle } from './queue-grid.tsx';
import { useQueueKeys, type Opened } from './queue-keys.ts';
import { queueMemory, useQueueMemory } from './queue-memory.ts';
import { QueuePanel } from './queue-panel.tsx';
import { QueueTabs } from './queue-tabs.tsx';
import { ReceiveMenu } from './receive-menu.tsx';
import { shortNo, type QueueRow } from './rows.ts';
import { SurveyTools } from './survey/survey-tools.tsx';
import { filterOf, NO_NARROWING, type Narrowing } from './tabs.ts';
import { useQueueView } from './use-queue-view.ts';
import { useFirstView, useSavedViews } from './views/saved-views.ts';
import { ViewMenu } from './views/view-menu.tsx';

const ROOM_FOR_PANEL = 1_100;

function open(id: string): void {
  goTo({ screen: 'issue', id });
}

function narrow(change: Partial<Narrowing>): void {
  queueMemory.change({ narrowing: { ...queueMemory.state.narrowing, ...change } });
}

function setWidth(id: QueueColumn, width: number): void {
  queueMemory.change({ columns: withWidth(queueMemory.state.columns, id, width) });
}

/** The queue: lists, filters, rows, and the chosen record beside them. It opens with the person's own view, if they have one. */
export function QueueScreen() {
  return useFirstView() ? <Queue /> : <div className="queue" />;
}

function Queue() {
  const t = useT();
  const { tab, viewId, narrowing, sort, columns, selectedId, bulkAction } = useQueueMemory();
  const filter = useMemo(() => filterOf(tab, narrowing), [tab, narrowing]);
  const { view, isCurrent, error, freshCount, renew } = useQueueView(filter, sort, selectedId);
  const settings = useSettings();
  const mayReceive = useMay('issue.receive');
  const actions = actionsFor(useSession().roles);
  const grid = useRef<QueueGridHandle>(null);
  const textBox = useRef<HTMLInputElement>(null);
  const marking = useMarking(view, grid);
  const bulk = useBulkJob();
  const [opened, setOpened] = useState<Opened>(null);
  const [isWhy, setWhy] = useState(false);
  const openedAs = (what: Opened) => ({ opened: opened === what, onChange: (isOpen: boolean) => { setOpened(isOpen ? what : null); } });
  const { step, setWantsFirst } = useSteps(grid, isCurrent);
  const [said, select] = useSaid();
  const stay = useCallback(() => { renew(queueMemory.state.selectedId); }, [renew]);
  const isIncomplete = useIncomplete(narrowing.text, stay);
  const views = useSavedViews().data?.views ?? [];
  const shownView = views.find(one => one.id === viewId);
  useQueueKeys({
    grid, marking, bulk, step, stay, views, pageRows: Math.max(1, Math.floor(window.innerHeight / (33 * settings.scale)) - 6),
    toFilter: () => { textBox.current?.focus(); }, open: setOpened, beginBulk: () => { queueMemory.change({ bulkAction: actions[0] ?? null }); },
  });
  const isFilling = bulkAction !== null && view !== null && marking.count > 0;
  useEffect(() => { if (view !== null && marking.count === 0 && queueMemory.state.bulkAction !== null) queueMemory.change({ bulkAction: null }); }, [view, marking.count]);
  const hasRoom = useRoom() >= ROOM_FOR_PANEL;
  return (
    <div className={hasRoom ? 'queue with-panel' : 'queue'}>
      <div className="queue-list">
        <QueueTabs tab={viewId === null ? tab : null}>
          <ViewMenu {...openedAs('views')} />
          <ExportButton view={view} />
          <Drop label={<span className="word">{t('queue.columns')}</span>} icon={<IconColumns3 aria-hidden />} hint="L" kind="quiet" name={t('queue.columns')} className="columns-panel" {...openedAs('columns')}>
            <ColumnsPanel columns={columns} sort={sort} onColumns={next => { queueMemory.change({ columns: next }); }} onSort={next => { queueMemory.change({ sort: next }); }} widthOf={id => grid.current?.widthOf(id) ?? 160} />
          </Drop>
        </QueueTabs>
        <div className="queue-filters">
          <ReceiveMenu {...openedAs('receive')} />
          <FilterBar tab={tab} narrowing={narrowing} onChange={narrow} textBox={textBox} onDown={() => { setWantsFirst(true); }} opened={opened === 'filter'} onOpen={openedAs('filter').onChange} />
          {filter.toSurvey && <SurveyTools view={view} marked={marking.count} />}
          <div className="fresh" role="status">{freshCount > 0 && <Button kind="outline" hint="R" onClick={stay}>{t('queue.fresh', { count: freshCount })}</Button>}</div>
          <ChipRow narrowing={view?.total === 0 ? NO_NARROWING : narrowing} view={shownView === undefined ? null : { name: shownView.name, leave: () => { queueMemory.goToTab('open'); } }} onChange={narrow} />
        </div>
        {isIncomplete && <WordsBehind />}
        <div className="queue-rows">
          {error !== null && <div className="queue-failed"><ErrorNotice error={error} actions={<Button hint="R" onClick={stay}>{t('app.retry')}</Button>} /></div>}
          {view !== null && view.total > 0 && <QueueGrid ref={grid} view={view} scale={settings.scale} columns={columns} selectedId={selectedId} onSelect={select} onOpen={open} onGone={stay} onWidth={setWidth} marking={marking} forReaders={settings.screenReader === true} />}
          {view?.total === 0 && <Nothing narrowing={narrowing} onChange={narrow} onReceive={mayReceive ? () => { setOpened('receive'); } : null} />}
        </div>
        <SelectionBar count={marking.count} onAction={action => { queueMemory.change({ bulkAction: action }); }} onNone={marking.none} />
        {bulk.job !== null && <ResultBar job={bulk.job} error={bulk.error} onStop={bulk.stop} onUndo={bulk.undo} onClose={bulk.close} onRefused={() => { setWhy(true); }} />}
      </div>
      <div className="hidden-text" role="status">{said}</div>
      <QueuePanel selectedId={selectedId} isOutside={view !== null && isCurrent && selectedId !== null && view.anchorId === selectedId && view.anchorAt === null} hasRoom={hasRoom} bulk={isFilling ? { viewId: view.viewId, count: marking.count, action: bulkAction } : null} refusedOf={isWhy ? bulk.job : null} onRefusedClose={() => { setWhy(false); }} />
    </div>
  );
}

/** Goes from row to row; a step before the rows have come is made when they are there. */
function useSteps(grid: { current: QueueGridHandle | null }, isCurrent: boolean) {
  const [wantsFirst, setWantsFirst] = useState(false);
  useEffect(() => {
    if (!wantsFirst || !isCurrent) return;
    setWantsFirst(false);
    grid.current?.first();
  }, [grid, wantsFirst, isCurrent]);
  const step = useCallback((by: number): number | null => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();   // Enter now opens the row, not what was pressed before
    if (grid.current !== null) return grid.current.step(by);
    setWantsFirst(true);   // the rows are still on their way; the key is not lost
    return null;
  }, [grid]);
  return { step, setWantsFirst };
}

/** Says the chosen row to who cannot see it. */
function useSaid(): [string, (row: QueueRow) => void] {
  const t = useT();
  const [said, setSaid] = useState('');
  const select = useCallback((row: QueueRow) => {
    queueMemory.change({ selectedId: row.id });
    setSaid(t('queue.selectedSay', { no: `${t(`domain.service.${row.service}`)} ${shortNo(row.displayNo, row.provisionalNo, clock.nowMs)}`, text: row.description, state: t(`domain.state.${row.state}`) }));
  }, [t]);
  return [said, select];
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
