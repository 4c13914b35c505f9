import { z } from 'zod';
import { AppError, AppErrorData } from './errors.ts';
import { Id, newId } from './ids.ts';
import { LIMITS, Severity, type Issue } from './issue.ts';
import { editableValue, same } from './mutations/issue.ts';
import type { EditableField, MutationName } from './mutations/payloads.ts';
import type { Category } from './policy/pack.ts';
import type { FieldChange } from './mutations/named-part.ts';

/** Records that one bulk action may be about, and how many of them are written in one transaction. */
export const BULK_LIMITS = { records: 2_000, batch: 200, undoMs: 10 * 60_000 } as const;

/** What the payloads need of the policy pack and the clock. */
export interface Known { categories: readonly Category[]; atMs: number }

/** One bulk action: the intent that it writes for each record, and what that says of one. */
export interface BulkAct {
  mutation: MutationName;
  /** Whether what it wrote can be taken back: an edit can, a step of the workflow or a line of history cannot. */
  canUndo: boolean;
  /**
   * The payload for one record, as a function of the record, from what the operator gave for all.
   *
   * @throws {AppError} `issue/bad-value` at once for what was given; from the function a refusal, or `issue/nothing-changed`
   */
  payloads: (given: unknown, known: Known) => (issue: Issue) => Record<string, unknown>;
}

function act<Given extends z.ZodType>(row: { mutation: MutationName; canUndo: boolean; given: Given; payload: (given: z.output<Given>, issue: Issue, known: Known) => Record<string, unknown> }): BulkAct {
  return {
    mutation: row.mutation, canUndo: row.canUndo,
    payloads(given, known) {
      const parsed = row.given.safeParse(given);
      if (!parsed.success) throw new AppError('issue/bad-value', { field: parsed.error.issues[0]?.path.join('.') ?? '' });
      return issue => row.payload(parsed.data, issue, known);
    },
  };
}

const note = z.string().trim().max(LIMITS.note);

/** Every bulk action, one row each. */
export const BULK = {
  classify: act({
    mutation: 'issue.edit', canUndo: true,
    given: z.strictObject({ severity: Severity.nullable(), category: z.string().max(40).nullable() }).refine(given => given.severity !== null || given.category !== null, { path: ['severity'] }),
    payload: ({ severity, category }, issue, { categories }) => {
      if (category !== null && !fits(category, issue, categories)) throw new AppError('issue/bad-value', { field: 'category' });
      return { fields: changes(issue, { ...(severity === null ? {} : { severity }), ...(category === null ? {} : { category }) }) };
    },
  }),
  startVerification: act({ mutation: 'issue.startVerification', canUndo: false, given: z.strictObject({}), payload: () => ({}) }),
  forward: act({
    mutation: 'issue.forward', canUndo: false,
    given: z.strictObject({ leadUnitId: Id, coUnitIds: z.array(Id).max(12), note }), payload: given => ({ ...given }),
  }),
  // Merging is taken back record by record (Tách), with its reason.
  link: act({
    mutation: 'issue.merge', canUndo: false, given: z.strictObject({ parentId: Id, note }),
    payload: (given, issue, { atMs }) => {
      if (issue.id === given.parentId) throw new AppError('issue/nothing-changed');
      return { ...given, edgeId: newId(atMs) };
    },
  }),
  remind: act({
    mutation: 'issue.remind', canUndo: false, given: z.strictObject({ note }),
    payload: (given, { leadUnitId }) => {
      if (leadUnitId === null) throw new AppError('issue/unit-unknown');
      return { ...given, unitId: leadUnitId, level: 0 };
    },
  }),
  note: act({ mutation: 'issue.note', canUndo: false, given: z.strictObject({ note: note.min(1) }), payload: given => ({ ...given }) }),
} satisfies Record<string, BulkAct>;
export type BulkAction = keyof typeof BULK;
export const BULK_ACTIONS = Object.keys(BULK) as BulkAction[];

function fits(category: string, { service }: Issue, categories: readonly Category[]): boolean {
  return categories.some(c => c.code === category && c.retired !== true && c.services.includes(service));
}

/** @throws {AppError} `issue/nothing-changed` when the record is so already */
function changes(issue: Issue, wanted: Partial<Record<EditableField, unknown>>): Record<string, FieldChange> {
  const all = Object.entries(wanted).map(([field, to]) => [field, { from: editableValue(issue, field as EditableField), to }] as const);
  const real = all.filter(([, { from, to }]) => !same(from, to));
  if (real.length === 0) throw new AppError('issue/nothing-changed');
  return Object.fromEntries(real);
}

/** What an edit of a bulk action set, by which its undoing recognises its own values; `atMs` is the edit's place in the history. */
export interface BulkUndo { atMs: number; byId: Id; deviceId: Id; fields: Record<string, FieldChange> }

/**
 * The edit that takes a bulk edit back, of the fields that nobody has changed since. `kept`: how many fields stay as they are.
 *
 * @throws {AppError} `bulk/changed-since` when none is left, or the edit itself is no longer in the record
 */
export function undoPayload(issue: Issue, { atMs, byId, deviceId, fields }: BulkUndo): { payload: Record<string, unknown>; kept: number } {
  const at = issue.history.findLastIndex(h => h.action === 'issue.edit' && h.atMs === atMs && h.byId === byId && h.deviceId === deviceId);
  if (at < 0) throw new AppError('bulk/changed-since');
  const later = new Set(issue.history.slice(at + 1).flatMap(h => h.fields ?? []));
  const all = Object.entries(fields);
  const ours = all.filter(([field, { to }]) => !later.has(field) && same(editableValue(issue, field as EditableField), to));
  if (ours.length === 0) throw new AppError('bulk/changed-since');
  return { payload: { fields: Object.fromEntries(ours.map(([field, { from, to }]) => [field, { from: to, to: from }])) }, kept: all.length - ours.length };
}

/** What a person has filled in for each action and not carried out; what has nothing in it is not there. */
export const BulkGiven = z.partialRecord(z.enum(BULK_ACTIONS as [BulkAction, ...BulkAction[]]), z.record(z.string(), z.unknown()));
export type BulkGiven = z.infer<typeof BulkGiven>;

/** What is to be done to all chosen records; `given` is judged by the action's own row. */
export const BulkRequest = z.strictObject({ action: z.enum(BULK_ACTIONS as [BulkAction, ...BulkAction[]]), given: z.record(z.string(), z.unknown()) });
export type BulkRequest = z.infer<typeof BulkRequest>;

/** One reason for which records are left as they are, how many, and the numbers of the first of them. */
export const BulkReason = AppErrorData.extend({ count: z.number().int(), samples: z.array(z.string()) });
export type BulkReason = z.infer<typeof BulkReason>;

/** What would happen now: to how many, how many are so already, and why others cannot. */
export const BulkPreview = z.object({ chosen: z.number().int(), will: z.number().int(), unchanged: z.number().int(), reasons: z.array(BulkReason) });
export type BulkPreview = z.infer<typeof BulkPreview>;

/** A bulk action under way or ended; `undoOf`: the one that it takes back. `partly`: undone but for fields that someone has changed since. */
export const BulkJob = z.object({
  id: Id, action: z.enum(BULK_ACTIONS as [BulkAction, ...BulkAction[]]), undoOf: Id.nullable(),
  status: z.enum(['running', 'done', 'cancelled', 'failed']),
  total: z.number().int(), done: z.number().int(), unchanged: z.number().int(), refused: z.number().int(), partly: z.number().int(),
  error: AppErrorData.nullable(), startedAtMs: z.number(), endedAtMs: z.number().nullable(),
  undoUntilMs: z.number().nullable().describe('null: cannot be taken back, or has been'),
});
export type BulkJob = z.infer<typeof BulkJob>;

/** Records that a bulk action left as they were, in the order of the list. */
export const BulkRefused = z.object({
  total: z.number().int(),
  lines: z.array(z.object({ issueId: Id, no: z.string(), description: z.string(), error: AppErrorData })),
});
export type BulkRefused = z.infer<typeof BulkRefused>;
