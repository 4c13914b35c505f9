import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Ear } from './sql.ts';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;
/** A connection whose other end is gone without a word is noticed within two of these. */
const LOOK_MS = 10_000;
const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Listens over a connection of its own, and opens another one whenever it is lost, with growing pauses. What was notified in
 * between is lost: the ear is told so as soon as it hears again.
 *
 * @returns when it hears for the first time; a function that ends it
 * @throws {Error} when the first connection cannot be had
 */
export async function listenForEver(url: string, channel: string, ear: Ear): Promise<() => Promise<void>> {
  const stop = new AbortController();
  const state = { line: await openLine(url, channel, ear) };
  const follow = async (): Promise<void> => {
    for (;;) {
      await state.line.broken;
      if (stop.signal.aborted) return;
      const line = await again(url, channel, ear, stop.signal);
      if (line === null) return;
      state.line = line;
      ear.missed();
    }
  };
  const following = follow();
  return async () => {
    stop.abort();
    await state.line.end();
    await following;
  };
}

interface Line { broken: Promise<void>; end(): Promise<void> }

async function again(url: string, channel: string, ear: Ear, signal: AbortSignal): Promise<Line | null> {
  for (let waitMs = FIRST_PAUSE_MS; !signal.aborted; waitMs = Math.min(waitMs * 2, LONGEST_PAUSE_MS)) {
    // Half of the pause by chance: the servers of a province lost their database at the same moment.
    await pause(waitMs * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return null;
    const line = await openLine(url, channel, ear).catch(() => null);
    if (line !== null && signal.aborted) await line.end();
    else if (line !== null) return line;
  }
  return null;
}

async function openLine(url: string, channel: string, ear: Ear): Promise<Line> {
  const client = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: CONNECT_TIMEOUT_MS, query_timeout: CONNECT_TIMEOUT_MS });
  const broken = new Promise<void>(resolve => { client.once('end', resolve); client.on('error', () => resolve()); });
  client.on('notification', message => { if (message.payload !== undefined) ear.heard(message.payload); });
  const end = (): Promise<void> => client.end().catch(() => undefined);
  try {
    await client.connect();
    await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
  } catch (error) {
    void end();
    throw error;
  }
  const look = setInterval(() => { client.query('SELECT 1').catch(() => { void end(); }); }, LOOK_MS);
  look.unref();
  return { broken: broken.finally(() => { clearInterval(look); void end(); }), end };
}
