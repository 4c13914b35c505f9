import { z } from 'zod';
import { AppErrorData } from './errors.ts';
import { Id } from './ids.ts';

/** A file that this workstation has made to go by USB; for information: what is in it is still waiting for its verdict. */
export const StickExport = z.object({
  name: z.string(), firstN: z.number().int(), lastN: z.number().int(), count: z.number().int(), bytes: z.number().int(), atMs: z.number(),
});
export type StickExport = z.infer<typeof StickExport>;
/** A file of another workstation on its way to the province by this one, which cannot read it. */
export const StickCarriedFile = z.object({
  id: Id, name: z.string(), stationCode: z.string(), firstN: z.number().int(), lastN: z.number().int(), count: z.number().int(), bytes: z.number().int(),
  takenAtMs: z.number(), status: z.enum(['waiting', 'answered', 'refused']), answerName: z.string().nullable(), error: AppErrorData.nullable(), endedAtMs: z.number().nullable(),
});
export type StickCarriedFile = z.infer<typeof StickCarriedFile>;
export const StickState = z.object({
  waiting: z.number().int().describe('changes without a verdict'), firstN: z.number().int().nullable(), lastN: z.number().int().nullable(), oldestAtMs: z.number().nullable(),
  hasKeys: z.boolean().describe('the province’s key is known: a file can be made'), exports: z.array(StickExport), carried: z.array(StickCarriedFile),
});
export type StickState = z.infer<typeof StickState>;
/** A file as text, to be saved by whoever asked for it. */
export const StickDownload = z.object({ name: z.string(), base64: z.string() });
/** What a file was, and what it has changed here. */
export const StickReceived = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('answer'), createdAtMs: z.number(), firstN: z.number().int(), lastN: z.number().int(), applied: z.number().int(), attention: z.number().int().describe('new in "needs you"'), rows: z.number().int(), waiting: z.number().int() }),
  z.object({ kind: z.literal('carried'), id: Id, stationCode: z.string(), firstN: z.number().int(), lastN: z.number().int(), count: z.number().int(), alreadyHere: z.boolean() }),
]);
export type StickReceived = z.infer<typeof StickReceived>;
