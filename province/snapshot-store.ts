import { z } from 'zod';
import { SnapshotCodec } from '../contract/province.ts';
import type { Chunk, Effort } from './snapshot-chunks.ts';

export interface Snapshot { id: string; effort: Effort; scopeKey: string; epoch: string; seq: number; rows: number; chunks: Chunk[] }

/** A copy in another form, kept by another version, is no copy. */
export const Kept = z.object({
  codec: SnapshotCodec,
  id: z.string(), effort: z.enum(['quick', 'dense']), scopeKey: z.string(), epoch: z.string(), seq: z.number(), rows: z.number(),
  chunks: z.array(z.object({ sha256: z.string(), bytes: z.number(), rows: z.number() })),
});
export type Kept = z.infer<typeof Kept>;

export function keptOf(snapshot: Snapshot): Kept {
  return { ...snapshot, codec: SnapshotCodec.value, chunks: snapshot.chunks.map(chunk => ({ sha256: chunk.sha256, rows: chunk.rows, bytes: chunk.bytes.length })) };
}

/** Where copies lie beside this process's memory. */
export interface SnapshotStore {
  /** What lies there at the start and is worth having in memory, newest first. */
  before: readonly Snapshot[];
  keep(snapshot: Snapshot): Promise<void>;
  /** It is not in this process's memory any more. */
  drop(snapshot: Snapshot): Promise<void>;
  /** The scope's newest copy that another server has made and `has` not; null when there is none. */
  newestOf(scopeKey: string, has: (id: string) => boolean): Promise<Snapshot | null>;
  find(id: string): Promise<Snapshot | null>;
}

/** Nothing outlives the process. */
export const MEMORY_STORE: SnapshotStore = {
  before: [],
  keep: () => Promise.resolve(), drop: () => Promise.resolve(),
  newestOf: () => Promise.resolve(null), find: () => Promise.resolve(null),
};
