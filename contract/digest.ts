import type { Id } from './ids.ts';

/**
 * What console and province compare to know that they hold the same: of each place the number of rows and the sum, modulo 2^64,
 * of the first 8 bytes of md5(`id:version`) of its rows. A place is a site with its records, or everything else together;
 * a kind of rows that a later version adds belongs to the latter, where an earlier console counts it.
 */
export const ORGANISATION = 'organisation';

/** The rows of a place by the last byte of their id. */
export const BUCKETS = 256;

export function bucketOf(id: Id): number {
  return Number.parseInt(id.slice(-2), 16);
}
