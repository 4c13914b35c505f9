import { z } from 'zod';
import { Id } from './ids.ts';
import { SEVERITIES, STATES } from './issue.ts';
import { SERVICES } from './org.ts';
import { wordOf } from './words.ts';

/** Open records that the board lists at most; the rest is a number. */
export const WALL_ROWS = 7;

/** What stands on the wall of a centre: numbers, kinds and places of work, and nothing that tells of a person. */
export const Wallboard = z.object({
  atMs: z.number(), siteName: z.string(),
  lines: z.array(z.object({ service: wordOf(SERVICES), open: z.number().int(), today: z.number().int(), overdue: z.number().int() })),
  /** Open P1 and P2, most urgent first. */
  urgent: z.object({ total: z.number().int(), overdue: z.number().int() }),
  rows: z.array(z.object({
    id: Id, service: wordOf(SERVICES), severity: wordOf(SEVERITIES), state: wordOf(STATES), no: z.string(), category: z.string(),
    area: z.string(), site: z.string(), receivedAtMs: z.number(), dueAtMs: z.number().nullable(), warnAtMs: z.number().nullable(),
  })),
  /** Where the work is: the district of the commune, else where it was received. */
  sites: z.array(z.object({ name: z.string(), open: z.number().int(), overdue: z.number().int() })),
}).nullable().describe('null while the list of records is still being read');
export type Wallboard = z.infer<typeof Wallboard>;
