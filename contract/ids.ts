import { v7 } from 'uuid';
import { z } from 'zod';

/**
 * A UUIDv7 in its canonical lower-case text form; made by whoever creates the row, online or not. One expression says both:
 * a record has some twenty ids, and a first copy twenty thousand records.
 */
export const Id = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
export type Id = z.infer<typeof Id>;

/**
 * A new row id. Rising with time, so that indexes stay compact.
 *
 * @param nowMs milliseconds since the epoch, put into the id's first 48 bits
 */
export function newId(nowMs: number): Id {
  return v7({ msecs: nowMs });
}

/** Who stands in the history, as author and as device, for what the province has done by itself. No person and no device has this id. */
export const PROVINCE_ITSELF: Id = '00000000-0000-7000-8000-000000000001';
