import type BetterSqlite3 from 'better-sqlite3';
import type { Id } from '../contract/ids.ts';

/** A connection to the local database; made by `openDatabase` only. */
export type Database = BetterSqlite3.Database;

type Params = unknown[];
type Statement = BetterSqlite3.Statement<Params>;

/** Statements by connection and text: preparing costs more than running most of ours. */
const STATEMENTS = new WeakMap<Database, Map<string, Statement>>();

function statement(db: Database, sql: string): Statement {
  let known = STATEMENTS.get(db);
  if (known === undefined) STATEMENTS.set(db, known = new Map());
  let found = known.get(sql);
  if (found === undefined) known.set(sql, found = db.prepare<Params>(sql));
  return found;
}

/** Runs a statement that changes something. @returns how many rows changed and the last row number given */
export function run(db: Database, sql: string, ...params: Params): { changes: number; lastInsertRowid: number | bigint } {
  return statement(db, sql).run(...params);
}

/** The first row, or undefined. The caller names the shape of what its own SQL selects. */
export function getRow<R>(db: Database, sql: string, ...params: Params): R | undefined {
  return statement(db, sql).get(...params) as R | undefined;
}

/** Every row of a query that is known to give few. */
export function allRows<R>(db: Database, sql: string, ...params: Params): R[] {
  return statement(db, sql).all(...params) as R[];
}

/** The 16 bytes that an id is stored as: half the index of its text. */
export function idToBlob(id: Id): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

export function blobToId(blob: Uint8Array): Id {
  const hex = Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export function nullableIdToBlob(id: Id | null): Buffer | null {
  return id === null ? null : idToBlob(id);
}

export function nullableBlobToId(blob: Uint8Array | null): Id | null {
  return blob === null ? null : blobToId(blob);
}
