import { readFile, stat, writeFile } from 'node:fs/promises';
import { AppError } from '../contract/errors.ts';
import { newId } from '../contract/ids.ts';
import { MAX_POLICY_FILE_BYTES, policyFileText, readPolicyText, type FileFault } from '../contract/policy/file.ts';
import type { PolicyPack } from '../contract/policy/pack.ts';
import { withProposed } from '../contract/policy/proposed.ts';

/** Writes the pack in a form to be edited; the day on which it came into force stands in it as an example. */
export async function writePolicyFile(path: string, pack: PolicyPack): Promise<void> {
  await writeFile(path, policyFileText(withProposed(pack)), { flag: 'wx' }).catch((cause: unknown) => { throw unusable(path, 'không ghi được, hoặc tệp đã có', cause); });
}

/**
 * Reads an edited pack.
 *
 * @param nowMs when it comes into force, where the file itself names no day from now on
 * @throws {AppError} 'input/invalid' {field, reason} with the place in the file that is wrong
 */
export async function readPolicyFile(path: string, nowMs: number): Promise<PolicyPack> {
  const text = await readSome(path).catch((cause: unknown) => { throw unusable(path, 'không đọc được tệp', cause); });
  const read = readPolicyText(text, { id: newId(nowMs), nowMs });
  if ('pack' in read) return read.pack;
  throw unusable(path, FAULTS[read.why](read));
}

const FAULTS: Readonly<Record<FileFault['why'], (fault: FileFault) => string>> = {
  large: () => 'tệp quá lớn', json: () => 'không phải JSON', shape: () => 'không phải một gói Quy chế', day: () => 'effectiveFrom phải là ngày dạng 2026-12-01',
  value: ({ place, message }) => `${place}: ${message}`,
};

async function readSome(path: string): Promise<string> {
  if ((await stat(path)).size > MAX_POLICY_FILE_BYTES) return ' '.repeat(MAX_POLICY_FILE_BYTES + 1);
  return readFile(path, 'utf8');
}

function unusable(field: string, reason: string, cause?: unknown): AppError {
  return new AppError('input/invalid', { field, reason }, cause === undefined ? {} : { cause });
}
