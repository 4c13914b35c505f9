import { z } from 'zod';
import { AppErrorData } from './errors.ts';
import { Id } from './ids.ts';

export const ImportFormat = z.enum(['open311-xml', 'open311-json', 'csv']);
/**
 * What an import did not take as it stood: a line's `warnings` are `code:field`, the field named as in the source; of a
 * replaced service or severity the file's word instead, of an ambiguous area its full names. The text itself is in the record's `original`.
 */
export const IMPORT_WARNINGS = [
  'time-without-zone', 'value-not-understood', 'service-replaced', 'severity-replaced', 'area-ambiguous', 'place-unknown', 'description-missing', 'too-long', 'status-not-taken', 'field-unknown', 'markup-mended',
] as const;
export const ImportLine = z.object({
  line: z.number().int(), status: z.enum(['imported', 'already-there', 'refused']), ref: z.string(), issueId: Id.nullable(),
  error: AppErrorData.nullable(), warnings: z.array(z.string()),
});
export type ImportLine = z.infer<typeof ImportLine>;
export const ImportJob = z.object({
  id: Id, fileName: z.string(), format: ImportFormat.nullable(), status: z.enum(['receiving', 'running', 'done', 'cancelled', 'failed']),
  bytes: z.number(), bytesDone: z.number(), imported: z.number().int(), alreadyThere: z.number().int(), refused: z.number().int(),
  error: AppErrorData.nullable(), startedAtMs: z.number(), endedAtMs: z.number().nullable(),
});
export type ImportJob = z.infer<typeof ImportJob>;
