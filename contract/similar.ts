import { z } from 'zod';
import { Id } from './ids.ts';
import { CLASSES, LIMITS, SEVERITIES, STATES } from './issue.ts';
import { Service, SERVICES } from './org.ts';
import { wordOf } from './words.ts';

/** What is known so far of a record whose like is looked for; `id` is itself, never its own like. */
export const SimilarInput = z.object({
  id: Id, service: Service, category: z.string().max(40), areaId: Id.nullable(), lat: z.number().min(-90).max(90).nullable(), lon: z.number().min(-180).max(180).nullable(),
  phone: z.string().max(LIMITS.phone), text: z.string().max(LIMITS.description + LIMITS.placeText + LIMITS.landmark), receivedAtMs: z.number(),
});
export type SimilarInput = z.infer<typeof SimilarInput>;

/** How alike two reports are: `much`, `some`, `little`. */
export const LIKENESS = ['much', 'some', 'little'] as const;
export type Likeness = (typeof LIKENESS)[number];

/** A record that may be of the same event (Q4.5), without a word of its reporter but whether the phone is the same. */
export const SimilarRecord = z.object({
  id: Id, class: wordOf(CLASSES), service: wordOf(SERVICES), displayNo: z.string().nullable(), provisionalNo: z.string(), severity: wordOf(SEVERITIES), state: wordOf(STATES),
  description: z.string(), place: z.string(), receivedAtMs: z.number(), lat: z.number().nullable(), lon: z.number().nullable(),
  distanceM: z.number().nullable(), samePhone: z.boolean(), likeness: z.enum(LIKENESS), isOpen: z.boolean(), files: z.number().int(),
});
export type SimilarRecord = z.infer<typeof SimilarRecord>;

const STOP_WORDS: ReadonlySet<string> = new Set(['va', 'o', 'co', 'la', 'bi', 'cua', 'cho', 'tai', 'dang', 'da', 'nguoi', 'mot', 'hai', 'khong', 'duong', 'xa', 'phuong', 'ap', 'gan', 'tu', 'den', 'voi', 'trong', 'ngoai', 'nay', 'do', 'rat', 'nhieu', 'thi']);

/** The words by which two stories are compared: folded, without those that say nothing, at most 120. */
export function tellingWords(folded: string): Set<string> {
  return new Set(folded.split(/[^\p{L}\p{N}]+/u).filter(word => word.length > 1 && !STOP_WORDS.has(word)).slice(0, 120));
}

/** How much two sets of words share, 0…1: what both have, of the smaller. */
export function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [few, many] = a.size <= b.size ? [a, b] : [b, a];
  if (few.size === 0) return 0;
  let both = 0;
  for (const word of few) if (many.has(word)) both += 1;
  return both / few.size;
}

/** What one report has in common with another, each 0…1; `near` null: one of them has no point. */
export interface Common { near: number | null; soon: number; words: number; sameFamily: boolean; samePhone: boolean }

/**
 * Points of likeness. The weights are ours: an operator judges, this only sorts what is shown first; below `little` nothing is
 * shown at all.
 */
export function likenessOf({ near, soon, words, sameFamily, samePhone }: Common): { points: number; likeness: Likeness | null } {
  const points = (near ?? 0) * 3 + soon * 1.5 + words * 3 + (sameFamily ? 1.5 : 0) + (samePhone ? 3 : 0);
  const hint = samePhone || (near ?? 0) > 0 || words >= 0.34;
  if (!hint || points < 2.2) return { points, likeness: null };
  return { points, likeness: points >= 5.5 ? 'much' : points >= 3.8 ? 'some' : 'little' };
}
