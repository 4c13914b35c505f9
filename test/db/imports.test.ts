import { expect, test } from 'vitest';
import type { ImportJob, ImportLine } from '../../contract/imports.ts';
import { newId } from '../../contract/ids.ts';
import { pendingMutations } from '../../db/outbox.ts';
import { readImportJob, readImportJobs, readImportLines } from '../../db/stores/imports.ts';
import type { ImportItem } from '../../db/writer-api.ts';
import { lead, openDesk, report, T0 } from './support.ts';

const job = (more: Partial<ImportJob> = {}): ImportJob => ({
  id: '00000000-0000-7000-8000-000000000100', fileName: 'yeu-cau.csv', format: 'csv', status: 'running', bytes: 100, bytesDone: 50, imported: 0, alreadyThere: 0, refused: 0,
  error: null, startedAtMs: T0, endedAtMs: null, ...more,
});
const item = (line: number, sourceKey: string, more: Record<string, unknown> = {}): ImportItem =>
  ({ line, ref: `ref-${line}`, sourceKey, payload: report(newId(T0 + line), { channel: 'import', ...more }), warnings: line === 1 ? ['no-place'] : [] });

function batch(on: ReturnType<typeof openDesk>, items: ImportItem[], refused: ImportLine[] = []): ImportLine[] {
  return on.call('import.batch', { jobId: job().id, actor: lead, atMs: T0, items, refused, job: job({ imported: items.length }) }).lines;
}

test('a batch writes records, mutations, keys and lines; a refused line stops nothing and leaves nothing behind', () => {
  const on = openDesk();
  const broken: ImportLine = { line: 3, status: 'refused', ref: 'ref-3', issueId: null, error: { code: 'import/missing-column', facts: { column: 'place' } }, warnings: [] };
  const lines = batch(on, [item(1, 'a'), item(2, 'b', { description: ' ' }), item(4, 'c')], [broken]);
  expect(lines.map(line => [line.line, line.status, line.error?.code ?? null])).toEqual([
    [1, 'imported', null], [2, 'refused', 'issue/field-required'], [3, 'refused', 'import/missing-column'], [4, 'imported', null],
  ]);
  expect(pendingMutations(on.db, 10).map(m => m.n)).toEqual([1, 2]);
  expect(on.db.prepare('SELECT count(*) FROM import_key').pluck().get()).toBe(2);
  expect(readImportLines(on.db, job().id, null, 0, 10)).toEqual({ total: 4, lines });
  expect(readImportLines(on.db, job().id, 'refused', 1, 2)).toEqual({ total: 2, lines: [lines[2]] });
  expect(readImportJobs(on.db)).toEqual([job({ imported: 3 })]);
  on.close();
});

test('the same source twice imports nothing twice, also when another workstation imported it', () => {
  const on = openDesk();
  const [first] = batch(on, [item(1, 'a')]);
  expect(batch(on, [item(1, 'a')])).toMatchObject([{ status: 'already-there', issueId: first?.issueId }]);
  const theirs = on.receive();
  expect(batch(on, [item(2, 'their-key', { id: theirs })])).toMatchObject([{ status: 'already-there', issueId: theirs }]);
  expect(batch(on, [item(2, 'their-key')])).toMatchObject([{ status: 'already-there', issueId: theirs }]);
  expect(on.db.prepare('SELECT count(*) FROM issue').pluck().get()).toBe(2);
  on.call('import.saveJob', job({ status: 'done', endedAtMs: T0 + 5 }));
  expect(readImportJob(on.db, job().id)).toMatchObject({ status: 'done' });
  on.close();
});
