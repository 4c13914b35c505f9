import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BulkJob, BulkRequest } from '../../contract/bulk.ts';
import { newId, type Id } from '../../contract/ids.ts';
import { SEVERITIES, type Issue, type Severity } from '../../contract/issue.ts';
import { pendingMutations } from '../../db/outbox.ts';
import { readBulkJob, readBulkRefusals, readLastBulkJob, readUndoableLines } from '../../db/stores/bulk.ts';
import { readIssue } from '../../db/stores/issues.ts';
import type { BulkLine } from '../../db/writer-api.ts';
import { desk, DESK, focal, lead, LEAD, openDesk, report, T0, UNIT } from './support.ts';

const CATEGORIES = ['water', 'road', 'waste'] as const;
const MINUTE = 60_000;

function bulkDesk() {
  const on = openDesk();
  const state = { ms: T0 };
  const later = (): number => (state.ms += MINUTE);
  const take = (more: Record<string, unknown> = {}): Id => {
    const id = newId(later());
    on.call('issue.mutate', { actor: desk, name: 'issue.receive', payload: report(id, { category: 'water', ...more }), atMs: state.ms, draftId: null });
    return id;
  };
  const issue = (id: Id): Issue => readIssue(on.db, id)!.issue;
  const edit = (id: Id, fields: Record<string, unknown>): void => {
    on.call('issue.mutate', { actor: lead, name: 'issue.edit', payload: { id, fields }, atMs: later(), draftId: null });
  };
  const newJob = (action: BulkJob['action'], total: number, undoOf: Id | null = null): BulkJob => ({
    id: newId(later()), action, undoOf, status: 'running', total, done: 0, unchanged: 0, refused: 0, partly: 0, error: null, startedAtMs: state.ms, endedAtMs: null, undoUntilMs: null,
  });
  const run = (request: BulkRequest, ids: readonly Id[], who = desk): { job: BulkJob; lines: BulkLine[] } =>
    on.call('bulk.batch', { job: newJob(request.action, ids.length), actor: who, atMs: later(), items: ids.map((id, line) => ({ line, id })), request });
  const undo = (of: BulkJob): { job: BulkJob; lines: BulkLine[] } => {
    const items = readUndoableLines(on.db, of.id);
    return on.call('bulk.batch', { job: newJob(of.action, items.length, of.id), actor: desk, atMs: later(), items, request: null });
  };
  return { on, take, issue, edit, run, undo };
}

const classify = (severity: Severity | null, category: string | null): BulkRequest => ({ action: 'classify', given: { severity, category } });

test('one batch writes each record as its own edit; what is so already is left, a refusal stops nothing and leaves nothing behind', () => {
  const { on, take, issue, run } = bulkDesk();
  const [plain, same, medical, gone] = [take(), take({ severity: 'P2', category: 'road' }), take({ service: '115', class: 'incident', category: 'unknown' }), newId(1)];
  const sent = pendingMutations(on.db, 99).length;
  const { job, lines } = run(classify('P2', 'road'), [plain, same, medical, gone]);
  expect(lines.map(line => [line.end, line.error?.code ?? null])).toEqual([['done', null], ['unchanged', null], ['refused', 'issue/bad-value'], ['refused', 'issue/not-found']]);
  expect(job).toMatchObject({ done: 1, unchanged: 1, refused: 2, partly: 0 });
  expect([issue(plain).severity, issue(plain).category, issue(medical).severity]).toEqual(['P2', 'road', 'P3']);
  expect(pendingMutations(on.db, 99).slice(sent).map(m => [m.name, m.payload])).toEqual([
    ['issue.edit', { id: plain, fields: { severity: { from: 'P3', to: 'P2' }, category: { from: 'water', to: 'road' } } }],
  ]);
  expect(readBulkRefusals(on.db, job.id, 1, 9)).toEqual({ total: 2, lines: [{ issueId: gone, error: { code: 'issue/not-found', facts: {} } }] });
  expect([readBulkJob(on.db, job.id, DESK), readBulkJob(on.db, job.id, LEAD), readLastBulkJob(on.db, LEAD)]).toEqual([job, null, null]);
});

test('steps, notes and rights are judged record by record by the rule of each intent', () => {
  const { take, issue, run } = bulkDesk();
  const [a, b] = [take(), take()];
  expect(run({ action: 'startVerification', given: {} }, [a]).job.done).toBe(1);
  expect(run({ action: 'startVerification', given: {} }, [a, b]).lines.map(line => line.error?.code ?? null)).toEqual(['issue/wrong-state', null]);
  expect(run({ action: 'forward', given: { leadUnitId: UNIT, coUnitIds: [], note: '' } }, [a]).lines[0]?.error).toEqual({ code: 'issue/wrong-state', facts: { state: 'verifying', action: 'issue.forward' } });
  expect(run({ action: 'note', given: { note: ' Đã gọi điện ' } }, [a, b]).job.done).toBe(2);
  expect(issue(b).history.at(-1)).toMatchObject({ action: 'issue.note', note: 'Đã gọi điện' });
  expect(run(classify('P1', null), [a], focal).lines[0]?.error?.code).toBe('auth/forbidden');
  expect(() => run({ action: 'note', given: { note: ' ' } }, [a])).toThrow('issue/bad-value');
});

test('a bulk edit undone gives back every record that nobody touched, and never writes over a later change', () => {
  const { on, take, issue, edit, run, undo } = bulkDesk();
  const aRecord = fc.record({
    severity: fc.constantFrom(...SEVERITIES), category: fc.constantFrom(...CATEGORIES),
    /** What someone else does to it between the edit and its undoing; `back` changes to and fro. */
    after: fc.constantFrom('nothing', 'nothing', 'severity', 'category', 'both', 'back', 'description'), next: fc.constantFrom(...SEVERITIES),
  });
  fc.assert(fc.property(fc.array(aRecord, { minLength: 1, maxLength: 8 }), fc.option(fc.constantFrom(...SEVERITIES)), fc.option(fc.constantFrom(...CATEGORIES)), (records, severity, category) => {
    if (severity === null && category === null) return;
    const ids = records.map(r => take({ severity: r.severity, category: r.category }));
    const before = ids.map(issue);
    const { job } = run(classify(severity, category), ids);
    const set = ids.map(issue);
    for (const [i, { after, next }] of records.entries()) {
      const [id, now] = [ids[i]!, issue(ids[i]!)];
      const other = next === now.severity ? SEVERITIES.find(s => s !== next)! : next;
      if (after === 'severity' || after === 'both') edit(id, { severity: { from: now.severity, to: other } });
      if (after === 'category' || after === 'both') edit(id, { category: { from: now.category, to: 'tree' } });
      if (after === 'back') { edit(id, { severity: { from: now.severity, to: other } }); edit(id, { severity: { from: other, to: now.severity } }); }
      if (after === 'description') edit(id, { description: { from: now.description, to: `${now.description} thêm` } });
    }
    const between = ids.map(issue);
    const undone = undo(job).job;
    const counts = { done: 0, partly: 0, refused: 0 };
    for (const [i, { after }] of records.entries()) {
      const now = issue(ids[i]!);
      const touched = { severity: ['severity', 'both', 'back'].includes(after), category: ['category', 'both'].includes(after) };
      const changed = (['severity', 'category'] as const).filter(field => set[i]![field] !== before[i]![field]);
      for (const field of ['severity', 'category'] as const) expect(now[field]).toBe(changed.includes(field) && !touched[field] ? before[i]![field] : between[i]![field]);
      expect([now.description, now.place, now.state]).toEqual([between[i]!.description, between[i]!.place, between[i]!.state]);
      const free = changed.filter(field => !touched[field]);
      if (changed.length === 0) continue;
      if (free.length === 0) counts.refused += 1; else counts.done += 1;
      if (free.length > 0 && free.length < changed.length) counts.partly += 1;
    }
    expect(undone).toMatchObject({ ...counts, unchanged: 0 });
    expect(readUndoableLines(on.db, undone.id)).toEqual([]);
  }), { numRuns: 60 });
});

test('an edit that the record does not hold any more is not undone: its values are someone else’s', () => {
  const { on, take, issue, run, undo } = bulkDesk();
  const id = take();
  const { job } = run(classify('P1', null), [id]);
  on.call('sync.applyVerdicts', { verdicts: pendingMutations(on.db, 99).map(({ n, name }) => ({ n, status: name === 'issue.receive' ? 'applied' : 'rejected', seq: n, ...(name === 'issue.receive' ? {} : { error: { code: 'issue/wrong-state', facts: { state: 'closed' } } }) })), atMs: T0 });
  expect(issue(id).severity).toBe('P3');
  expect(undo(job).lines.map(line => line.error?.code)).toEqual(['bulk/changed-since']);
  expect(issue(id).severity).toBe('P3');
});

test('of an edit that lost one of its values at the province only the other is undone, and that is counted', () => {
  const { on, issue, run, undo } = bulkDesk();
  const id = newId(T0);
  const source = issue(on.receive());
  const row = (more: Partial<Issue>, seq: number) => ({ kind: 'issue' as const, id, seq, deleted: false, data: { ...source, id, category: 'water', severity: 'P3' as const, version: seq, ...more } });
  on.call('sync.applyPage', { rows: [row({}, 5)], cursor: 'c5', verdicts: [], atMs: T0 });
  const { job } = run(classify('P2', 'road'), [id]);
  const n = pendingMutations(on.db, 99).find(m => m.issueId === id)!.n;
  on.call('sync.applyVerdicts', { verdicts: [{ n, status: 'merged', seq: 9, lost: [{ field: 'severity', mine: 'P2', theirs: 'P1' }] }], atMs: T0 });
  expect([issue(id).severity, issue(id).category]).toEqual(['P1', 'road']);
  expect(undo(job).job).toMatchObject({ done: 1, partly: 1, refused: 0 });
  expect([issue(id).severity, issue(id).category]).toEqual(['P1', 'water']);
});
