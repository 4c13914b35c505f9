/** How the program that serves the page answered: as ours, as one that does not know this page, not in time, or with nobody there to answer. */
export type ShellAnswer = 'here' | 'foreign' | 'silent' | 'refused';

/** Whom the page can come back to: the same program, another run of it, or nobody. */
export type ShellFate = 'here' | 'foreign' | 'stopped';

/** How long the program may say nothing before it counts as stopped: longer than it ever takes to start its core again. */
const SILENT_MS = 15_000;
/** How long nobody may be there: one connection can fail by itself, as when the machine wakes up. */
const REFUSED_MS = 1_500;

/** Tells a console that has stopped from one that only starts its core again: the latter's shell still answers. */
export class ShellWatch {
  #silentSinceMs: number | null = null;
  #refusedSinceMs: number | null = null;

  /** Takes an answer got at `nowMs`. */
  hear(answer: ShellAnswer, nowMs: number): ShellFate {
    this.#silentSinceMs = answer === 'silent' || answer === 'refused' ? this.#silentSinceMs ?? nowMs : null;
    this.#refusedSinceMs = answer === 'refused' ? this.#refusedSinceMs ?? nowMs : null;
    if (answer === 'foreign') return 'foreign';
    return lasted(this.#silentSinceMs, SILENT_MS, nowMs) || lasted(this.#refusedSinceMs, REFUSED_MS, nowMs) ? 'stopped' : 'here';
  }

  /** The core answers: all is well again. */
  forget(): void {
    this.#silentSinceMs = null;
    this.#refusedSinceMs = null;
  }
}

function lasted(sinceMs: number | null, limitMs: number, nowMs: number): boolean {
  return sinceMs !== null && nowMs - sinceMs >= limitMs;
}
