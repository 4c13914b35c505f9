import { afterEach, expect, test } from 'vitest';
import { BULK_LIMITS, type BulkJob, type BulkRequest } from '../../../../contract/bulk.ts';
import { newId } from '../../../../contract/ids.ts';
import type { Issue } from '../../../../contract/issue.ts';
import { QueueFilter } from '../../../../contract/queue.ts';
import type { Row } from '../../../../contract/province.ts';
import { readBulkJob } from '../../../../db/stores/bulk.ts';
import { readIssue } from '../../../../db/stores/issues.ts';
import type { Writer } from '../../../../db/writer-api.ts';
import { createIssues } from '../../../../main/issues/issues.ts';
import { testDesk, type Desk } from '../desk.ts';
import { issueWith, PEOPLE, sessionWith, T0 } from '../support.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => { for (const end of ends.splice(0).reverse()) await end(); });
const signal = new AbortController().signal;
const as = (some: Parameters<typeof sessionWith>[0] = {}) => ({ session: sessionWith(some), signal });
const ALL = [{ from: 0, to: Number.MAX_SAFE_INTEGER, chosen: true }];
const TO_P1: BulkRequest = { action: 'classify', given: { severity: 'P1', category: null } };

async function put(desk: Desk, count: number, some: (i: number) => Partial<Issue>): Promise<string[]> {
  const issues = Array.from({ length: count }, (_, i) => issueWith({ service: '1022', version: 10 + i, receivedAtMs: T0 + i, ...some(i) }));
  const rows = issues.map((data, i): Row => ({ kind: 'issue', id: data.id, seq: 10 + i, deleted: false, data: { ...data } }));
  for (let at = 0; at < rows.length; at += 500) await desk.writer.call('sync.applyPage', { rows: rows.slice(at, at + 500), cursor: `c${at}`, verdicts: [], atMs: T0 });
  return issues.map(issue => issue.id);
}

function core(desk: Desk, writer: Writer = desk.writer) {
  const issues = createIssues({
    reader: desk.reader, writer, clock: { nowMs: () => desk.now.ms }, correctedNowMs: () => desk.now.ms, linkIsUp: () => false, station: () => desk.station, onDuty: () => true,
  });
  const stop = desk.writer.onChange(change => { issues.freshCounts(change); });
  ends.push(async () => { stop(); await issues.close(); });
  const open = async (call = as()) => {
    await issues.loadSheet();
    const view = await issues.handlers.openView({ filter: QueueFilter.parse({ open: null }), sort: { by: 'receivedAt', descending: false } }, call);
    const choose = async (steps = ALL) => (await issues.handlers.choose({ viewId: view.viewId, steps }, call)).chosen;
    return { viewId: view.viewId, choose, chosenPage: async () => (await issues.handlers.page({ viewId: view.viewId, start: 0, end: 500 }, call)).chosen };
  };
  const ended = async (call = as()) => {
    for (;;) {
      const job = await issues.bulk.current({}, call);
      if (job !== null && job.status !== 'running') return job;
      await new Promise(resolve => setImmediate(resolve));
    }
  };
  return { issues, bulk: issues.bulk, open, ended };
}

async function bulkDesk(count: number, some: (i: number) => Partial<Issue> = () => ({})) {
  const desk = await testDesk();
  ends.push(() => desk.close());
  const ids = await put(desk, count, some);
  return { desk, ids, severities: () => ids.map(id => readIssue(desk.reader, id)!.issue.severity), ...core(desk) };
}

test('a preview says what the action then does; what was refused stays chosen, the rest does not', async () => {
  const { bulk, open, ended, severities } = await bulkDesk(450, i => ({ state: i % 9 === 0 ? 'closed' : 'received', severity: i % 5 === 0 && i % 9 !== 0 ? 'P1' : 'P3', displayNo: `1022-2026-${String(i).padStart(6, '0')}` }));
  const { viewId, choose, chosenPage } = await open();
  expect(await choose()).toBe(450);
  const preview = await bulk.preview({ viewId, request: TO_P1 }, as());
  expect(preview.reasons).toEqual([{ code: 'issue/wrong-state', facts: { state: 'closed', action: 'issue.edit' }, count: 50, samples: [0, 9, 18, 27, 36].map(i => `1022-2026-${String(i).padStart(6, '0')}`) }]);
  const started = await bulk.start({ viewId, request: TO_P1 }, as());
  expect(started).toMatchObject({ status: 'running', total: 450, done: 0 });
  const job = await ended();
  expect(job).toMatchObject({ id: started.id, status: 'done', done: preview.will, unchanged: preview.unchanged, refused: 50, undoUntilMs: T0 + BULK_LIMITS.undoMs });
  expect(job.done + job.unchanged + job.refused).toBe(450);
  expect(severities().filter(s => s === 'P1')).toHaveLength(400);
  expect(await choose([])).toBe(50);
  expect((await chosenPage()).map((chosen, i) => chosen === (i % 9 === 0)).every(Boolean)).toBe(true);
  const refused = await bulk.refused({ id: job.id, start: 0, end: 2 }, as());
  expect([refused.total, refused.lines.map(line => line.no)]).toEqual([50, ['1022-2026-000000', '1022-2026-000009']]);
  expect(await bulk.current({}, as({ personId: PEOPLE[1] }))).toBeNull();
  expect(() => bulk.refused({ id: job.id, start: 0, end: 2 }, as({ personId: PEOPLE[1] }))).toThrow('bulk/not-found');
});

test('it is undone after the core has been started again, once, by whoever did it, and not after ten minutes', async () => {
  const { desk, bulk, open, ended, severities } = await bulkDesk(230);
  const { viewId, choose } = await open();
  await choose();
  await bulk.start({ viewId, request: TO_P1 }, as());
  const job = await ended();
  const again = core(desk);
  desk.now.ms += BULK_LIMITS.undoMs + 1;
  await expect(again.bulk.undo({ id: job.id }, as())).rejects.toThrow('bulk/undo-over');
  desk.now.ms -= 2;
  await expect(again.bulk.undo({ id: job.id }, as({ personId: PEOPLE[1] }))).rejects.toThrow('bulk/not-found');
  await again.bulk.undo({ id: job.id }, as());
  expect(await again.ended()).toMatchObject({ undoOf: job.id, status: 'done', total: 230, done: 230, refused: 0, undoUntilMs: null });
  expect(new Set(severities())).toEqual(new Set(['P3']));
  await expect(again.bulk.undo({ id: job.id }, as())).rejects.toThrow('bulk/undo-over');
});

test('stopped between two transactions: what is written stays and can be undone, what is left stays chosen', async () => {
  const { desk, ids, severities } = await bulkDesk(450);
  const gate = Promise.withResolvers<void>();
  const batches: number[] = [];
  const slow: Writer = { ...desk.writer, onChange: listener => desk.writer.onChange(listener), async call(command, input) {
    const output = await desk.writer.call(command, input);
    if (command === 'bulk.batch' && batches.push(1) === 1) await gate.promise;
    return output;
  } };
  const { bulk, open } = core(desk, slow);
  const { viewId, choose } = await open();
  await choose();
  const { id } = await bulk.start({ viewId, request: TO_P1 }, as());
  await expect(bulk.start({ viewId, request: TO_P1 }, as())).rejects.toThrow('bulk/busy');
  const cancelled = bulk.cancel({ id }, as());
  gate.resolve();
  expect(await cancelled).toMatchObject({ status: 'cancelled', done: 200, total: 450 });
  expect([await choose([]), severities().filter(s => s === 'P1').length, batches.length]).toEqual([250, 200, 1]);
  expect(readIssue(desk.reader, ids[0]!)?.issue.severity).toBe('P1');
  await bulk.undo({ id }, as());
});

test('cut off by a stop it is told so at the next start, with what it had written', async () => {
  const { desk, bulk, open, ended } = await bulkDesk(3);
  const { viewId, choose } = await open();
  await choose();
  await bulk.start({ viewId, request: TO_P1 }, as());
  const job = await ended();
  await desk.writer.call('bulk.saveJob', { job: { ...job, status: 'running', endedAtMs: null, undoUntilMs: null }, personId: PEOPLE[0] });
  desk.now.ms += 60_000;
  const told = await core(desk).bulk.current({}, as());
  expect(told).toMatchObject({ status: 'failed', error: { code: 'bulk/interrupted' }, done: 3, undoUntilMs: desk.now.ms + BULK_LIMITS.undoMs });
  expect(readBulkJob(desk.reader, job.id, PEOPLE[0])).toEqual(told);
});

test('nothing chosen, too many chosen, no right and nothing given are refused before anything is written', async () => {
  const { bulk, open } = await bulkDesk(BULK_LIMITS.records + 1);
  const { viewId, choose } = await open();
  await expect(bulk.start({ viewId, request: TO_P1 }, as())).rejects.toThrow('bulk/nothing-chosen');
  expect(await choose()).toBe(BULK_LIMITS.records + 1);
  await expect(bulk.start({ viewId, request: TO_P1 }, as())).rejects.toThrow('bulk/too-many');
  await choose([{ from: 0, to: 1, chosen: false }]);
  await expect(bulk.preview({ viewId, request: { action: 'classify', given: { severity: null, category: null } } }, as())).rejects.toThrow('issue/bad-value');
  await expect(bulk.start({ viewId, request: { action: 'note', given: {} } }, as())).rejects.toThrow('issue/bad-value');
  expect(await bulk.preview({ viewId, request: TO_P1 }, as())).toMatchObject({ chosen: BULK_LIMITS.records - 1, will: BULK_LIMITS.records - 1 });
  await expect(bulk.start({ viewId, request: TO_P1 }, as({ roles: ['dau_moi'] }))).rejects.toThrow('auth/forbidden');
  expect(await bulk.current({}, as())).toBeNull();
});

test('it can be undone from the moment that it is told to have ended, also while that is still being kept', async () => {
  const { desk } = await bulkDesk(3);
  const gate = Promise.withResolvers<void>();
  const slow: Writer = { ...desk.writer, onChange: listener => desk.writer.onChange(listener), async call(command, input) {
    if (command === 'bulk.saveJob' && (input as { job: BulkJob }).job.status !== 'running') await gate.promise;
    return desk.writer.call(command, input);
  } };
  const { bulk, open, ended, issues } = core(desk, slow);
  const { viewId, choose } = await open();
  await choose();
  await bulk.start({ viewId, request: TO_P1 }, as());
  const job = await ended();
  expect(readBulkJob(desk.reader, job.id, PEOPLE[0])).toMatchObject({ status: 'running' });
  const undone = bulk.undo({ id: job.id }, as());
  gate.resolve();
  expect(await undone).toMatchObject({ undoOf: job.id, total: 3 });
  expect(await issues.bulk.current({}, as())).toMatchObject({ undoOf: job.id });
});

test('a step that nothing takes back offers no undoing', async () => {
  const { bulk, open, ended } = await bulkDesk(4);
  const { viewId, choose } = await open();
  await choose();
  await bulk.start({ viewId, request: { action: 'startVerification', given: {} } }, as());
  const job = await ended();
  expect(job).toMatchObject({ status: 'done', done: 4, undoUntilMs: null });
  await expect(bulk.undo({ id: job.id }, as())).rejects.toThrow('bulk/undo-over');
});

test('what is filled in for an action is the person’s own, with the core until it is emptied or done', async () => {
  const { desk, bulk } = await bulkDesk(1);
  const other = as({ personId: PEOPLE[1] });
  expect(await bulk.given({}, as())).toEqual({});
  await bulk.keep({ action: 'note', given: { note: 'Đã gọi lại cả xóm' } }, as());
  await bulk.keep({ action: 'remind', given: { note: 'Nhắc' } }, as());
  await bulk.keep({ action: 'note', given: { note: 'Đã gọi lại cả xóm rồi' } }, as());
  expect([await bulk.given({}, as()), await bulk.given({}, other)]).toEqual([{ note: { note: 'Đã gọi lại cả xóm rồi' }, remind: { note: 'Nhắc' } }, {}]);
  expect(await core(desk).bulk.given({}, as())).toEqual({ note: { note: 'Đã gọi lại cả xóm rồi' }, remind: { note: 'Nhắc' } });
  const page = newId(T0);
  await bulk.keep({ action: 'remind', given: { note: 'Nhắc lại' }, turn: { page, n: 3 } }, as());
  for (const [n, given] of [{ note: 'Nhắc cũ' }, {}].entries()) await bulk.keep({ action: 'remind', given, turn: { page, n } }, as());
  await bulk.keep({ action: 'remind', given: { note: 'Nhắc' }, turn: { page, n: 4 } }, as());
  expect(await bulk.given({}, as())).toMatchObject({ remind: { note: 'Nhắc' } });
  await bulk.keep({ action: 'note', given: {} }, as());
  expect(await bulk.given({}, as())).toEqual({ remind: { note: 'Nhắc' } });
  await expect(bulk.keep({ action: 'remind', given: { note: 'x'.repeat(70_000) } }, as())).rejects.toMatchObject({ code: 'draft/too-long' });
});
