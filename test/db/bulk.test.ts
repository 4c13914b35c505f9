import { expect, test } from 'vitest';
import { newId } from '../../contract/ids.ts';
import type { Issue } from '../../contract/issue.ts';
import { loadIssues } from '../../db/bulk.ts';
import { readIssue } from '../../db/stores/issues.ts';
import { checkWhole } from '../../db/open.ts';
import { openDesk, T0 } from './support.ts';

test('bulk loading leaves the same database as pages from the province', () => {
  const ordinary = openDesk(), bulk = openDesk();
  const template = readIssue(ordinary.db, ordinary.receive())?.issue as Issue;
  bulk.call('issue.mutate', { actor: { personId: template.authorId, unitId: null, roles: ['truc_ban'], scope: { siteIds: null, services: null } }, name: 'issue.receive', payload: { ...template }, atMs: T0 + 1, draftId: null });
  const issues = Array.from({ length: 300 }, (_, i): Issue => ({
    ...template, id: newId(T0 + i), version: i + 2, displayNo: `DX-26-${i}`, description: `Đường Hoà Bình ngập lần ${i}`, state: i % 3 === 0 ? 'closed' : 'received', dueAtMs: i % 2 === 0 ? null : T0 + i,
  }));
  const rows = issues.map(issue => ({ kind: 'issue' as const, id: issue.id, seq: issue.version, deleted: false, data: { ...issue } }));
  for (let i = 0; i < rows.length; i += 100) ordinary.call('sync.applyPage', { rows: rows.slice(i, i + 100), cursor: 'c', verdicts: [], atMs: T0 });
  expect(loadIssues(bulk.db, issues)).toBe(300);
  const COLUMNS = bulk.db.prepare<[], string>(`SELECT group_concat(name) FROM pragma_table_info('issue') WHERE name <> 'persons'`).pluck().get();
  for (const sql of [
    `SELECT ${COLUMNS} FROM issue ORDER BY rid`,
    `SELECT type, name, sql FROM sqlite_schema ORDER BY name`,
    `SELECT seq FROM sqlite_sequence WHERE name='issue'`,
    `SELECT rowid FROM fo WHERE fo MATCH '"duong" AND "ngap"' ORDER BY rowid`,
    `SELECT rowid FROM ex WHERE ex MATCH '"hòa" AND "7"' ORDER BY rowid`,
    'SELECT id FROM fo_docsize ORDER BY id',
  ]) expect(bulk.db.prepare(sql).raw().all()).toEqual(ordinary.db.prepare(sql).raw().all());
  // Of one text no two seals are the same.
  for (const { id } of issues) expect(readIssue(bulk.db, id)).toEqual(readIssue(ordinary.db, id));
  expect(bulk.db.pragma('synchronous', { simple: true })).toBe(2);
  checkWhole(bulk.db);
  const rid = bulk.receive();
  expect(readIssue(bulk.db, rid)?.rid).toBe(302);
  ordinary.close();
  bulk.close();
});
