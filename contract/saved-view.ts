import { z } from 'zod';
import { Id } from './ids.ts';
import { QueueFilter, SORTS, type QueueSort } from './queue.ts';
import { isKnown, wordOf } from './words.ts';

/** The columns that a list of the queue can have, in their usual order; the first six are shown unless a view says otherwise. */
export const QUEUE_COLUMNS = ['severity', 'number', 'content', 'state', 'due', 'sync', 'received', 'category', 'area', 'unit', 'author'] as const;
export type QueueColumn = (typeof QUEUE_COLUMNS)[number];

/** A shown column and its width in px at text size 100 %; null: its own. */
export const ViewColumn = z.object({ id: wordOf(QUEUE_COLUMNS), width: z.number().min(24).max(1_200).nullable() });
export type ViewColumn = z.infer<typeof ViewColumn>;

/** Whose a view is: one person's, or everybody's at a site. Whoever may share (`view.share`) makes and changes the second kind. */
export const VIEW_SCOPES = ['personal', 'site'] as const;

/** What a person gives a view: its name and what it shows. What a newer version has added inside the filter is kept. */
export const ViewBody = z.object({
  name: z.string().trim().min(1).max(60), filter: QueueFilter.loose(),
  sort: z.object({ by: wordOf(SORTS), descending: z.boolean() }), columns: z.array(ViewColumn).max(40),
});
export type ViewBody = z.infer<typeof ViewBody>;

/** A kept list of the queue: of this workstation's people, or of everybody at a site (documents/view.ts), in the same shape. */
export const SavedView = ViewBody.extend({ id: Id, scope: wordOf(VIEW_SCOPES), siteId: Id, ownerId: Id, savedAtMs: z.number() });
export type SavedView = z.infer<typeof SavedView>;

/** The views that a person can pick, by name, and the one with which the queue opens. */
export const SavedViews = z.object({ views: z.array(SavedView), defaultId: Id.nullable(), mayShare: z.boolean() });
export type SavedViews = z.infer<typeof SavedViews>;

/** The parts of a view's filter that only a newer version understands: here they do not narrow. */
export function newerParts(filter: ViewBody['filter']): string[] {
  return Object.keys(filter).filter(key => !(key in QueueFilter.shape));
}

/** The view's order as this version knows it; a newer one's is by urgency. */
export function sortOf({ by, descending }: ViewBody['sort']): QueueSort {
  return isKnown(SORTS, by) ? { by, descending } : { by: 'urgency', descending: false };
}
