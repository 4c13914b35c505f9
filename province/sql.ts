import { setFlagsFromString } from 'node:v8';
import { PGlite, types as pgliteTypes, type Transaction } from '@electric-sql/pglite';
import pg from 'pg';

/** Where statements go. One dialect (PostgreSQL ≥ 13) for both engines; parameters are $1, $2, …; JSON goes in as text. */
export interface Sql {
  /** One statement; its rows, with bigint as number and jsonb parsed. */
  query<T>(text: string, params?: unknown[]): Promise<T[]>;
  /** Several statements without parameters, as migrations have them. */
  script(text: string): Promise<void>;
}

export interface TransactionOptions {
  /** Every statement sees the same moment and none may write. */
  frozen?: boolean;
}

export interface Database extends Sql {
  readonly engine: 'pglite' | 'postgresql';
  /** Commits when `work` ends, rolls back when it throws. */
  transaction<T>(work: (tx: Sql) => Promise<T>, options?: TransactionOptions): Promise<T>;
  close(): Promise<void>;
}

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

const FROZEN = 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY';

/**
 * PostgreSQL inside this process, for trying, tests and small offices. A folder may be opened by one process only: the
 * caller holds its lock.
 *
 * @param folder where the data lies, or null for memory
 */
export async function openEmbedded(folder: string | null): Promise<Database> {
  setFlagsFromString(`--wasm-tiering-budget=${TIERING_BUDGET}`);
  const db = await PGlite.create({
    startParams: [...PGlite.defaultStartParams, '-c', `shared_buffers=${SHARED_BUFFERS}`],
    ...(folder === null ? {} : { dataDir: folder }),
    parsers: { [pgliteTypes.INT8]: (value: string) => Number(value) },
  });
  return {
    engine: 'pglite',
    ...embeddedSql(db),
    transaction: (work, options = {}) => db.transaction(async tx => {
      if (options.frozen === true) await tx.exec(FROZEN);
      return work(embeddedSql(tx));
    }),
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

/**
 * A PostgreSQL server.
 *
 * @param url postgres://user:password@host:port/database
 * @throws {Error} what the driver says, when nobody answers there
 */
export async function openServer(url: string): Promise<Database> {
  const bigint = 20;
  const getTypeParser: typeof pg.types.getTypeParser = ((oid: number, format?: 'text' | 'binary') =>
    oid === bigint ? Number : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser;
  const pool = new pg.Pool({ connectionString: url, max: 12, connectionTimeoutMillis: 5_000, types: { getTypeParser } });
  // An idle connection that the server ends is replaced on the next use; without a listener it would end this process.
  pool.on('error', () => undefined);
  const sqlOf = (client: { query: pg.ClientBase['query'] }): Sql => ({
    async query<T>(text: string, params: unknown[] = []) { return (await client.query(text, params)).rows as T[]; },
    async script(text) { await client.query(text); },
  });
  try {
    (await pool.connect()).release();
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    engine: 'postgresql',
    ...sqlOf(pool),
    async transaction(work, options = {}) {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        await client.query('BEGIN');
        if (options.frozen === true) await client.query(FROZEN);
        const result = await work(sqlOf(client));
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK').catch((rollback: Error) => { broken = rollback; });
        throw error;
      } finally {
        client.release(broken);
      }
    },
    close: () => pool.end(),
  };
}

/** Whether the engine asks to try the transaction again: a deadlock, or a row that changed since it was read. */
export function mayRetry(error: unknown): boolean {
  return hasState(error, '40001') || hasState(error, '40P01');
}

/** Whether an error carries this SQLSTATE. */
export function hasState(error: unknown, state: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === state;
}
