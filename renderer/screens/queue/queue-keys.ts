import type { RefObject } from 'react';
import type { SavedView } from '../../../contract/saved-view.ts';
import { useMay } from '../../frame/station.ts';
import { goTo } from '../../route.ts';
import { useT } from '../../strings/text.ts';
import { useShortcutGroups, useShortcuts } from '../../ui/shortcuts.ts';
import type { BulkJobHandle } from './bulk/use-bulk-job.ts';
import type { Marking } from './marking.ts';
import type { QueueGridHandle } from './queue-grid.tsx';
import { queueMemory, useQueueMemory } from './queue-memory.ts';
import { TABS } from './tabs.ts';
import { VIEW_KEYS } from './views/saved-views.ts';

/** What a press may open; at most one at a time. */
export type Opened = 'receive' | 'filter' | 'views' | 'columns' | null;

export interface QueueKeys {
  grid: RefObject<QueueGridHandle | null>;
  marking: Marking; bulk: BulkJobHandle; views: readonly SavedView[]; pageRows: number;
  /** Goes so many rows further, also while the rows are still on their way; gives the new place, null while there is none. */
  step: (by: number) => number | null;
  stay: () => void; toFilter: () => void; open: (what: Opened) => void; beginBulk: () => void;
}

/** Binds every key of the queue. */
export function useQueueKeys({ grid, marking, bulk, views, pageRows, step, stay, toFilter, open, beginBulk }: QueueKeys): void {
  const t = useT();
  const { selectedId } = useQueueMemory();
  const mayReceive = useMay('issue.receive');
  const maySurvey = useMay('issue.survey');
  // The form of a step numbers its choices with the same keys; while it is there they are its own.
  const isFormOpen = useShortcutGroups().some(group => group.name === 'panel' && group.shortcuts.some(shortcut => shortcut.keys.startsWith('alt+')));
  const select = t('queue.key.select');
  const go = (by: number) => () => { marking.endRun(); step(by); };
  const extend = (by: number) => () => {
    const from = grid.current?.current()?.at;
    const to = step(by);
    if (to !== null) marking.extend(from ?? to, to);
  };
  const toggle = () => {
    const row = grid.current?.current();
    if (row !== null && row !== undefined) marking.toggle(row.at, !row.isMarked);
  };
  const openRow = () => {
    if (grid.current !== null) grid.current.open();
    else if (selectedId !== null) goTo({ screen: 'issue', id: selectedId });
  };
  useShortcuts('screen', [
    { keys: 'n', label: t('queue.receive'), run: () => { open('receive'); }, hint: 'N', enabled: mayReceive },
    { keys: 'shift+arrowdown', label: t('queue.key.extend'), run: extend(1) },
    { keys: 'shift+arrowup', label: t('queue.key.extend'), run: extend(-1) },
    { keys: 'arrowdown', label: select, run: go(1), hint: '↑↓' },
    { keys: 'arrowup', label: select, run: go(-1) },
    { keys: 'pagedown', label: select, run: go(pageRows) },
    { keys: 'pageup', label: select, run: go(-pageRows) },
    { keys: 'enter', label: t('queue.key.open'), run: openRow, hint: 'Enter' },
    { keys: ' ', label: t('queue.mark'), run: toggle, hint: t('queue.key.space') },
    { keys: 'ctrl+a', label: t('queue.key.markAll'), run: marking.all },
    { keys: 'b', label: t('queue.key.bulk'), run: beginBulk, hint: 'B', enabled: marking.count > 0 },
    // What can still be taken back is not put away by a key pressed once too often.
    marking.count > 0 ? { keys: 'escape', label: t('bulk.none'), run: marking.none } : { keys: 'escape', label: t('app.close'), run: bulk.close, enabled: bulk.job !== null && bulk.job.endedAtMs !== null && !bulk.canUndo },
    { keys: 'ctrl+z', label: t('queue.undo'), run: bulk.undo, hint: 'Ctrl+Z', enabled: bulk.canUndo },
    { keys: 'r', label: t('queue.renew'), run: stay, hint: 'R' },
    { keys: '/', label: t('queue.key.filter'), run: toFilter, hint: '/' },
    { keys: 'f', label: t('queue.moreFilters'), run: () => { open('filter'); }, hint: 'F' },
    { keys: 'w', label: t('queue.views'), run: () => { open('views'); } },
    { keys: 'l', label: t('queue.columns'), run: () => { open('columns'); } },
    { keys: 'f8', label: t('survey.enter'), run: () => { goTo({ screen: 'survey' }); }, enabled: maySurvey },
    ...TABS.map((name, i) => ({ keys: String((i + 1) % 10), label: `${t('queue.key.tab')}: ${t(`queue.tab.${name}`)}`, run: () => { queueMemory.goToTab(name); }, enabled: name !== 'toSurvey' || maySurvey })),
    ...views.slice(0, VIEW_KEYS).map((view, i) => ({ keys: `alt+${String(i + 1)}`, label: `${t('queue.view')}: ${view.name}`, run: () => { queueMemory.goToView(view); }, enabled: !isFormOpen })),
  ]);
}
