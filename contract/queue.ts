import { z } from 'zod';
import { Id } from './ids.ts';
import { IssueState, SEVERITIES, Severity, STATES } from './issue.ts';
import { Service, SERVICES } from './org.ts';
import { wordOf } from './words.ts';

/** What a queue view shows; every part narrows. Text finds words with or without accents, and digits of phones and numbers. */
export const QueueFilter = z.object({
  open: z.boolean().nullable().default(true), services: z.array(Service).default([]), states: z.array(IssueState).default([]),
  severities: z.array(Severity).default([]), siteId: Id.nullable().default(null), areaId: Id.nullable().default(null),
  leadUnitId: Id.nullable().default(null), mine: z.boolean().default(false), overdue: z.boolean().default(false),
  text: z.string().max(200).default(''),
});
export type QueueFilter = z.infer<typeof QueueFilter>;

/** `urgency`: severity, then due time. Ties always break by arrival, so that a view has one order. */
export const QueueSort = z.object({ by: z.enum(['urgency', 'receivedAt', 'dueAt', 'state', 'service']), descending: z.boolean() });
export type QueueSort = z.infer<typeof QueueSort>;

/** Where a record's changes are. `saved`: on this machine, not yet tried; `waiting`: being sent; `sent`: nothing to send; `refused`. */
export const SyncState = z.enum(['saved', 'waiting', 'sent', 'refused']);
export type SyncState = z.infer<typeof SyncState>;

/** A page of a view, column by column (smaller and faster to parse than objects). No personal data. */
export const QueuePage = z.object({
  id: z.array(Id), service: z.array(wordOf(SERVICES)), displayNo: z.array(z.string().nullable()), provisionalNo: z.array(z.string()),
  severity: z.array(wordOf(SEVERITIES)), state: z.array(wordOf(STATES)), description: z.array(z.string()), place: z.array(z.string()),
  receivedAtMs: z.array(z.number()), dueAtMs: z.array(z.number().nullable()),
  warnAtMs: z.array(z.number().nullable()).describe('from then on it is soon due'), isPart: z.array(z.boolean()).describe('another record stands for its case'), sync: z.array(SyncState),
  /** The row no longer matches the view's filter; it keeps its place until the operator asks for a new list. */
  gone: z.array(z.boolean()),
});
export type QueuePage = z.infer<typeof QueuePage>;

export const QueueView = z.object({ viewId: z.string(), total: z.number().int(), madeAtMs: z.number() });
export type QueueView = z.infer<typeof QueueView>;

/** Counts for tabs and filters; null while the sheet is loading. */
export const QueueCounts = z.object({
  open: z.number(), mine: z.number(), overdue: z.number(), toVerify: z.number(),
  byService: z.record(z.string(), z.number()), byState: z.record(z.string(), z.number()),
}).nullable();
export type QueueCounts = z.infer<typeof QueueCounts>;

/** A hit of the command bar. `exact`: found with its accents as typed. */
export const SearchHit = z.object({
  id: Id, service: wordOf(SERVICES), displayNo: z.string().nullable(), provisionalNo: z.string(), severity: wordOf(SEVERITIES), state: wordOf(STATES),
  description: z.string(), place: z.string(), exact: z.boolean(),
});
export type SearchHit = z.infer<typeof SearchHit>;
