import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { PGlite, types as pgliteTypes, type Transaction } from '@electric-sql/pglite';

/** Where statements go. One dialect (PostgreSQL ≥ 13) for both engines; parameters are $1, $2, …; JSON goes in as text. */
export interface Sql {
  /** One statement; its rows, with bigint as number and jsonb parsed. */
  query<T>(text: string, params?: unknown[]): Promise<T[]>;
  /** Several statements without parameters, as migrations have them. */
  script(text: string): Promise<void>;
}

export interface Database extends Sql {
  readonly engine: 'pglite' | 'postgresql';
  /** Commits when `work` ends, rolls back when it throws. */
  transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T>;
  /** Hears what transactions of this and any other process notify on a channel, once they are committed. @returns a function that ends it */
  listen(channel: string, ear: Ear): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** Who listens; `missed`: for a while nothing could be heard, and what was said meanwhile is not said again. */
export interface Ear { heard(payload: string): void; missed(): void }

/**
 * The engine clears its buffers when it starts, and what lies in its files is in the system's cache anyway: PostgreSQL's
 * usual 128 MB would only add half a second to each start, and their size to the process.
 */
const SHARED_BUFFERS = '32MB';
/**
 * How much a WebAssembly function must have run before V8 optimises it. At V8's own 13 million each start optimises the
 * engine's giant functions for seconds on every processor, and the process cannot end before that is done; what runs
 * long gets there anyway.
 */
const TIERING_BUDGET = 1_000_000_000;

/** A cluster in which nothing has been made yet, as the build keeps it: the engine takes seconds to make one, copying takes a twentieth of one. */
const EMPTY_CLUSTER = join(import.meta.dirname, '../dist/cluster');

/**
 * PostgreSQL inside this process, for trying, tests and small offices. A folder may be opened by one process only: the
 * caller holds its lock.
 *
 * @param folder where the data lies, made when it is not there; or null for memory
 */
export async function openEmbedded(folder: string | null): Promise<Database> {
  if (folder !== null && !existsSync(folder) && existsSync(EMPTY_CLUSTER)) cpSync(EMPTY_CLUSTER, folder, { recursive: true });
  return openEngine(folder);
}

/** Makes a cluster in a new folder, the slow way: for the build, which keeps it for everybody else. */
export async function makeCluster(folder: string): Promise<void> {
  await (await openEngine(folder)).close();
}

async function openEngine(folder: string | null): Promise<Database> {
  setFlagsFromString(`--wasm-tiering-budget=${TIERING_BUDGET}`);
  const db = await PGlite.create({
    startParams: [...PGlite.defaultStartParams, '-c', `shared_buffers=${SHARED_BUFFERS}`],
    ...(folder === null ? {} : { dataDir: folder }),
    parsers: { [pgliteTypes.INT8]: (value: string) => Number(value) },
  });
  return {
    engine: 'pglite',
    ...embeddedSql(db),
    transaction: work => db.transaction(tx => work(embeddedSql(tx))),
    async listen(channel, ear) {
      const end = await db.listen(channel, payload => { ear.heard(payload); });
      return () => end();
    },
    async close() {
      await db.exec('CHECKPOINT');
      await db.close();
    },
  };
}

function embeddedSql(target: PGlite | Transaction): Sql {
  return {
    async query<T>(text: string, params: unknown[] = []) { return (await target.query<T>(text, params)).rows; },
    async script(text) { await target.exec(text); },
  };
}

/** Whether the engine asks to try the transaction again: a deadlock, or a row that changed since it was read. */
export function mayRetry(error: unknown): boolean {
  return hasState(error, '40001') || hasState(error, '40P01');
}

const TRIES = 6;

/** A transaction that is tried again, six times in all, while the engine asks for it. */
export async function transactionRetried<T>(db: Database, work: (tx: Sql) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await db.transaction(work);
    } catch (error) {
      if (!mayRetry(error) || tries === TRIES) throw error;
    }
  }
}

/** Whether an error carries this SQLSTATE. */
export function hasState(error: unknown, state: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === state;
}

/** Whether a statement or its data is to blame (and not the connection, the server or its disk). */
export function isOfStatement(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && /^(2[0-8]|42|54|P0|XX)/.test(String(error.code));
}
