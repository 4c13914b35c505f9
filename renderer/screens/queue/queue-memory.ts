import { useSyncExternalStore } from 'react';
import { forgetters } from '../../frame/person-change.ts';
import { NO_NARROWING, type Narrowing, type Tab } from './tabs.ts';

export interface QueueMemory { tab: Tab; narrowing: Narrowing; selectedId: string | null }

const INITIAL: QueueMemory = { tab: 'open', narrowing: NO_NARROWING, selectedId: null };

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
