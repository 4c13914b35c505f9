import { z } from 'zod';
import { SnapshotCodec } from '../contract/province.ts';

export const EFFORTS = ['quick', 'dense'] as const;

/** What there is to say of a copy; its bytes lie in the store. One in another form, kept by another version, is no copy. */
export const Snapshot = z.object({
  codec: SnapshotCodec,
  id: z.string(), effort: z.enum(EFFORTS), scopeKey: z.string(), epoch: z.string(), seq: z.number(), reach: z.number(), rows: z.number(),
  chunks: z.array(z.object({ sha256: z.string(), bytes: z.number(), rows: z.number() })),
});
/** `seq`: what is older is in it. `reach`: nothing in it is younger. */
export type Snapshot = z.infer<typeof Snapshot>;

/** A copy while it is being made; nobody finds it before it is finished. */
export interface Draft {
  /** The next chunk. @param share of the rows that are in by now, 0…1 */
  add(bytes: Uint8Array, share: number): Promise<void>;
  finish(snapshot: Snapshot): Promise<void>;
  discard(): Promise<void>;
}

/** Where the bytes of copies lie: no process has to hold them. */
export interface SnapshotStore {
  /** What lies there at the start, newest first. */
  before: readonly Snapshot[];
  begin(id: string, scopeKey: string): Promise<Draft>;
  /** The bytes of a chunk; null when the copy is not kept any more. */
  chunk(id: string, index: number): Promise<Buffer | null>;
  /** This process does not hand it out any more. */
  drop(snapshot: Snapshot): Promise<void>;
  /** The scope's newest copy that another server has made and `has` not; null when there is none. */
  newestOf(scopeKey: string, has: (id: string) => boolean): Promise<Snapshot | null>;
  /** How far another server is with a copy of the scope, 0…1; null when none is at it. */
  beingMade(scopeKey: string): Promise<number | null>;
}

/** Nothing outlives the process. */
export function memoryStore(): SnapshotStore {
  const copies = new Map<string, Buffer[]>();
  return {
    before: [],
    begin(id) {
      const chunks: Buffer[] = [];
      return Promise.resolve({
        add(bytes) { chunks.push(Buffer.from(bytes)); return Promise.resolve(); },
        finish() { copies.set(id, chunks); return Promise.resolve(); },
        discard: () => Promise.resolve(),
      });
    },
    chunk: (id, index) => Promise.resolve(copies.get(id)?.[index] ?? null),
    drop({ id }) { copies.delete(id); return Promise.resolve(); },
    newestOf: () => Promise.resolve(null),
    beingMade: () => Promise.resolve(null),
  };
}
