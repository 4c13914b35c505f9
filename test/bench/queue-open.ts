import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Issue } from '../../contract/issue.ts';
import type { Row } from '../../contract/province.ts';
import { openDatabase } from '../../db/open.ts';
import { readPeople, readSites } from '../../db/stores/org.ts';
import { startWriter } from '../../db/writer.ts';
import { hashPassword } from '../../main/auth/password.ts';
import { makeIssues, makeSample, SAMPLE_SEED } from '../../province/sample.ts';
import type { Desk } from './desk.ts';

const NEWEST = 100_000_000;
const DAY_MS = 86_400_000;

/** Does something to a copy of the desk, which goes afterwards. */
export async function onCopy<T>(desk: Desk, work: (copy: Desk) => Promise<T>): Promise<T> {
  const dataDir = `${desk.dataDir}.copy`;
  rmSync(dataDir, { recursive: true, force: true });
  cpSync(desk.dataDir, dataDir, { recursive: true });
  try {
    return await work({ ...desk, dataDir });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Lets a shift leader of the province sign in without a link: the desk's administrator may not edit records. @returns the account */
export async function letIn({ dataDir, keyHex, password }: Desk): Promise<string> {
  const file = join(dataDir, 'console.db');
  const db = openDatabase({ file, keyHex, role: 'reader' });
  const province = readSites(db).find(site => site.tier === 'province')?.id;
  const leader = readPeople(db).find(person => person.roles.includes('ca_truong') && person.services.length === 0 && person.siteId === province);
  db.close();
  if (leader === undefined) throw new Error('the sample has a shift leader');
  const writer = await startWriter({ file, keyHex, thread: false });
  await writer.call('auth.saveVerifier', { personId: leader.id, login: leader.login, ...await hashPassword(password), validUntilMs: Date.now() + DAY_MS });
  await writer.close();
  return leader.login;
}

/**
 * Has records come from the province that are open: the sample's are nearly all closed.
 *
 * @param seed other records each time
 * @param more what each of them has beside that
 */
export async function addOpen({ dataDir, keyHex }: Desk, count: number, seed: number, more: Partial<Issue> = {}): Promise<void> {
  const writer = await startWriter({ file: join(dataDir, 'console.db'), keyHex, thread: false });
  const nowMs = Date.now();
  const open = [...makeIssues(seed, count, makeSample({ seed: SAMPLE_SEED, size: 'small', nowMs, issues: 0 }), nowMs)];
  const rows = open.map((issue, i): Row => ({ kind: 'issue', id: issue.id, seq: NEWEST + i, deleted: false, data: { ...issue, state: 'received', receivedAtMs: nowMs - i, version: NEWEST + i, ...more } }));
  await writer.call('sync.applyPage', { rows, cursor: 'bench.1.1.2', verdicts: [], atMs: nowMs });
  await writer.close();
}
