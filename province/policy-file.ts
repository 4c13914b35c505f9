import { readFile, writeFile } from 'node:fs/promises';
import { AppError } from '../contract/errors.ts';
import { newId } from '../contract/ids.ts';
import { PolicyPack } from '../contract/policy/pack.ts';
import { civilDate } from '../contract/policy/calendar.ts';

/** A pack as an administrator edits it: without the id, which each issue gets anew; its day as yyyy-MM-dd. */
type Edited = Omit<PolicyPack, 'id' | 'effectiveFromMs'> & { effectiveFrom: string };

/** Writes the pack in a form to be edited; the day on which it came into force stands in it as an example. */
export async function writePolicyFile(path: string, { id: _, effectiveFromMs, ...rest }: PolicyPack): Promise<void> {
  const edited: Edited = { ...rest, effectiveFrom: civilDate(effectiveFromMs) };
  await writeFile(path, `${JSON.stringify(edited, null, 2)}\n`, { flag: 'wx' }).catch((cause: unknown) => { throw unusable(path, 'không ghi được, hoặc tệp đã có', cause); });
}

/**
 * Reads an edited pack.
 *
 * @param fromMs when it comes into force, where the file itself names no day from now on
 * @throws {AppError} 'input/invalid' {field, reason} with the place in the file that is wrong
 */
export async function readPolicyFile(path: string, nowMs: number): Promise<PolicyPack> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => { throw unusable(path, 'không đọc được tệp', cause); });
  const given = parsed(path, text);
  const { effectiveFrom, ...rest } = given;
  const day = typeof effectiveFrom === 'string' ? Date.parse(`${effectiveFrom}T00:00:00+07:00`) : Number.NaN;
  if (Number.isNaN(day)) throw unusable(path, 'effectiveFrom phải là ngày dạng 2026-12-01');
  const pack = PolicyPack.safeParse({ ...rest, id: newId(nowMs), effectiveFromMs: Math.max(day, nowMs) });
  if (!pack.success) throw unusable(path, `${pack.error.issues[0]?.path.join('.') ?? ''}: ${pack.error.issues[0]?.message ?? ''}`);
  return pack.data;
}

function parsed(path: string, text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (cause) {
    throw unusable(path, 'không phải JSON', cause);
  }
  throw unusable(path, 'không phải một gói Quy chế');
}

function unusable(field: string, reason: string, cause?: unknown): AppError {
  return new AppError('input/invalid', { field, reason }, cause === undefined ? {} : { cause });
}
