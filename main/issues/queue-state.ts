import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Id } from '../../contract/ids.ts';
import type { IssueQueries } from '../../db/stores/issue-queries.ts';
import type { DbChange } from '../../db/writer-api.ts';
import type { Sheet } from './sheet.ts';
import type { Views } from './views.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Records that changed (empty = too many to name), and for each open list how many matching records are not in it. */
export interface IssueNews { issueIds: Id[]; fresh: Record<string, number> }

const MAX_NAMED = 200;
/** Records from the newest back whose words complete what is typed. */
const LEARN_RECORDS = 12_000;
/** A millisecond or two each: a page that is asked for meanwhile waits no longer than that. */
const LEARN_SLICE = 50;
/** After a full reading, so many times its duration pass before the next: a first copy changes thousands of rows a second. */
const REST_FACTOR = 2;

/** Keeps sheet, open lists and known words in step with what the writer commits. */
export class QueueState {
  readonly #sheet: Sheet;
  readonly #views: Views;
  readonly #queries: IssueQueries;
  readonly #vocabulary: Vocabulary;
  readonly #stop = new AbortController();
  readonly #listeners = new Set<(news: IssueNews) => void>();
  #loading: Promise<void> | null = null;
  #isRereading = false;
  #isStale = false;
  #learnedTo = 0;

  constructor(deps: { sheet: Sheet; views: Views; queries: IssueQueries; vocabulary: Vocabulary }) {
    this.#sheet = deps.sheet;
    this.#views = deps.views;
    this.#queries = deps.queries;
    this.#vocabulary = deps.vocabulary;
  }

  /** Reads the sheet, once; every caller waits for the same reading. */
  load(): Promise<void> {
    this.#loading ??= this.#loadOnce();
    return this.#loading;
  }

  async #loadOnce(): Promise<void> {
    try {
      await this.#sheet.load(this.#stop.signal);
    } catch (error) {
      this.#loading = null;
      throw error;
    }
    void this.#learn();
  }

  /** Brings a committed change into the sheet and the open lists. */
  noteChange(change: DbChange): IssueNews {
    const rids = change.issueRids;
    if (rids === null) {
      this.#isStale = true;
      void this.#reread();
      return { issueIds: [], fresh: this.#views.freshCounts() };
    }
    if (rids.length === 0) return { issueIds: [], fresh: {} };
    this.#sheet.apply(rids);
    this.#views.noteChange(rids);
    if (rids.length <= MAX_NAMED) this.#learnNew(rids);
    return { issueIds: rids.length > MAX_NAMED ? [] : this.#queries.ids(rids), fresh: this.#views.freshCounts() };
  }

  onNews(listener: (news: IssueNews) => void): () => void {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  }

  close(): void {
    this.#stop.abort();
    this.#listeners.clear();
  }

  /** Reads everything again after a change too large to name, as often as such changes come but never back to back. */
  async #reread(): Promise<void> {
    if (this.#isRereading) return;
    this.#isRereading = true;
    try {
      await this.load();
      while (this.#isStale && !this.#stop.signal.aborted) await this.#rereadOnce();
    } finally {
      this.#isRereading = false;
    }
  }

  async #rereadOnce(): Promise<void> {
    this.#isStale = false;
    const startedAt = performance.now();
    await this.#sheet.load(this.#stop.signal);
    if (this.#stop.signal.aborted) return;
    this.#views.noteChange(null);
    const news = { issueIds: [], fresh: this.#views.freshCounts() };
    for (const listener of this.#listeners) listener(news);
    await this.#rest((performance.now() - startedAt) * REST_FACTOR);
  }

  #rest(ms: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, ms);
      this.#stop.signal.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true });
    });
  }

  async #learn(): Promise<void> {
    this.#learnedTo = this.#queries.largestRid();
    for (let to = this.#learnedTo; to > Math.max(0, this.#learnedTo - LEARN_RECORDS) && !this.#stop.signal.aborted; to -= LEARN_SLICE) {
      for (const text of this.#queries.texts(to - LEARN_SLICE + 1, to)) this.#vocabulary.learn(text);
      await nextTurn();
    }
  }

  #learnNew(rids: readonly number[]): void {
    for (const rid of rids.filter(rid => rid > this.#learnedTo)) for (const text of this.#queries.texts(rid, rid)) this.#vocabulary.learn(text);
    this.#learnedTo = Math.max(this.#learnedTo, ...rids);
  }
}
