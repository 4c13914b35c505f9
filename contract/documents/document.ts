import { z } from 'zod';
import { AppError, type ErrorCode, type ErrorFacts } from '../errors.ts';
import { Id } from '../ids.ts';
import type { Actor, Facts } from '../mutations/facts.ts';
import { SERVICES, inScope, type Service } from '../org.ts';
import { wordOf } from '../words.ts';

/**
 * What people of a site write beside records, and what replicates like them: up as intents, down as rows, to whoever sees the site and
 * one of the lines. Each kind has a schema, intents of its own and rules (`apply.ts`).
 */
export const DOCUMENT_KINDS = ['view', 'handover', 'request', 'roster'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** Who did what to a document, and when (device time corrected by the last known server offset, ms). */
export const DocumentEntry = z.object({ atMs: z.number(), byId: Id, deviceId: Id, action: z.string().max(60), arrivedAtMs: z.number().optional() });
export type DocumentEntry = z.infer<typeof DocumentEntry>;

/** What every document has; a document of a later version may have more, which is kept. `version` is the province's seq of its last change, 0 before the province knows it. */
export const DOCUMENT = {
  id: Id, siteId: Id, lines: z.array(wordOf(SERVICES)).min(1).max(SERVICES.length), history: z.array(DocumentEntry).max(200), version: z.number(),
} as const;
export interface AnyDocument { id: Id; siteId: Id; lines: readonly Service[]; history: readonly DocumentEntry[]; version: number }

export function refuse(code: ErrorCode, facts: ErrorFacts = {}): never {
  throw new AppError(code, facts);
}

/** A line of a document's history, by whoever acts. */
export function documentEntry(facts: Facts, action: string): DocumentEntry {
  const arrived = facts.arrivedAtMs === null ? {} : { arrivedAtMs: facts.arrivedAtMs };
  return { atMs: facts.atMs, byId: facts.actor.personId, deviceId: facts.deviceId, action, ...arrived };
}

/** Whether someone works at the site and at one of the lines of a document. */
export function sees({ scope }: Pick<Actor, 'scope'>, { siteId, lines }: Pick<AnyDocument, 'siteId' | 'lines'>): boolean {
  return lines.some(service => inScope(scope, { siteId, service }));
}

/** Whether someone works at the site and at every line of a document. */
export function worksAll({ scope }: Pick<Actor, 'scope'>, { siteId, lines }: Pick<AnyDocument, 'siteId' | 'lines'>): boolean {
  return lines.every(service => inScope(scope, { siteId, service }));
}

/** Lines in their usual order, each once. */
export function ordered(lines: readonly Service[]): Service[] {
  return SERVICES.filter(service => lines.includes(service));
}
