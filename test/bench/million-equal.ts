import { createHash, type Hash } from 'node:crypto';
import { ROW_KINDS } from '../../contract/province.ts';
import { blobToId } from '../../db/database.ts';
import { openDatabase } from '../../db/open.ts';
import { readIssue } from '../../db/stores/issues.ts';
import { sumsByPlace } from '../../db/stores/replica.ts';
import { digestOf } from '../../province/digest.ts';
import type { Database } from '../../province/sql.ts';

/** All rows that a database holds of the province: how many of each kind, the digest of each place, and one hash over every field of them all. */
export interface Whole { kinds: Record<string, number>; places: Record<string, string>; hash: string }

const PAGE_ROWS = 2_000;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

export async function wholeOfProvince(db: Database): Promise<Whole> {
  const seen = new Seen();
  for (const kind of ROW_KINDS) {
    for (let after = BEFORE_ALL; ;) {
      const page = await db.query<{ id: string; data: unknown }>('SELECT id, data FROM record WHERE kind = $1 AND id > $2 AND NOT deleted ORDER BY id LIMIT $3', [kind, after, PAGE_ROWS]);
      for (const { id, data } of page) seen.row(kind, id, data);
      if (page.length < PAGE_ROWS) break;
      after = page.at(-1)?.id ?? after;
    }
  }
  const { places } = await digestOf(db, { id: BEFORE_ALL, scope: { siteIds: null, services: null }, scopeVersion: 1, lastN: 0 });
  return seen.end(Object.fromEntries(places.map(({ place, rows, digest }) => [place, `${rows} ${digest}`])));
}

/** @param file of a workstation that has been stopped */
export function wholeOfConsole(file: string, keyHex: string): Whole {
  const db = openDatabase({ file, keyHex, role: 'reader' });
  try {
    const seen = new Seen();
    for (const kind of ROW_KINDS) {
      const rows = db.prepare<[string], { id: Uint8Array; data: string | null }>(kind === 'issue' ? 'SELECT id, NULL AS data FROM issue WHERE ? IS NOT NULL ORDER BY id'
        : 'SELECT id, data FROM org_row WHERE kind = ? ORDER BY id').iterate(kind);
      for (const row of rows) {
        const id = blobToId(row.id);
        seen.row(kind, id, row.data === null ? readIssue(db, id)?.issue : JSON.parse(row.data));
      }
    }
    const slices = sumsByPlace(db);
    for (;;) {
      const slice = slices.next();
      if (slice.done === true) return seen.end(Object.fromEntries([...slice.value].map(([place, sums]) => [place, totalOf(sums)])));
    }
  } finally {
    db.close();
  }
}

function totalOf({ rows, digests }: { rows: Uint32Array; digests: BigUint64Array }): string {
  return `${rows.reduce((sum, one) => sum + one, 0)} ${BigInt.asUintN(64, digests.reduce((sum, one) => sum + one, 0n)).toString(16)}`;
}

class Seen {
  readonly #kinds: Record<string, number> = {};
  readonly #hash: Hash = createHash('sha256');

  row(kind: string, id: string, data: unknown): void {
    this.#kinds[kind] = (this.#kinds[kind] ?? 0) + 1;
    this.#hash.update(`${kind} ${id} ${JSON.stringify(inOrder(data))}\n`);
  }

  end(places: Record<string, string>): Whole {
    return { kinds: this.#kinds, places, hash: this.#hash.digest('hex') };
  }
}

/** The same value with the keys of every object in order. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => [key, inOrder(part)]));
}
