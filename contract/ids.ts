import { v7 } from 'uuid';
import { z } from 'zod';

/** A UUIDv7 in its canonical lower-case text form; made by whoever creates the row, online or not. */
export const Id = z.uuid().lowercase();
export type Id = z.infer<typeof Id>;

/**
 * A new row id. Rising with time, so that indexes stay compact.
 *
 * @param nowMs milliseconds since the epoch, put into the id's first 48 bits
 */
export function newId(nowMs: number): Id {
  return v7({ msecs: nowMs });
}
