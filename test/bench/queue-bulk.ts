import { setTimeout as sleep } from 'node:timers/promises';
import type { BulkJob } from '../../contract/bulk.ts';
import type { Severity } from '../../contract/issue.ts';
import { QueueFilter } from '../../contract/queue.ts';
import { SAMPLE_SEED } from '../../province/sample.ts';
import { startConsole } from '../support/processes.ts';
import { connectWire, type ConsoleClient } from '../support/wire.ts';
import type { Desk } from './desk.ts';
import { addOpen } from './queue-open.ts';
import { percentile, round } from './statistics.ts';

const RECORDS = 500;
/** A screen is told; asking without a pause would take the processor from the work that is measured. */
const ASK_EVERY_MS = 5;
const LEVELS: Severity[] = ['P1', 'P2', 'P3', 'P4', 'P1', 'P2', 'P3'];

/**
 * Bulk actions of an operator on the first 500 open records, through the wire, from the call to the last transaction: classifying
 * them over and over, each time to a level that most do not have, and taking the last time back.
 *
 * @param desk is changed: a copy
 */
export async function bulkFigures(desk: Desk, login: string): Promise<Record<string, number>> {
  await addOpen(desk, RECORDS, SAMPLE_SEED + 1);
  const running = await startConsole({ data: desk.dataDir });
  try {
    const wire = await connectWire(running.ready.address);
    await wire.client.auth.signIn({ login, password: desk.password });
    const figures = await classifyAgain(wire.client);
    wire.close();
    return figures;
  } finally {
    await running.stop();
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
