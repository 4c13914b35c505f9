import type { PolicyPack } from '../../contract/policy/pack.ts';
import type { Timers } from '../platform/timers.ts';

/** Beats that nobody has played before it is said aloud: one may be lost while a window opens. */
const UNHEARD_BEATS = 2;
const MINUTE_MS = 60_000;

export interface BeatsDeps {
  timers: Timers;
  /** How often, and how many in a minute, as the policy says now. */
  rules: () => Pick<PolicyPack['alarms'], 'repeatSeconds' | 'perMinute'>;
  onBeat: () => void;
}

/**
 * When the sound of an alarm is due: at once for something new, then every `repeatSeconds` for as long as anything rings. In a flood something new waits for that
 * beat once `perMinute` have come within a minute: whoever is at the desk hears one steady call, not a hundred.
 */
export class Beats {
  readonly #deps: BeatsDeps;
  #count = 0;
  #heardUpTo = 0;
  #firstUnheard = 0;
  #beatsMs: number[] = [];
  #cancel: (() => void) | null = null;

  constructor(deps: BeatsDeps) {
    this.#deps = deps;
  }

  /** How many there have been. */
  get count(): number {
    return this.#count;
  }

  get isUnheard(): boolean {
    return this.#cancel !== null && this.#count - Math.max(this.#heardUpTo, this.#firstUnheard - 1) > UNHEARD_BEATS;
  }

  /** @param anything whether anything rings; `isNew`: something that did not before, or now does for more desks */
  ring(anything: boolean, isNew: boolean): void {
    if (!anything) { this.stop(); return; }
    if (this.#cancel === null) {
      this.#firstUnheard = this.#count + 1;
      if (this.#hasRoom()) this.#beat();
      else this.#wait();
    } else if (isNew && this.#hasRoom()) this.#beat();
  }

  /** A window has played this beat. @returns whether that ends a silence that was said aloud */
  heard(beat: number): boolean {
    const was = this.isUnheard;
    this.#heardUpTo = Math.max(this.#heardUpTo, Math.min(beat, this.#count));
    return was && !this.isUnheard;
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #beat(): void {
    this.#count += 1;
    this.#beatsMs.push(this.#deps.timers.nowMs());
    this.#wait();
    this.#deps.onBeat();
  }

  #wait(): void {
    const { timers, rules } = this.#deps;
    this.#cancel?.();
    this.#cancel = timers.after(rules().repeatSeconds * 1_000, () => { this.#beat(); });
  }

  #hasRoom(): boolean {
    const { timers, rules } = this.#deps;
    this.#beatsMs = this.#beatsMs.filter(atMs => timers.nowMs() - atMs < MINUTE_MS);
    return this.#beatsMs.length < rules().perMinute;
  }
}
