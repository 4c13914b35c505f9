/** How the program that serves the page answered: as ours, as one that does not know this page, or not at all. */
export type ShellAnswer = 'here' | 'foreign' | 'silent';

/** How long the program may say nothing before it counts as stopped: longer than it ever takes to start its core again. */
const SILENT_MS = 15_000;

/** Tells a console that has stopped from one that only starts its core again: the latter's shell still answers. */
export class ShellWatch {
  #silentSinceMs: number | null = null;

  /** Takes an answer got at `nowMs`; gives whether the page has nobody to come back to. */
  hear(answer: ShellAnswer, nowMs: number): boolean {
    if (answer !== 'silent') this.#silentSinceMs = null;
    if (answer === 'foreign') return true;
    if (answer === 'here') return false;
    this.#silentSinceMs ??= nowMs;
    return nowMs - this.#silentSinceMs >= SILENT_MS;
  }

  /** The core answers: all is well again. */
  forget(): void {
    this.#silentSinceMs = null;
  }
}
