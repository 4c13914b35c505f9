import { randomUUID } from 'node:crypto';
import { AppError } from '../../contract/errors.ts';
import type { Id } from '../../contract/ids.ts';
import type { ChoiceStep, QueueFilter, QueueSort, QueueView } from '../../contract/queue.ts';
import type { Clock } from '../platform/clock.ts';
import { orderKeys, queueMatcher, type Matcher, type Viewer } from './filter.ts';
import { orderRids } from './ordering.ts';
import { RidSet } from './rid-set.ts';
import { Selection } from './selection.ts';
import type { Sheet } from './sheet.ts';

/** Which records a text finds; SQL knows, views only ask. */
export interface TextFinder {
  textRids(text: string, mayReveal: boolean): Int32Array;
  /** Those of `rids` that the text finds. */
  textRidsAmong(text: string, rids: readonly number[], mayReveal: boolean): number[];
}

interface View {
  id: string; text: string; personId: string; byPerson: boolean;
  rids: Int32Array; members: RidSet;
  /** Records that the text part finds; null without text. */
  found: RidSet | null;
  matches: Matcher;
  /** Matching records that came after the list was made: "+3 mới". */
  fresh: Set<number>;
  chosen: Selection;
}

const MAX_VIEWS = 16;
/** Rids in all open views together (4 bytes each): the oldest views go first. */
const MAX_RIDS = 6_000_000;

/**
 * Open lists: each a frozen row of rids, made once for a filter and a sort. Rows never move or vanish by themselves;
 * what changed since is told as a count of newcomers and a mark on rows that no longer match.
 */
export class Views {
  readonly #sheet: Sheet;
  readonly #text: TextFinder;
  readonly #clock: Clock;
  readonly #surveyWindowMs: () => number;
  /** In order of last use, oldest first. */
  readonly #views = new Map<string, View>();

  /** @param deps `surveyWindowMs`: for how long after its due time a survey is waited for now, ms */
  constructor(deps: { sheet: Sheet; text: TextFinder; clock: Clock; surveyWindowMs: () => number }) {
    this.#sheet = deps.sheet;
    this.#text = deps.text;
    this.#clock = deps.clock;
    this.#surveyWindowMs = deps.surveyWindowMs;
  }

  /**
   * Makes the list of a filter and a sort.
   *
   * @param keepChosenOf an older list of the same person: what is chosen in it and stands in the new one stays chosen
   * @param byPerson whether names and phones of reporters may lead to their records
   * @param ready the rids already filtered (but for the text) and in order, when the sheet is not loaded yet
   */
  open(filter: QueueFilter, sort: QueueSort, viewer: Viewer, { ready = null, keepChosenOf, byPerson = false }: { ready?: Int32Array | null; keepChosenOf?: string | undefined; byPerson?: boolean } = {}): QueueView {
    // A space at the end says that the last word is finished, so the text is kept as it is.
    const { text } = filter;
    const found = text.trim() === '' ? null : new RidSet(this.#text.textRids(text, byPerson), this.#sheet.size);
    const isWanted = queueMatcher(this.#sheet, filter, viewer, { nowMs: () => this.#clock.nowMs(), windowMs: this.#surveyWindowMs() });
    const matches: Matcher = found === null ? isWanted : rid => found.has(rid) && isWanted(rid);
    const rids = ready === null
      ? orderRids(this.#matching(matches), orderKeys(this.#sheet, sort))
      : found === null ? ready : ready.filter(rid => found.has(rid));
    const view: View = {
      id: randomUUID(), text, personId: viewer.personId, byPerson, rids, members: new RidSet(rids, this.#sheet.size), found, matches, fresh: new Set(), chosen: new Selection(),
    };
    const old = keepChosenOf === undefined ? undefined : this.#views.get(keepChosenOf);
    if (old?.personId === viewer.personId) view.chosen.keep(old.chosen, view.members);
    this.#views.set(view.id, view);
    this.#dropOldest();
    return { viewId: view.id, total: rids.length, chosen: view.chosen.count, madeAtMs: this.#clock.nowMs() };
  }

  /** The rids at these places of the list (fewer at its end), and which of them no longer match its filter. */
  page(viewId: string, viewer: Viewer, start: number, end: number): { rids: number[]; gone: boolean[]; chosen: boolean[] } {
    const view = this.#view(viewId, viewer);
    const rids = [...view.rids.subarray(start, Math.max(start, end))];
    if (!this.#sheet.isLoaded) this.#sheet.apply(rids);
    return { rids, gone: rids.map(rid => !view.matches(rid)), chosen: rids.map(rid => view.chosen.has(rid)) };
  }

  /** Chooses rows of the list, or lets go of them. @returns how many are chosen now */
  choose(viewId: string, viewer: Viewer, steps: readonly ChoiceStep[]): number {
    const { rids, chosen } = this.#view(viewId, viewer);
    for (const step of steps) chosen.set(rids.subarray(step.from, Math.max(step.from, step.to + 1)), step.chosen);
    return chosen.count;
  }

  /** The chosen records in the order of the list, at most `limit` of them, and how many there are. */
  chosen(viewId: string, viewer: Viewer, limit: number): { count: number; rids: number[] } {
    const { rids, chosen } = this.#view(viewId, viewer);
    return { count: chosen.count, rids: chosen.inOrder(rids, limit) };
  }

  /** These records are chosen no longer, in any list of the person. */
  letGo(personId: Id, rids: readonly number[]): void {
    for (const view of this.#views.values()) if (view.personId === personId) view.chosen.set(rids, false);
  }

  /** All rids of the list, in its order; the array is never changed. */
  all(viewId: string, viewer: Viewer): Int32Array {
    return this.#view(viewId, viewer).rids;
  }

  /** Where the record stands in the list, from 0; null when it is not in it. */
  position(viewId: string, viewer: Viewer, rid: number): number | null {
    const { rids, members } = this.#view(viewId, viewer);
    return members.has(rid) ? rids.indexOf(rid) : null;
  }

  close(viewId: string, viewer: Viewer): void {
    if (this.#views.get(viewId)?.personId === viewer.personId) this.#views.delete(viewId);
  }

  /** Tests changed records, already in the sheet, against every open list; null = any record may have changed. */
  noteChange(rids: readonly number[] | null): void {
    for (const view of this.#views.values()) {
      if (rids === null) this.#recount(view);
      else this.#noteChange(view, rids);
    }
  }

  /** For each open list, how many matching records are not in it. */
  freshCounts(): Record<string, number> {
    return Object.fromEntries([...this.#views.values()].map(view => [view.id, view.fresh.size]));
  }

  #noteChange(view: View, rids: readonly number[]): void {
    if (view.found !== null) {
      for (const rid of rids) view.found.delete(rid);
      for (const rid of this.#text.textRidsAmong(view.text, rids, view.byPerson)) view.found.add(rid);
    }
    for (const rid of rids) {
      if (!view.members.has(rid) && view.matches(rid)) view.fresh.add(rid);
      else view.fresh.delete(rid);
    }
  }

  #recount(view: View): void {
    if (view.found !== null) {
      view.found.clear();
      for (const rid of this.#text.textRids(view.text, view.byPerson)) view.found.add(rid);
    }
    view.fresh.clear();
    for (let rid = 1; rid < this.#sheet.size; rid++) if (!view.members.has(rid) && view.matches(rid)) view.fresh.add(rid);
  }

  #matching(matches: Matcher): Int32Array {
    const rids = new Int32Array(this.#sheet.size);
    let count = 0;
    for (let rid = 1; rid < this.#sheet.size; rid++) if (matches(rid)) rids[count++] = rid;
    return rids.slice(0, count);
  }

  /** A list is its maker's: another person's, or one that had to go, must be made anew. */
  #view(viewId: string, viewer: Viewer): View {
    const view = this.#views.get(viewId);
    if (view === undefined || view.personId !== viewer.personId) throw new AppError('queue/view-gone');
    this.#views.delete(viewId);
    this.#views.set(viewId, view);
    return view;
  }

  #dropOldest(): void {
    let held = 0;
    for (const [i, view] of [...this.#views.values()].reverse().entries()) {
      held += view.rids.length;
      if (i > 0 && (i >= MAX_VIEWS || held > MAX_RIDS)) this.#views.delete(view.id);
    }
  }
}
