import type { Database } from './database.ts';
import type { DbChange } from './writer-api.ts';

export type Table = DbChange['tables'][number];

/** More changed rows than this are "too many to name". */
const MAX_NAMED_RIDS = 2_000;

/**
 * One transaction of the writer: what may write takes a `Work`, what only reads takes a `Database`. It notes which
 * tables and records changed, for the message after the commit.
 */
export class Work {
  readonly db: Database;
  /** New records are written without their words, which follow (`db/text-behind.ts`). */
  textLater = false;
  /** No record is joined with another, so that none need be looked up; null until it was asked (`db/stores/cases.ts`). */
  nothingJoined: boolean | null = null;
  /** Whether anything here beside the records may tell of a person; null until it was asked (`db/forget-persons.ts`). */
  personsKept: boolean | null = null;
  private readonly tables = new Set<Table>();
  private readonly rids = new Set<number>();
  private readonly later: (() => void)[] = [];

  constructor(db: Database) {
    this.db = db;
  }

  touch(table: Table): void {
    this.tables.add(table);
  }

  touchIssue(rid: number): void {
    this.tables.add('issue');
    this.rids.add(rid);
  }

  /** Upkeep that need not, or cannot, be part of the transaction; runs after the caller has its answer. */
  afterwards(task: () => void): void {
    this.later.push(task);
  }

  /** What the others are told after the commit; null when nothing that they can see has changed. */
  change(): DbChange | null {
    if (this.tables.size === 0) return null;
    return { tables: [...this.tables], issueRids: this.rids.size > MAX_NAMED_RIDS ? null : [...this.rids] };
  }

  upkeep(): readonly (() => void)[] {
    return this.later;
  }
}
