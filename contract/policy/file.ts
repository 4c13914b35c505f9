import type { Id } from '../ids.ts';
import { isSound } from '../sound.ts';
import { civilDate, dayOfDate } from './calendar.ts';
import { PolicyPack } from './pack.ts';

/** The largest file that is looked at; a pack is some 30 KB. */
export const MAX_POLICY_FILE_BYTES = 1024 * 1024;
const MAX_LEVELS = 12;

/** Why a file is no pack: too large, no JSON, nothing like a pack, without a day, or with a value that cannot stand at `place`. */
export interface FileFault { why: 'large' | 'json' | 'shape' | 'day' | 'value'; place: string; message: string }

/** The pack as a file to be edited: without the id, which each issue gets anew; its day as yyyy-MM-dd. */
export function policyFileText({ id: _, effectiveFromMs, ...rest }: PolicyPack): string {
  return `${JSON.stringify({ ...rest, effectiveFrom: civilDate(effectiveFromMs) }, null, 2)}\n`;
}

/**
 * Reads a file that `policyFileText` may have written and anybody may have edited. What is no part of a pack is left out.
 *
 * @param id that the pack gets
 * @param nowMs when it comes into force, where the file itself names no day from now on
 */
export function readPolicyText(text: string, { id, nowMs }: { id: Id; nowMs: number }): { pack: PolicyPack } | FileFault {
  if (text.length > MAX_POLICY_FILE_BYTES) return { why: 'large', place: '', message: '' };
  const given = parsed(text);
  if (given === null) return { why: 'json', place: '', message: '' };
  if (typeof given !== 'object' || Array.isArray(given) || !isSound(given, MAX_LEVELS)) return { why: 'shape', place: '', message: '' };
  const { effectiveFrom, ...rest } = given as Record<string, unknown>;
  const dayMs = typeof effectiveFrom === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(effectiveFrom) ? dayOfDate(effectiveFrom) : Number.NaN;
  if (Number.isNaN(dayMs) || civilDate(dayMs) !== effectiveFrom) return { why: 'day', place: 'effectiveFrom', message: '' };
  const pack = PolicyPack.safeParse({ ...rest, id, effectiveFromMs: Math.max(dayMs, nowMs) });
  return pack.success ? { pack: pack.data } : { why: 'value', place: pack.error.issues[0]?.path.map(String).join('.') ?? '', message: pack.error.issues[0]?.message ?? '' };
}

function parsed(text: string): unknown {
  try {
    // A byte order mark is what some editors begin a file with.
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    return null;
  }
}
