import { z } from 'zod';
import { DataRequest, IDENTIFIED, REQUEST_KINDS, REQUEST_LIMITS, REQUEST_STATES } from './documents/request.ts';
import { Id } from './ids.ts';
import { SyncState } from './queue.ts';
import { wordOf } from './words.ts';

/** The form of a request as far as it has been typed; `records` are numbers of records, as people write them. */
export const RequestTyped = z.strictObject({
  kind: z.enum([...REQUEST_KINDS, '']).describe('empty: not chosen yet'), name: z.string().max(REQUEST_LIMITS.name), phone: z.string().max(REQUEST_LIMITS.phone), address: z.string().max(200), identified: z.enum(IDENTIFIED),
  words: z.string().max(REQUEST_LIMITS.text), records: z.string().max(600),
  received: z.string().max(20).default('').describe('dd/MM/yyyy HH:mm, empty: now; drafts of before lack it'),
});
export type RequestTyped = z.infer<typeof RequestTyped>;

/** A request as a line of their list: of who asks only what the list needs. */
export const RequestLine = z.object({
  id: Id, kind: wordOf(REQUEST_KINDS), name: z.string(), receivedAtMs: z.number(), dueAtMs: z.number().nullable(), state: wordOf(REQUEST_STATES), endedAtMs: z.number().nullable(), isForgotten: z.boolean(), sync: SyncState,
});
export type RequestLine = z.infer<typeof RequestLine>;

export const RequestDetail = z.object({
  request: DataRequest, sync: SyncState, names: z.record(z.string(), z.string()),
  records: z.array(z.object({ id: Id, no: z.string() })).describe('those of its records that are here'), mayHandle: z.boolean(),
});
export type RequestDetail = z.infer<typeof RequestDetail>;

/** Every request that is open, and the newest of those that have ended; `left`: how many of these were not given. */
export const RequestList = z.object({ lines: z.array(RequestLine), left: z.number().int() });
export type RequestList = z.infer<typeof RequestList>;
/** Ended requests that the list shows at first, and more of them each time. */
export const ENDED_SHOWN = 50;

/** How many wait for an answer, and how many of them for too long. */
export const RequestNews = z.object({ open: z.number().int(), overdue: z.number().int() });
export type RequestNews = z.infer<typeof RequestNews>;
