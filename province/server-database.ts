import { createHash } from 'node:crypto';
import pg from 'pg';
import { listenForEver } from './listening.ts';
import type { Database, Sql } from './sql.ts';
import { noticeTimeline } from './timeline.ts';

const CONNECTIONS = 12;
/** Counts from when a connection is wanted: in a rush it may be a while before one is free. */
const CONNECT_TIMEOUT_MS = 15_000;
const BIGINT = 20;

/** What the pool does with a new connection before anybody gets it; missing in its types. */
type Verify = (client: pg.ClientBase, done: (error?: Error) => void) => void;

/** A statement's name on its connection: parsed and planned there once. */
const names = new Map<string, string>();

/**
 * A PostgreSQL server. Every new connection is looked at first: a standby is refused, and a database that went on from
 * an older state since (a failover, a recovery) starts a new epoch before anybody is answered from it.
 *
 * @param url postgres://user:password@host:port/database
 * @throws {Error} what the driver says, when nobody answers there
 */
export async function openServer(url: string): Promise<Database> {
  const getTypeParser: typeof pg.types.getTypeParser = ((oid: number, format?: 'text' | 'binary') =>
    oid === BIGINT ? Number : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser;
  const options: pg.PoolConfig & { verify: Verify } = {
    connectionString: url, max: CONNECTIONS, connectionTimeoutMillis: CONNECT_TIMEOUT_MS, keepAlive: true, types: { getTypeParser },
    verify: (client, done) => { noticed(sqlOf(client)).then(() => done(), done); },
  };
  const pool = new pg.Pool(options);
  // An idle connection that the server ends is replaced on the next use; without a listener it would end this process.
  pool.on('error', () => undefined);
  try {
    (await pool.connect()).release();
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    engine: 'postgresql',
    ...sqlOf(pool),
    async transaction(work) {
      const client = await pool.connect();
      let broken: Error | undefined;
      // A connection that breaks between two statements is noticed by the next one.
      const ignore = (): void => undefined;
      client.on('error', ignore);
      try {
        await client.query('BEGIN');
        const result = await work(sqlOf(client));
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK').catch((rollback: Error) => { broken = rollback; });
        throw error;
      } finally {
        client.off('error', ignore);
        client.release(broken);
      }
    },
    listen: (channel, ear) => listenForEver(url, channel, ear),
    close: () => pool.end(),
  };
}

async function noticed(sql: Sql): Promise<void> {
  await sql.script('BEGIN');
  await noticeTimeline(sql);
  await sql.script('COMMIT');
}

function sqlOf(client: { query: pg.ClientBase['query'] }): Sql {
  return {
    async query<T>(text: string, params: unknown[] = []) {
      return (await client.query({ text, values: params, ...(params.length === 0 ? {} : { name: nameOf(text) }) })).rows as T[];
    },
    async script(text) { await client.query(text); },
  };
}

function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 20);
  names.set(text, name);
  return name;
}
