import { z } from 'zod';
import type { Issue } from '../issue.ts';
import type { Facts, LostValue } from '../mutations/facts.ts';
import { applyIssueMutation } from '../mutations/issue.ts';
import { PAYLOADS, type MutationName, type PayloadOf } from '../mutations/payloads.ts';
import { isKnown } from '../words.ts';
import { DOCUMENT_KINDS, refuse, type DocumentKind } from './document.ts';
import { ATTEND_STEPS } from './duty-attend-steps.ts';
import { ATTEND_PAYLOADS } from './duty-attendance.ts';
import { DutyRoster, DUTY_PAYLOADS, DUTY_STEPS } from './duty-roster.ts';
import { Handover, HANDOVER_PAYLOADS, HANDOVER_STEPS } from './handover.ts';
import { DataRequest, REQUEST_PAYLOADS, REQUEST_STEPS } from './request.ts';
import { SharedView, VIEW_PAYLOADS, VIEW_STEPS } from './view.ts';

/** The intents of documents and their payloads. The name and its shape are versioned together, as those of records are. */
export const DOCUMENT_PAYLOADS = { ...VIEW_PAYLOADS, ...HANDOVER_PAYLOADS, ...REQUEST_PAYLOADS, ...DUTY_PAYLOADS, ...ATTEND_PAYLOADS } as const;
export type DocumentIntent = keyof typeof DOCUMENT_PAYLOADS;
export const DOCUMENT_INTENTS = Object.keys(DOCUMENT_PAYLOADS) as DocumentIntent[];

/** The shape of each kind; a row of a later version may have more, which is kept. */
export const DOCUMENT_SCHEMAS = { view: SharedView, handover: Handover, request: DataRequest, roster: DutyRoster } as const;
export type DocumentOf<K extends DocumentKind> = z.infer<(typeof DOCUMENT_SCHEMAS)[K]>;
export type Document = DocumentOf<DocumentKind>;

/** Everything that a workstation writes: records, and documents beside them. */
export type IntentName = MutationName | DocumentIntent;
export type Written = Issue | Document;
export const INTENT_PAYLOADS = { ...PAYLOADS, ...DOCUMENT_PAYLOADS } as const;
export const INTENT_NAMES = Object.keys(INTENT_PAYLOADS) as IntentName[];
export type IntentPayload<N extends IntentName> = z.infer<(typeof INTENT_PAYLOADS)[N]>;

/** Kinds of rows that belong to a site and its lines: whoever sees neither does not get them. All others are everyone's. */
export const PLACED_KINDS = ['issue', ...DOCUMENT_KINDS] as const;
export type PlacedKind = (typeof PLACED_KINDS)[number];

/** The kind of rows that an intent is about: what stands before the point of its name. Anything unknown is a record's. */
export function kindOf(name: string): PlacedKind {
  const kind = name.slice(0, name.indexOf('.'));
  return isKnown(PLACED_KINDS, kind) ? kind : 'issue';
}

export function isDocumentIntent(name: string): name is DocumentIntent {
  return isKnown(DOCUMENT_INTENTS, name);
}

type AnyStep = (row: Document | undefined, payload: unknown, facts: Facts) => Document;
const STEPS = { ...VIEW_STEPS, ...HANDOVER_STEPS, ...REQUEST_STEPS, ...DUTY_STEPS, ...ATTEND_STEPS } as unknown as Readonly<Record<DocumentIntent, AnyStep>>;

/**
 * What one intent does to a record or a document: the single rule that console and province both run. Pure.
 *
 * @param payload already parsed by `INTENT_PAYLOADS[name]`
 * @throws {AppError} the refusal
 */
export function applyIntent(name: IntentName, row: Written | undefined, payload: IntentPayload<IntentName>, facts: Facts): { row: Written; lost: LostValue[] } {
  if (!isDocumentIntent(name)) return applyIssueMutation(name, row as Issue | undefined, payload as PayloadOf<MutationName>, facts);
  const before = row as Document | undefined;
  if (before !== undefined && before.history.length >= MAX_ENTRIES) refuse('issue/history-full', { limit: MAX_ENTRIES });
  return { row: STEPS[name](before, payload, facts), lost: [] };
}

/** A document comes down whole with each of its changes. */
const MAX_ENTRIES = 200;
