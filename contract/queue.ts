import { z } from 'zod';
import { Id } from './ids.ts';
import { SEVERITIES, STATES } from './issue.ts';
import { SERVICES } from './org.ts';
import { wordOf } from './words.ts';

/** The longest text that is searched for. */
export const SEARCH_CHARS = 200;

/**
 * What a queue view shows; every part narrows. A word that only a newer version knows stands for every record in such a word.
 * Received: from the first instant to before the second. Text finds words with or without accents, and digits of phones and numbers.
 */
export const QueueFilter = z.object({
  open: z.boolean().nullable().default(true), services: z.array(wordOf(SERVICES)).max(60).default([]), states: z.array(wordOf(STATES)).max(60).default([]),
  severities: z.array(wordOf(SEVERITIES)).max(60).default([]), siteId: Id.nullable().default(null), areaId: Id.nullable().default(null),
  leadUnitId: Id.nullable().default(null), categories: z.array(z.string().max(40)).max(60).default([]),
  receivedFromMs: z.number().int().nullable().default(null), receivedToMs: z.number().int().nullable().default(null),
  mine: z.boolean().default(false), overdue: z.boolean().default(false),
  toSurvey: z.boolean().default(false).describe('closed, and the survey of its reporter is waited for (policy/survey.ts)'),
  text: z.string().max(SEARCH_CHARS).default(''),
});
export type QueueFilter = z.infer<typeof QueueFilter>;

export const SORTS = ['urgency', 'receivedAt', 'dueAt', 'state', 'service'] as const;

/** `urgency`: severity, then due time. Ties always break by arrival, so that a view has one order. */
export const QueueSort = z.object({ by: z.enum(SORTS), descending: z.boolean() });
export type QueueSort = z.infer<typeof QueueSort>;

/** Where a record's changes are. `saved`: on this machine, not yet tried; `waiting`: being sent; `sent`: nothing to send; `refused`. */
export const SyncState = z.enum(['saved', 'waiting', 'sent', 'refused']);
export type SyncState = z.infer<typeof SyncState>;

/** Columns that a page brings only when it is asked for them: names of the directory, and the category's code. */
export const EXTRA_COLUMNS = ['category', 'areaName', 'unitName', 'authorName'] as const;
export const ExtraColumn = z.enum(EXTRA_COLUMNS);
export type ExtraColumn = z.infer<typeof ExtraColumn>;
const Names = z.array(z.string()).optional();

/** A page of a view, column by column (smaller and faster to parse than objects). No personal data of reporters. */
export const QueuePage = z.object({
  id: z.array(Id), service: z.array(wordOf(SERVICES)), displayNo: z.array(z.string().nullable()), provisionalNo: z.array(z.string()),
  severity: z.array(wordOf(SEVERITIES)), state: z.array(wordOf(STATES)), description: z.array(z.string()), place: z.array(z.string()),
  receivedAtMs: z.array(z.number()), dueAtMs: z.array(z.number().nullable()),
  warnAtMs: z.array(z.number().nullable()).describe('from then on it is soon due'), isPart: z.array(z.boolean()).describe('another record stands for its case'), sync: z.array(SyncState),
  /** The row no longer matches the view's filter; it keeps its place until the operator asks for a new list. */
  gone: z.array(z.boolean()),
  /** The row is among those chosen for a bulk action. */
  chosen: z.array(z.boolean()),
  category: Names, areaName: Names, unitName: Names, authorName: Names,
});
export type QueuePage = z.infer<typeof QueuePage>;

export const QueueView = z.object({ viewId: z.string(), total: z.number().int(), chosen: z.number().int(), madeAtMs: z.number() });
export type QueueView = z.infer<typeof QueueView>;

/** Chooses or lets go of the rows of a view from one place to another, both included; what lies beyond its end is nothing. */
export const ChoiceStep = z.strictObject({ from: z.number().int().min(0), to: z.number().int().min(0), chosen: z.boolean() });
export type ChoiceStep = z.infer<typeof ChoiceStep>;

/** Counts for tabs and filters; null while the sheet is loading. */
export const QueueCounts = z.object({
  open: z.number(), mine: z.number(), overdue: z.number(), toVerify: z.number(), toSurvey: z.number(),
  byService: z.record(z.string(), z.number()), byState: z.record(z.string(), z.number()),
}).nullable();
export type QueueCounts = z.infer<typeof QueueCounts>;

/** A hit of the command bar. `exact`: found with its accents as typed. */
export const SearchHit = z.object({
  id: Id, service: wordOf(SERVICES), displayNo: z.string().nullable(), provisionalNo: z.string(), severity: wordOf(SEVERITIES), state: wordOf(STATES),
  description: z.string(), place: z.string(), exact: z.boolean(), isPart: z.boolean().describe('another record stands for its case'),
});
export type SearchHit = z.infer<typeof SearchHit>;
