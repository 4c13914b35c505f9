import { setImmediate as breath } from 'node:timers/promises';
import type { Row } from '../../contract/province.ts';
import type { Database } from '../../db/open.ts';
import { pendingCounts } from '../../db/outbox.ts';
import { sumsByPlace, type PlaceSums } from '../../db/stores/replica.ts';
import { readSyncState } from '../../db/stores/sync.ts';
import type { Writer } from '../../db/writer-api.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import { called } from './client.ts';
import type { ProvinceLine } from './line.ts';

/** Rows that one repair fetches at most; what else differs is found by the next. */
const MAX_ROWS = 5_000;

export interface RepairDeps { reader: Database; writer: Writer; clock: Clock; log: Log; line: ProvinceLine; signal: AbortSignal }
/** `done`: compared, and nothing more is known to differ. Otherwise somebody has changed something meanwhile, or there is more. */
export interface Compared { done: boolean }

interface Differing { place: string; buckets: number[]; rows: number; going: number }

/**
 * Compares what is here with the province, by count and digest, and fetches anew what differs and no more. Only at head with
 * nothing waiting: anything else would find differences that are none.
 *
 * @throws {AppError} `sync/mass-removal` where very many rows would go
 */
export async function compareWithProvince(deps: RepairDeps): Promise<Compared> {
  const { reader, line, signal } = deps;
  const token = await line.open();
  const { cursor, places } = await called(line.client.sync.digest(undefined, { context: { token }, signal }));
  if (!isAt(reader, cursor)) return { done: false };
  const here = await sumsHere(reader);
  if (!isAt(reader, cursor)) return { done: false };
  const there = new Map(places.map(place => [place.place, place]));
  const differing: Differing[] = [];
  for (const place of new Set([...here.keys(), ...there.keys()])) {
    const [ours, theirs] = [totalOf(here.get(place)), there.get(place)];
    if (ours.rows === (theirs?.rows ?? 0) && ours.digest === (theirs?.digest ?? '0')) continue;
    const found = await differingBuckets(deps, cursor, place, here.get(place));
    if (found === null) return { done: false };
    differing.push(found);
  }
  return { done: await mend(deps, cursor, differing) };
}

function isAt(reader: Database, cursor: string): boolean {
  return readSyncState(reader).cursor === cursor && pendingCounts(reader).pending === 0;
}

async function sumsHere(reader: Database): Promise<Map<string, PlaceSums>> {
  const slices = sumsByPlace(reader);
  for (;;) {
    const slice = slices.next();
    if (slice.done === true) return slice.value;
    await breath();
  }
}

function totalOf(sums: PlaceSums | undefined): { rows: number; digest: string } {
  if (sums === undefined) return { rows: 0, digest: '0' };
  return { rows: sums.rows.reduce((sum, rows) => sum + rows, 0), digest: BigInt.asUintN(64, sums.digests.reduce((sum, digest) => sum + digest, 0n)).toString(16) };
}

/** Which buckets of a place differ; null when the province has moved on. */
async function differingBuckets({ line, signal }: RepairDeps, cursor: string, place: string, sums: PlaceSums | undefined): Promise<Differing | null> {
  const token = await line.open();
  const theirs = await called(line.client.sync.buckets({ place }, { context: { token }, signal }));
  if (theirs.cursor !== cursor) return null;
  const ours = (bucket: number): { rows: number; digest: string } => ({ rows: sums?.rows[bucket] ?? 0, digest: (sums?.digests[bucket] ?? 0n).toString(16) });
  const buckets = theirs.rows.flatMap((rows, bucket) => (ours(bucket).rows === rows && ours(bucket).digest === theirs.digests[bucket] ? [] : [bucket]));
  const rowsIn = (bucket: number): number => theirs.rows[bucket] ?? 0;
  return {
    place, buckets, rows: buckets.reduce((sum, bucket) => sum + rowsIn(bucket), 0),
    going: buckets.reduce((sum, bucket) => sum + Math.max(0, ours(bucket).rows - rowsIn(bucket)), 0),
  };
}

/** @returns whether everything that differs has been mended */
async function mend(deps: RepairDeps, cursor: string, differing: readonly Differing[]): Promise<boolean> {
  // Counted over all places: what would empty this machine must not pass piece by piece.
  const going = differing.reduce((sum, place) => sum + place.going, 0);
  let fetched = 0;
  for (const { place, buckets, rows } of differing) {
    // At least one bucket at a time, however large it is.
    const share = Math.max(1, Math.min(buckets.length, Math.floor(buckets.length * (MAX_ROWS - fetched) / Math.max(rows, 1))));
    const chosen = buckets.slice(0, share);
    const theirs = await rowsOf(deps, place, chosen);
    fetched += theirs.length;
    const { writer, clock, log } = deps;
    const found = await writer.call('sync.repair', { cursor, place, buckets: chosen, rows: theirs, going, atMs: clock.nowMs() });
    log.warn({ place, buckets: chosen.length, ...found }, 'rows here differed from the province’s and were mended');
    if (chosen.length < buckets.length || fetched >= MAX_ROWS) return false;
  }
  return true;
}

async function rowsOf({ line, signal }: RepairDeps, place: string, buckets: number[]): Promise<Row[]> {
  const rows: Row[] = [];
  let after: string | undefined;
  for (;;) {
    const token = await line.open();
    const page = await called(line.client.sync.bucket({ place, buckets, ...(after === undefined ? {} : { after }) }, { context: { token }, signal }));
    rows.push(...page.rows);
    if (page.next === null) return rows;
    after = page.next;
  }
}
