import type { Database } from '../../db/open.ts';
import { readSeenTime } from '../../db/stores/auth.ts';
import type { Writer } from '../../db/writer-api.ts';
import type { Clock } from '../platform/clock.ts';

export interface KnownTimeDeps {
  reader: Database; writer: Writer; clock: Clock;
  /** This machine's time corrected by the last known offset to the province, ms. */
  correctedNowMs: () => number;
  /** Ms of a clock that nobody can set; only differences count. */
  steadyMs: () => number;
}

/** Work moves the kept time forward by this much at most; a clock that jumps further is believed at the province's word only. */
const MAX_STEP_MS = 366 * 86_400_000;
/** Smaller steps are not worth a flush to the disk: what runs out here runs for days. */
const KEEP_FROM_MS = 10 * 60_000;

/**
 * Time as what runs out on this machine counts it: never before the latest moment that it is known to have reached, so that
 * setting the clock back brings nothing back, and a clock without a battery only makes time stand still until the machine runs.
 * Work moves that moment forward, the province's word sets it, also back: a clock that was wrong once locks nobody out for ever.
 */
export class KnownTime {
  readonly #deps: KnownTimeDeps;
  #seen: { atMs: number; steadyMs: number } | null;
  #keptAtMs: number;

  constructor(deps: KnownTimeDeps) {
    this.#deps = deps;
    const keptAtMs = readSeenTime(deps.reader);
    this.#seen = keptAtMs === null ? null : { atMs: keptAtMs, steadyMs: deps.steadyMs() };
    this.#keptAtMs = keptAtMs ?? -Infinity;
  }

  nowMs(): number {
    // An offset measured while the clock was wrong must not carry a right clock into the future, nor the other way round.
    return Math.floor(Math.max(Math.min(this.#deps.clock.nowMs(), this.#deps.correctedNowMs()), this.#reachedMs()));
  }

  /** A person who has proved who they are is at work here now. */
  async worked(): Promise<void> {
    const nowMs = this.nowMs();
    const reachedMs = this.#reachedMs();
    await this.#set(nowMs - reachedMs > MAX_STEP_MS && reachedMs !== -Infinity ? reachedMs : nowMs);
  }

  /** What the province says the time is, in an answer that has just come. */
  async provinceSays(atMs: number): Promise<void> {
    await this.#set(atMs);
  }

  #reachedMs(): number {
    return this.#seen === null ? -Infinity : this.#seen.atMs + this.#deps.steadyMs() - this.#seen.steadyMs;
  }

  async #set(atMs: number): Promise<void> {
    this.#seen = { atMs, steadyMs: this.#deps.steadyMs() };
    if (Math.abs(atMs - this.#keptAtMs) < KEEP_FROM_MS) return;
    this.#keptAtMs = atMs;
    await this.#deps.writer.call('auth.keepTime', { atMs: Math.floor(atMs) });
  }
}
