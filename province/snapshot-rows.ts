import type { Scope } from '../contract/org.ts';
import { ROW_KINDS } from '../contract/province.ts';
import { isOurs } from './epoch.ts';
import type { Database } from './sql.ts';
import { readHead, scopeCondition, scopeParams, type Head, type StoredRow } from './store.ts';

/** Rows that one statement looks at: none takes long, whatever the scope leaves of them. */
const PAGE_ROWS = 500;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** Where a reading stands. Begun at `seq`; everything that it has seen so far lies at or below `reach`. */
export interface Reading { epoch: string; seq: number; reach: number }

export function beginReading(head: Head): Reading {
  return { epoch: head.epoch, seq: head.seq, reach: head.seq };
}

/**
 * The rows of a scope, kind by kind as they are loaded and by id, in pages that each see their own moment: no transaction is
 * held open for the minutes that a million rows take. Such a copy is of no one moment, but whoever loads it and then pulls
 * from `reading.seq` on ends with what the province has:
 *
 * - A row that has not changed since `seq` is read as it is, once, for kind and id never change.
 * - A row that was written since comes in the tail in its latest state, whichever state was read, if any: made, changed or
 *   entered behind the reading or before it, deleted (as such), or gone from the scope (as a leave row, of the note of its
 *   old place, which stays when it goes on from there). The tail is never older than what was read, and taking a row in twice is taking it in once.
 * - Notes and deleted rows after `seq` that are pruned take the cursor with them (`horizon`), as they do with any other.
 * - An issue may name a unit or a person made since, whose kind was read already: a console refuses no row for what it names
 *   (it keeps no foreign keys), shows no name for it, and has it with the tail, before the copy counts as in.
 *
 * One thing a moment would give and this does not: after a failover to an older state, what was read between that state and
 * `seq` … `reach` is nobody's any more, though `seq` itself may be. A copy and its cursor therefore hold good only while `reach`
 * is a part of the history (`isOurs`), until the tail has passed it. A span that opens while rows are read (another server starts, or a failover) is taken
 * over if what was read lies in it, and the page that it fell into is read again. Digests are compared at head only, where no cursor has a reach.
 *
 * @throws {Error} when the history is not that of the pages before any more; whoever wants the copy begins again
 */
export async function* readRows(db: Database, scope: Scope, reading: Reading): AsyncGenerator<StoredRow[]> {
  for (const kind of await kindsIn(db)) {
    for (let after: string | undefined = BEFORE_ALL; after !== undefined;) {
      const page = await readPage(db, scope, kind, after);
      if (!await stillOurs(db, reading)) continue;
      yield page.rows;
      after = page.next;
    }
  }
}

/** Notes up to where rows may have been seen. @returns false when another span has opened since the page before */
async function stillOurs(db: Database, reading: Reading): Promise<boolean> {
  const head = await readHead(db);
  if (head.epoch === reading.epoch) {
    reading.reach = head.seq;
    return true;
  }
  if (!await isOurs(db, { epoch: reading.epoch, seq: reading.reach }, head)) throw new Error('the history has changed while a copy was being made');
  reading.epoch = head.epoch;
  return false;
}

/** Ours in the order in which they are loaded, then those of a later version that has been here before us: looked up one after the other, by the key. */
async function kindsIn(db: Database): Promise<string[]> {
  const kinds: string[] = [...ROW_KINDS];
  for (let kind = ''; ;) {
    const [next] = await db.query<{ kind: string }>('SELECT kind FROM record WHERE kind > $1 ORDER BY kind LIMIT 1', [kind]);
    if (next === undefined) return kinds;
    kind = next.kind;
    if (!kinds.includes(kind)) kinds.push(kind);
  }
}

interface Looked { id: string; seq: number; data: Record<string, unknown> | null }

async function readPage(db: Database, scope: Scope, kind: string, after: string): Promise<{ rows: StoredRow[]; next: string | undefined }> {
  const looked = await db.query<Looked>(`SELECT id, seq, CASE WHEN NOT deleted AND ${scopeCondition(3)} THEN data END AS data
    FROM record WHERE kind = $1 AND id > $2 ORDER BY id LIMIT ${PAGE_ROWS}`, [kind, after, ...scopeParams(scope)]);
  const rows = looked.flatMap(({ id, seq, data }): StoredRow[] => (data === null ? [] : [{ kind, id, seq, deleted: false, data }]));
  return { rows, next: looked.length < PAGE_ROWS ? undefined : looked.at(-1)?.id };
}
