import { z } from 'zod';
import { Id } from './ids.ts';

/**
 * When a page said something, among all that it has said. As it goes two roads lead from it to the core, and the one that it spoke on first may be the
 * slower: of what it says of one place, only what it said last counts. Other pages, and those after it, have turns of their own.
 */
export const Turn = z.strictObject({ page: Id, n: z.number().int().min(0) });
export type Turn = z.infer<typeof Turn>;

/** What has been kept is called by the turn that has kept it: otherwise each time. */
export function revisionOf({ page, n }: Turn): string {
  return `${page} ${n}`;
}

/** Whether a page has kept it. */
export function isOfPage(revision: string, page: Id): boolean {
  return revision.startsWith(`${page} `);
}
