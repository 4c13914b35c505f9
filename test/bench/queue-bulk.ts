import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BulkJob } from '../../contract/bulk.ts';
import type { Severity } from '../../contract/issue.ts';
import type { Row } from '../../contract/province.ts';
import { QueueFilter } from '../../contract/queue.ts';
import { openDatabase } from '../../db/open.ts';
import { readPeople, readSites } from '../../db/stores/org.ts';
import { startWriter } from '../../db/writer.ts';
import { hashPassword } from '../../main/auth/password.ts';
import { makeIssues, makeSample, SAMPLE_SEED } from '../../province/sample.ts';
import { startConsole } from '../support/processes.ts';
import { connectWire, type ConsoleClient } from '../support/wire.ts';
import type { Desk } from './desk.ts';
import { percentile, round } from './statistics.ts';

const RECORDS = 500;
const NEWEST = 100_000_000;
/** A screen is told; asking without a pause would take the processor from the work that is measured. */
const ASK_EVERY_MS = 5;
const LEVELS: Severity[] = ['P1', 'P2', 'P3', 'P4', 'P1', 'P2', 'P3'];

/**
 * Bulk actions of an operator on the first 500 open records, through the wire, from the call to the last transaction: classifying
 * them over and over, each time to a level that most do not have, and taking the last time back. On a copy that goes afterwards.
 */
export async function bulkFigures(desk: Desk): Promise<Record<string, number>> {
  const dataDir = `${desk.dataDir}.bulk`;
  rmSync(dataDir, { recursive: true, force: true });
  cpSync(desk.dataDir, dataDir, { recursive: true });
  try {
    const login = await letIn({ ...desk, dataDir });
    const running = await startConsole({ data: dataDir });
    try {
      const wire = await connectWire(running.ready.address);
      await wire.client.auth.signIn({ login, password: desk.password });
      const figures = await classifyAgain(wire.client);
      wire.close();
      return figures;
    } finally {
      await running.stop();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function classifyAgain(client: ConsoleClient): Promise<Record<string, number>> {
  const times: number[] = [];
  let last: BulkJob | null = null;
  for (const severity of LEVELS) {
    const view = await client.issues.openView({ filter: QueueFilter.parse({}), sort: { by: 'receivedAt', descending: true } });
    const { chosen } = await client.issues.choose({ viewId: view.viewId, steps: [{ from: 0, to: RECORDS - 1, chosen: true }] });
    if (chosen !== RECORDS) throw new Error(`only ${chosen} open records`);
    const startedAt = performance.now();
    const { id } = await client.bulk.start({ viewId: view.viewId, request: { action: 'classify', given: { severity, category: null } } });
    last = await ended(client, id);
    times.push(performance.now() - startedAt);
    if (last.refused > 0 || last.done < RECORDS / 4) throw new Error(`classified ${last.done}, refused ${last.refused}`);
  }
  const startedAt = performance.now();
  const { id } = await client.bulk.undo({ id: last?.id ?? '' });
  const undone = await ended(client, id);
  // The first time also finds the records on the disk; among the others all 500 change.
  return { bulkRecords: undone.done, bulkMs: round(percentile(times.slice(1), 0.5)), bulkMsWorst: round(Math.max(...times)), bulkUndoMs: round(performance.now() - startedAt) };
}

async function ended(client: ConsoleClient, id: string): Promise<BulkJob> {
  for (;;) {
    const job = await client.bulk.current({});
    if (job?.id === id && job.status !== 'running') return job;
    await sleep(ASK_EVERY_MS);
  }
}

/**
 * Lets a shift leader of the province sign in without a link (the desk's administrator may not edit records), and has 500 records
 * come from the province that can still be edited: the sample's are nearly all closed.
 */
async function letIn({ dataDir, keyHex, password }: Desk): Promise<string> {
  const file = join(dataDir, 'console.db');
  const db = openDatabase({ file, keyHex, role: 'reader' });
  const province = readSites(db).find(site => site.tier === 'province')?.id;
  const leader = readPeople(db).find(person => person.roles.includes('ca_truong') && person.services.length === 0 && person.siteId === province);
  db.close();
  if (leader === undefined) throw new Error('the sample has a shift leader');
  const writer = await startWriter({ file, keyHex, thread: false });
  await writer.call('auth.saveVerifier', { personId: leader.id, login: leader.login, ...await hashPassword(password), validUntilMs: Date.now() + 86_400_000 });
  const nowMs = Date.now();
  const open = [...makeIssues(SAMPLE_SEED + 1, RECORDS, makeSample({ seed: SAMPLE_SEED, size: 'small', nowMs, issues: 0 }), nowMs)];
  const rows = open.map((issue, i): Row => ({ kind: 'issue', id: issue.id, seq: NEWEST + i, deleted: false, data: { ...issue, state: 'received', receivedAtMs: nowMs - i, version: NEWEST + i } }));
  await writer.call('sync.applyPage', { rows, cursor: 'bench.1.1.2', verdicts: [], atMs: nowMs });
  await writer.close();
  return leader.login;
}
