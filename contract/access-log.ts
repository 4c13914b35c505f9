import { z } from 'zod';
import { Id } from './ids.ts';
import { Instant, LIMITS } from './issue.ts';
import { Scope } from './org.ts';
import { GROUNDS, REASON_CHARS } from './personal.ts';
import { wordOf } from './words.ts';

/** A push of the log holds at most so many lines. */
export const MAX_ACCESS_LINES = 500;

/**
 * One look at personal data: who, when, at which record, by what and why. `issueId` null: a list of `records` went out as a file, or, by its ground,
 * a request was read. `id` is made
 * where the look was: the same line twice is one.
 */
export const AccessLine = z.object({
  id: Id, atMs: Instant, personId: Id, issueId: Id.nullable(), ground: wordOf(GROUNDS), reason: z.string().max(REASON_CHARS.most), records: z.number().int().min(1),
});
export type AccessLine = z.infer<typeof AccessLine>;

/** What of the log is wanted; null: all. `issueNo` is a whole number of a record, final or provisional. */
export const AccessFilter = z.object({
  personId: Id.nullable(), issueNo: z.string().trim().max(LIMITS.sourceRef).nullable(), fromMs: Instant.nullable(), toMs: Instant.nullable(),
  grounds: z.array(wordOf(GROUNDS)).max(GROUNDS.length).nullable(),
});
export type AccessFilter = z.infer<typeof AccessFilter>;

/** Lines of one answer. */
export const ACCESS_PAGE = 50;
/** Where the next page begins, as the one before it said. */
const After = z.string().regex(/^\d{1,15} [0-9a-f-]{36}$/);

/** A line as it is read: with names, and whether the province has it (null: it says so itself). */
export const AccessEntry = AccessLine.extend({ personName: z.string(), issueNo: z.string(), station: z.string(), sent: z.boolean().nullable() });
export type AccessEntry = z.infer<typeof AccessEntry>;

/** The newest first; `next` null: there are no more. */
export const AccessPage = z.object({ entries: z.array(AccessEntry), next: After.nullable() });
export type AccessPage = z.infer<typeof AccessPage>;

/** What is asked of the province; `scope`: no more than the person may see, whatever the station may. */
export const AccessQuery = z.object({ filter: AccessFilter, after: After.nullable(), scope: Scope });
export type AccessQuery = z.infer<typeof AccessQuery>;

/** The same of this workstation, or of all of them by the province. */
export const AccessOrder = z.strictObject({ of: z.enum(['station', 'province']), filter: AccessFilter, after: After.nullable() });
/** `unsent`: lines of this workstation that the province does not have yet. */
export const AccessAnswer = AccessPage.extend({ unsent: z.number().int() });
export type AccessAnswer = z.infer<typeof AccessAnswer>;

/** Where a page goes on after this line. */
export function afterLine({ atMs, id }: Pick<AccessLine, 'atMs' | 'id'>): string {
  return `${atMs} ${id}`;
}

/** The moment and the line that a page goes on after; all of time for the first page. */
export function lineBefore(after: string | null): { atMs: number; id: Id } {
  const [atMs = '', id = ''] = (after ?? '').split(' ');
  return after === null ? { atMs: Number.MAX_SAFE_INTEGER, id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' } : { atMs: Number(atMs), id };
}
