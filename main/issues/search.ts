import type { SearchHit } from '../../contract/queue.ts';
import { SEVERITIES, STATES } from '../../contract/issue.ts';
import { SERVICES, type Scope } from '../../contract/org.ts';
import { hexToId, type IssueQueries, type PageRow } from '../../db/stores/issue-queries.ts';
import type { IssueSearch, TextTable } from '../../db/stores/issue-search.ts';
import { wordAt } from '../../db/stores/words.ts';
import { scopeMatcher } from './filter.ts';
import type { Sheet } from './sheet.ts';
import { numbersOf, readTextQuery, type TextQuery } from './text-query.ts';
import type { TextFinder } from './views.ts';
import type { Vocabulary } from './vocabulary.ts';

const BATCH = 200;
/** How many matches are looked at for someone whose scope hides most of them. */
const MAX_LOOKED_AT = 20_000;
const MAX_BY_PHONE = 5_000;
const NEWEST = 2 ** 31;

interface SearchDeps { sheet: Sheet; search: IssueSearch; queries: IssueQueries; vocabulary: Vocabulary }

/** Finds records by words with or without accents, by number and by the end of a phone. */
export class Search implements TextFinder {
  readonly #sheet: Sheet;
  readonly #search: IssueSearch;
  readonly #queries: IssueQueries;
  readonly #vocabulary: Vocabulary;

  constructor(deps: SearchDeps) {
    this.#sheet = deps.sheet;
    this.#search = deps.search;
    this.#queries = deps.queries;
    this.#vocabulary = deps.vocabulary;
  }

  /** Every record that the text finds, in no order: the text part of a queue filter. */
  textRids(text: string, mayReveal: boolean): Int32Array {
    const query = this.#read(text, mayReveal);
    const found = query.folded === null ? new Int32Array() : this.#search.matchingRids(query.folded);
    const numbered = this.#byNumbers(query, MAX_BY_PHONE, mayReveal);
    if (numbered.length === 0) return found;
    return Int32Array.from(new Set([...found, ...numbered]));
  }

  textRidsAmong(text: string, rids: readonly number[], mayReveal: boolean): number[] {
    const query = this.#read(text, mayReveal);
    const found = new Set(query.folded === null ? [] : this.#search.matchingAmong(query.folded, rids));
    const numbered = new Set(this.#numbersOnly(query, MAX_BY_PHONE));
    const end = mayReveal ? query.digits : null;
    return rids.filter(rid => found.has(rid) || numbered.has(rid) || (end !== null && this.#search.hasPhoneEnd(rid, end)));
  }

  /** Names are looked for by their signs, and only for those who may open a name: nobody else finds one by guessing. */
  #read(text: string, mayReveal: boolean): TextQuery {
    return readTextQuery(text, this.#vocabulary, mayReveal ? this.#search.sign : null);
  }

  /**
   * Hits for the command bar: by number and phone first, then with accents as typed, then without; newest first within each.
   *
   * @param limit at most so many, 1…100
   * @param mayReveal whether names and phones of reporters may lead to their records
   */
  hits(text: string, limit: number, scope: Scope, mayReveal = true): SearchHit[] {
    const query = this.#read(text, mayReveal);
    const found = new Map<number, boolean>();
    const isVisible = this.#visible(scope);
    for (const rid of this.#byNumbers(query, limit * 4, mayReveal)) if (found.size < limit && isVisible(rid)) found.set(rid, true);
    if (query.exact !== null) this.#collect('ex', query.exact, found, limit, isVisible);
    if (query.folded !== null) this.#collect('fo', query.folded, found, limit, isVisible);
    const rows = new Map(this.#queries.pageRows([...found.keys()]).map(row => [row[0], row]));
    return [...found].flatMap(([rid, exact]) => {
      const row = rows.get(rid);
      return row === undefined ? [] : [toHit(row, exact)];
    });
  }

  #collect(table: TextTable, expression: string, found: Map<number, boolean>, limit: number, isVisible: (rid: number) => boolean): void {
    let before = NEWEST;
    for (let lookedAt = 0; lookedAt < MAX_LOOKED_AT && found.size < limit; lookedAt += BATCH) {
      const rids = this.#search.matchesBefore(table, expression, before, BATCH);
      for (const rid of rids) {
        if (found.size < limit && !found.has(rid) && isVisible(rid)) found.set(rid, table === 'ex');
        before = rid;
      }
      if (rids.length < BATCH) return;
    }
  }

  /** By number or by phone; newest first. */
  #byNumbers(query: TextQuery, limit: number, mayReveal: boolean): number[] {
    const phones = query.digits === null || !mayReveal ? [] : this.#search.phoneEndsWith(query.digits, limit);
    return [...new Set([...this.#numbersOnly(query, limit), ...phones])].sort((a, b) => b - a);
  }

  #numbersOnly(query: TextQuery, limit: number): number[] {
    if (query.provisional !== null) return this.#search.provisionalStartsWith(query.provisional, limit);
    const series = query.digits === null ? [] : this.#search.withNumber(numbersOf(query.digits, this.#search.numberSeries()));
    const begun = /\d/.test(query.number) && query.number.includes('-') ? this.#search.numberStartsWith(query.number, limit) : [];
    return [...series, ...begun];
  }

  #visible(scope: Scope): (rid: number) => boolean {
    const inSheet = scopeMatcher(this.#sheet, scope);
    return rid => {
      if (this.#sheet.columns.live[rid] !== 1 && !this.#sheet.isLoaded) this.#sheet.apply([rid]);
      return inSheet(rid);
    };
  }
}

function toHit(row: PageRow, exact: boolean): SearchHit {
  const [, idHex, service, displayNo, provisionalNo, severity, state, description, place] = row;
  const isPart = row[15] === 1;
  return {
    id: hexToId(idHex), service: wordAt(SERVICES, service), displayNo, provisionalNo, severity: wordAt(SEVERITIES, severity), state: wordAt(STATES, state),
    description, place, exact, isPart,
  };
}
