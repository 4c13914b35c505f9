import { useSyncExternalStore } from 'react';
import type { BulkAction } from '../../../contract/bulk.ts';
import type { Id } from '../../../contract/ids.ts';
import { QueueFilter, type QueueSort } from '../../../contract/queue.ts';
import { sortOf, type SavedView, type ViewColumn } from '../../../contract/saved-view.ts';
import { forgetters } from '../../frame/person-change.ts';
import { DEFAULT_COLUMNS } from './columns/column-list.ts';
import { NO_NARROWING, URGENT_FIRST, type Narrowing, type Tab } from './tabs.ts';

export interface QueueMemory {
  tab: Tab;
  /** The saved view that is shown instead of a tab. */
  viewId: Id | null;
  /** When it was saved as it was shown here: what is saved over it starts from that. */
  viewSavedAtMs: number | null;
  narrowing: Narrowing; sort: QueueSort; columns: readonly ViewColumn[];
  selectedId: string | null;
  /** The list that was shown last and what it is of: what is marked in it is marked when the operator comes back. */
  lastView: { viewId: string; key: string } | null;
  /** The queue has been opened before, so it does not open with the person's own view again. */
  isBegun: boolean;
  /** What is being filled in for all marked records, and what has been filled in for each action. */
  bulkAction: BulkAction | null; bulkGiven: Partial<Record<BulkAction, Record<string, unknown>>>;
  /** The bulk action whose result has been put away. */
  seenJobId: Id | null;
}

const PLAIN = { viewId: null, viewSavedAtMs: null, narrowing: NO_NARROWING, sort: URGENT_FIRST, columns: DEFAULT_COLUMNS } as const;
const INITIAL: QueueMemory = { tab: 'open', ...PLAIN, selectedId: null, lastView: null, isBegun: false, bulkAction: null, bulkGiven: {}, seenJobId: null };

/** What the queue showed last, so that going to a record or another screen and back changes nothing. */
class QueueMemoryStore {
  #state: QueueMemory = INITIAL;
  #listeners = new Set<() => void>();

  get state(): QueueMemory {
    return this.#state;
  }

  change(part: Partial<QueueMemory>): void {
    this.#state = { ...this.#state, ...part };
    for (const listener of this.#listeners) listener();
  }

  /** Goes to a tab. What narrows stays beside it; coming from a saved view, nothing does. */
  goToTab(tab: Tab): void {
    this.change(this.#state.viewId === null ? { tab } : { tab, ...PLAIN });
  }

  /** Shows a saved view as it was kept; what a newer version has put into it does not narrow. */
  goToView(view: SavedView): void {
    this.change({ tab: 'open', viewId: view.id, viewSavedAtMs: view.savedAtMs, narrowing: QueueFilter.parse(view.filter), sort: sortOf(view.sort), columns: view.columns });
  }

  /** The view has been saved from here without another look at it: what is shown starts from that from now on. */
  noteSaved({ id, savedAtMs }: Pick<SavedView, 'id' | 'savedAtMs'>): void {
    if (this.#state.viewId === id) this.change({ viewSavedAtMs: savedAtMs });
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  }
}

export const queueMemory = new QueueMemoryStore();
forgetters.add(() => { queueMemory.change(INITIAL); });

export function useQueueMemory(): QueueMemory {
  return useSyncExternalStore(listener => queueMemory.subscribe(listener), () => queueMemory.state);
}
