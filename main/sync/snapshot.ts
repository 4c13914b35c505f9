import { createHash } from 'node:crypto';
import { setImmediate as breath } from 'node:timers/promises';
import { AppError } from '../../contract/errors.ts';
import { snapshotChunkPath, type SnapshotManifest } from '../../contract/province.ts';
import type { BeforeCopy } from '../../db/stores/sync.ts';
import type { Writer } from '../../db/writer-api.ts';
import type { Clock } from '../platform/clock.ts';
import type { ProvinceLine } from './line.ts';
import { called } from './client.ts';
import { linkError } from './transport.ts';

/** Chunks fetched at the same time: the others fill the round trip between two requests of the first. */
const AHEAD = 3;

/** A chunk as far as it has come; kept over a cut, so that only the missing bytes are fetched again. */
interface Partial { bytes: Uint8Array; filled: number; damagedBefore: boolean }

interface Copy {
  manifest: SnapshotManifest; todo: number[]; partials: Map<number, Partial>; running: Map<number, Promise<Uint8Array>>;
  /** Chunks that are here, whole, and wait for the writer. */
  arrived: Set<number>;
  /** The chunk that the writer is bringing in; the next one is handed over before it has ended. */
  applying: Promise<void>;
}

export interface FirstCopyOptions {
  line: ProvinceLine; writer: Writer; clock: Clock; signal: AbortSignal; onProgress: () => void;
  /** What is here of the province already: rows of another order want a copy that lacks none of them which the province still has. */
  before: () => BeforeCopy;
  /** Every chunk has arrived, the last is being applied: what changed since `cursor` can be asked for already. */
  onFetched: (cursor: string) => void;
}

/**
 * The first copy of a scope (or a new one after the province asked to start again): an immutable snapshot in chunks, each
 * resumable at the byte and checked by its SHA-256, applied in order since references come before what refers to them.
 */
export class FirstCopy {
  readonly #options: FirstCopyOptions;
  #copy: Copy | null = null;
  /** Why a chunk could not be brought in, until a step has told it. */
  #refused: { error: unknown } | null = null;
  #came = false;

  constructor(options: FirstCopyOptions) {
    this.#options = options;
  }

  /** Share that has arrived, 0…1. */
  get progress(): number {
    const copy = this.#copy;
    if (copy === null || copy.manifest.bytes === 0) return 0;
    const missing = copy.todo.reduce((sum, index) => sum + (copy.manifest.chunks[index]?.bytes ?? 0) - (copy.partials.get(index)?.filled ?? 0), 0);
    return Math.min(1, Math.max(0, 1 - missing / copy.manifest.bytes));
  }

  /** Whether bytes have come since this was last asked. */
  gotOn(): boolean {
    const came = this.#came;
    this.#came = false;
    return came;
  }

  /** Brings the next chunk in. @returns whether the copy is complete */
  async step(): Promise<boolean> {
    this.#tellRefusal();
    const copy = this.#copy ??= await this.#begin();
    try {
      this.#fetchAhead(copy);
      const index = copy.todo[0];
      if (index !== undefined) await this.#bringIn(copy, index);
      if (copy.todo.length > 0) return false;
      await copy.applying;
      await this.#options.writer.call('sync.snapshotFinish', { manifest: copy.manifest, atMs: this.#options.clock.nowMs() });
      this.#copy = null;
      return true;
    } catch (error) {
      this.#refused = null;
      // The province has a newer snapshot and dropped this one.
      if (error instanceof AppError && error.code === 'sync/chunk-gone') this.#copy = null;
      throw error;
    }
  }

  /** A refusal that came between two steps fails the next one: a full disk must not be tried again without a pause. */
  #tellRefusal(): void {
    const refused = this.#refused;
    this.#refused = null;
    if (refused !== null) throw refused.error;
  }

  async #begin(): Promise<Copy> {
    const { line, writer } = this.#options;
    const token = await line.open();
    const ask = (since?: 'start') => called(line.client.sync.snapshot(since === undefined ? undefined : { since }, { context: { token } }));
    const { copyId, isUnordered } = this.#options.before();
    const goesOn = isUnordered && copyId !== null ? await ask() : null;
    const manifest = goesOn !== null && goesOn.id === copyId ? goesOn : await ask(isUnordered ? 'start' : undefined);
    const { loaded } = await writer.call('sync.snapshotBegin', { manifest });
    const todo = manifest.chunks.map((_, index) => index).filter(index => !loaded.includes(index));
    return { manifest, todo, partials: new Map(), running: new Map(), arrived: new Set(), applying: Promise.resolve() };
  }

  #fetchAhead(copy: Copy): void {
    for (const index of copy.todo.slice(0, AHEAD)) {
      if (copy.running.has(index)) continue;
      const chunk = this.#fetch(copy, index).then(bytes => { copy.arrived.add(index); return bytes; }).finally(() => { copy.running.delete(index); });
      chunk.catch(() => undefined);           // told to whoever waits for it, in its turn
      copy.running.set(index, chunk);
    }
  }

  async #bringIn(copy: Copy, index: number): Promise<void> {
    const chunk = copy.running.get(index);
    if (chunk === undefined) throw new Error(`chunk ${index} is not being fetched`);
    await this.#writeWordsUntil(copy, index, chunk);
    const bytes = await chunk;
    copy.todo = copy.todo.filter(other => other !== index);
    this.#fetchAhead(copy);                   // the next ones travel while this one is applied
    copy.partials.delete(index);
    if (copy.todo.length === 0) this.#options.onFetched(copy.manifest.cursor);
    const former = copy.applying;
    copy.applying = this.#apply(copy, index, bytes);
    copy.applying.catch(() => undefined);     // told to the step after the next, or to the end
    await former;
  }

  /** While the link is what everything waits for, records that are in get their words: they are found long before the last is here. */
  async #writeWordsUntil(copy: Copy, index: number, chunk: Promise<Uint8Array>): Promise<void> {
    await Promise.race([chunk, copy.applying]).catch(() => undefined);      // told to whoever waits for them
    while (copy.running.has(index) && !copy.arrived.has(index) && (await this.#options.writer.call('sync.textNext', null)).more) await breath();
  }

  async #apply(copy: Copy, index: number, bytes: Uint8Array): Promise<void> {
    try {
      await this.#options.writer.call('sync.snapshotChunk', { manifestId: copy.manifest.id, index, bytes });
    } catch (error) {
      // What is loaded is asked from the database again; a copy that was begun since is another one.
      if (this.#copy === copy) this.#copy = null;
      this.#refused = { error };
      throw error;
    }
  }

  async #fetch({ manifest, partials }: Copy, index: number): Promise<Uint8Array> {
    const chunk = manifest.chunks[index];
    if (chunk === undefined) throw new Error(`the manifest has no chunk ${index}`);
    const partial = partials.get(index) ?? { bytes: new Uint8Array(chunk.bytes), filled: 0, damagedBefore: false };
    partials.set(index, partial);
    for (;;) {
      if (partial.filled < chunk.bytes) await this.#download(manifest, index, partial);
      if (createHash('sha256').update(partial.bytes).digest('hex') === chunk.sha256) return partial.bytes;
      partial.filled = 0;
      if (partial.damagedBefore) {
        partial.damagedBefore = false;
        throw new AppError('sync/damaged-chunk', { chunk: index });
      }
      partial.damagedBefore = true;
    }
  }

  async #download(manifest: SnapshotManifest, index: number, partial: Partial): Promise<void> {
    const token = await this.#options.line.open();
    await this.#options.line.transport.download(snapshotChunkPath(manifest.id, index), {
      token, fromByte: partial.filled, signal: this.#options.signal,
      onStart: fromByte => {
        if (fromByte > partial.filled) throw new AppError('link/foreign-answer', { reason: 'range' });
        partial.filled = fromByte;
      },
      onBytes: bytes => {
        if (partial.filled + bytes.length > partial.bytes.length) throw new AppError('link/foreign-answer', { reason: 'too-large' });
        partial.bytes.set(bytes, partial.filled);
        partial.filled += bytes.length;
        this.#came = true;
        this.#options.onProgress();
      },
    });
    if (partial.filled < partial.bytes.length) throw linkError({ code: 'CUT_SHORT' });
  }
}
