import type { ChoiceStep } from '../../../contract/queue.ts';

/** So many are remembered; no page is on its way for longer than an operator takes to make them. */
const RECENT = 200;

/** The marks that the screen has drawn before the core knew of them: a page that was asked for earlier comes without them. */
export class Painted {
  #count = 0;
  #recent: { at: number; steps: readonly ChoiceStep[] }[] = [];

  /** How often marks were drawn. */
  get count(): number {
    return this.#count;
  }

  add(steps: readonly ChoiceStep[]): void {
    this.#recent = [...this.#recent.slice(1 - RECENT), { at: ++this.#count, steps }];
  }

  /**
   * The rows of a page with every mark that was drawn after it was asked for.
   *
   * @param start the place of the first of them
   * @param askedAt what `count` was when the page was asked for
   */
  over<R extends { chosen: boolean }>(rows: readonly R[], start: number, askedAt: number): R[] {
    const later = this.#recent.filter(({ at }) => at > askedAt).flatMap(({ steps }) => steps);
    return rows.map((row, i) => {
      const last = later.findLast(({ from, to }) => start + i >= from && start + i <= to);
      return last === undefined || last.chosen === row.chosen ? row : { ...row, chosen: last.chosen };
    });
  }
}
