import type { Snapshot, SnapshotStore } from './snapshot-store.ts';

/** Of each scope the newest two are kept, and every other for as long as a station may still be fetching it: bytes that came over a slow link are not to be lost. */
const KEPT_PER_SCOPE = 2;
const KEPT_AFTER_FETCH_MS = 3_600_000;

/** The copies that this process knows, before the store that holds their bytes. */
export interface Shelf {
  add(snapshot: Snapshot): Promise<void>;
  /** Takes in what another server has made of a scope meanwhile. */
  catchUp(scopeKey: string): Promise<void>;
  /** What the manifest of a copy on the shelf says of a chunk, which somebody fetches now. */
  chunk(id: string, index: number): { sha256: string } | undefined;
  /** A chunk of a copy is not in the store any more, or damaged: nobody is told of that copy again. */
  spoiled(id: string): void;
  /** The newest copy that still stands: the dense one of two alike. */
  newest(scopeKey: string, stands: (snapshot: Snapshot) => Promise<boolean>): Promise<Snapshot | undefined>;
}

/** @param steadyMs a clock that is never set, ms */
export function createShelf(store: SnapshotStore, steadyMs = (): number => performance.now()): Shelf {
  const kept: Snapshot[] = [...store.before];
  // What lay here before may be under way to a station just now.
  const fetchedAtMs = new Map(kept.map(({ id }) => [id, steadyMs()]));
  const bad = new Set<string>();
  const has = (id: string): boolean => bad.has(id) || kept.some(snapshot => snapshot.id === id);
  const add = async (snapshot: Snapshot): Promise<void> => {
    kept.unshift(snapshot);
    // Newest first, of every scope: what is over the number goes.
    const over = kept.filter((one, at) => kept.slice(0, at).filter(({ scopeKey }) => scopeKey === one.scopeKey).length >= KEPT_PER_SCOPE);
    for (const old of over) {
      if (steadyMs() - (fetchedAtMs.get(old.id) ?? -Infinity) < KEPT_AFTER_FETCH_MS) continue;
      fetchedAtMs.delete(old.id);
      kept.splice(kept.indexOf(old), 1);
      await store.drop(old);
    }
  };
  return {
    add,
    async catchUp(scopeKey) {
      const newest = await store.newestOf(scopeKey, has);
      if (newest !== null && !has(newest.id)) await add(newest);
    },
    chunk(id, index) {
      const chunk = kept.find(snapshot => snapshot.id === id)?.chunks[index];
      if (chunk !== undefined) fetchedAtMs.set(id, steadyMs());
      return chunk;
    },
    spoiled(id) {
      const at = kept.findIndex(snapshot => snapshot.id === id);
      if (at < 0) return;
      kept.splice(at, 1);
      bad.add(id);
    },
    async newest(scopeKey, stands) {
      const sorted = kept.filter(snapshot => snapshot.scopeKey === scopeKey)
        .sort((one, other) => other.seq - one.seq || (one.effort === 'dense' ? -1 : 1));
      for (const snapshot of sorted) if (await stands(snapshot)) return snapshot;
      return undefined;
    },
  };
}
