import { decodeColumns } from './columns/decode.ts';
import { encodeColumns } from './columns/encode.ts';
import { AppError } from './errors.ts';
import { MAX_PUSH_MUTATIONS, type Mutation } from './province.ts';

/** The body of a push by columns, beside `application/json`: what mutations share is written once, ids as their bits. */
export const PUSH_MEDIA_TYPE = 'application/vnd.ioc.columns-1';

/** The bytes of a push, before they are compressed: for a thousand edits three fifths of what JSON takes after it. */
export function pushBodyOf(mutations: readonly Mutation[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(encodeColumns(mutations));
}

/**
 * What a push holds, unchecked, as if it had come as JSON.
 *
 * @param maxUnits how much it may come to: some units per value, one per UTF-16 unit of its text and keys
 * @throws {AppError} `input/invalid` when these are no columns, or too much
 */
export function readPushBody(bytes: Uint8Array, maxUnits: number): { mutations: Record<string, unknown>[] } {
  const mutations: Record<string, unknown>[] = [];
  try {
    for (const mutation of decodeColumns(bytes, maxUnits)) {
      if (mutations.push(mutation) > MAX_PUSH_MUTATIONS) break;
    }
  } catch (cause) {
    throw new AppError('input/invalid', { field: 'body' }, { cause });
  }
  if (mutations.length > MAX_PUSH_MUTATIONS) throw new AppError('input/invalid', { field: 'mutations' });
  return { mutations };
}
