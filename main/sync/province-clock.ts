import type { Writer } from '../../db/writer-api.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import { betterOffset, type OffsetSample } from './engine.ts';

/** Smaller wanderings of the offset are not worth a flush to the disk. */
const KEEP_FROM_MS = 250;

/** How far the province's clock is ahead of this machine's, and the time corrected by it. Shown data: it decides nothing. */
export class ProvinceClock {
  readonly #deps: { writer: Writer; clock: Clock; log: Log };
  #offset: OffsetSample | null = null;

  constructor(deps: { writer: Writer; clock: Clock; log: Log }) {
    this.#deps = deps;
  }

  get offset(): OffsetSample | null {
    return this.#offset;
  }

  /** Starts with what an earlier run has measured; how good it was is not known any more, so any new sample replaces it. */
  resume(kept: { offsetMs: number | null; offsetMeasuredAtMs: number | null }): void {
    if (kept.offsetMs === null || kept.offsetMeasuredAtMs === null) return;
    this.#offset = { offsetMs: kept.offsetMs, measuredAtMs: kept.offsetMeasuredAtMs, roundTripMs: Infinity };
  }

  /** Takes a sample in, and keeps it for the next start without a link. */
  note(sample: OffsetSample): void {
    const before = this.#offset;
    const offset = this.#offset = betterOffset(before, sample);
    if (before !== null && before.roundTripMs !== Infinity && Math.abs(before.offsetMs - offset.offsetMs) < KEEP_FROM_MS) return;
    this.#deps.writer.call('sync.noteOffset', offset).catch((error: unknown) => {
      this.#deps.log.warn({ error: String(error) }, 'the clock offset was not kept');
    });
  }

  correctedNowMs(): number {
    return Math.round(this.#deps.clock.nowMs() + (this.#offset?.offsetMs ?? 0));
  }
}
