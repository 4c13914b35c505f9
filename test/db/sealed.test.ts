import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { newId, type Id } from '../../contract/ids.ts';
import type { Issue } from '../../contract/issue.ts';
import type { Row } from '../../contract/province.ts';
import { fold } from '../../contract/text.ts';
import type { Database } from '../../db/database.ts';
import { exactWords, foldedWords } from '../../db/full-text.ts';
import { openDatabase } from '../../db/open.ts';
import { readAttention } from '../../db/stores/attention.ts';
import { readDocument } from '../../db/stores/documents.ts';
import { createIssueSearch } from '../../db/stores/issue-search.ts';
import { readIssue } from '../../db/stores/issues.ts';
import { readParkedRows } from '../../db/stores/sync.ts';
import { actor, desk, DESK, KEY, LEAD, openDesk, SITE, T0 } from './support.ts';
import { undoTo } from './undo.ts';

/** Words that nothing else has. */
const WORDS = ['Zyxwvũ', 'Qzềngmậu', 'Wzạnhân', 'Xqhàngxóm', 'Kzbếptửa', 'Jqsửalại', 'Pxnhápdở', 'Hqngườihỏi', 'Mxthưđiệntử', '0987612345', '0987654321', '0911222333', '612345'];
const FORMS = WORDS.flatMap(word => [word, word.toLowerCase(), fold(word)]);
const reporter = { anonymous: false, name: 'Zyxwvũ Qzềngmậu', phone: '0987 612 345', relation: 'Xqhàngxóm' };
const changed = { ...reporter, name: 'Zyxwvũ Jqsửalại', phone: '0911222333' };
const victims: Issue['victims'] = [{ who: 'Wzạnhân', conscious: 'yes', breathing: 'no', bleeding: 'unknown' }];
const nobody = { anonymous: true, name: '', phone: '', relation: '' };

/** Where any of the words lies in clear: every column of every table, and every word of both indexes. */
function inClear(db: Database): string[] {
  const found: string[] = [];
  const look = (place: string, text: string): void => { for (const word of FORMS) if (text.includes(word)) found.push(`${place}: ${word}`); };
  for (const table of db.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type='table' AND name NOT IN ('ex', 'fo')`).pluck().all()) {
    for (const row of db.prepare<[], Record<string, unknown>>(`SELECT * FROM "${table}"`).all()) {
      for (const [column, value] of Object.entries(row)) look(`${table}.${column}`, value instanceof Uint8Array ? Buffer.from(value).toString() : String(value));
    }
  }
  for (const index of ['ex', 'fo']) {
    db.exec(`CREATE VIRTUAL TABLE IF NOT EXISTS temp.words_of_${index} USING fts5vocab(main, ${index}, row)`);
    look(index, db.prepare<[], string>(`SELECT term FROM temp.words_of_${index}`).pluck().all().join(' '));
  }
  return found;
}

/** A day's work in which every table gets something to hide. @param look is called after each part of it */
function day(on: ReturnType<typeof openDesk>, look: (when: string) => void): Record<'id' | 'hurt' | 'imported' | 'request', Id> {
  const { db } = on;
  const id = on.receive({ reporter, victims, original: { 'Người gửi': 'Kzbếptửa' } });
  const hurt = on.receive({ reporter: nobody, victims });
  const imported = on.receive({ reporter: nobody, victims: [], original: { ghi_chu: 'Kzbếptửa' } });
  const refused = on.receive({ reporter, victims });
  look('received');
  // A later version knows more of a reporter than this one.
  const page = (issue: Issue, seq: number, some: object): Row => ({ kind: 'issue', id: issue.id, seq, deleted: false, data: { ...issue, version: seq, ...some } });
  on.call('sync.applyPage', {
    rows: [page(readIssue(db, id)!.issue, 10, { reporter: { ...reporter, email: 'Mxthưđiệntử' } }), { kind: 'issue', id: newId(T0 + 50), seq: 11, deleted: false, data: { notKnown: 1, reporter, victims } }],
    cursor: 'c', verdicts: [{ n: 1, status: 'applied', seq: 10 }, { n: 4, status: 'rejected', seq: 10, error: { code: 'auth/forbidden', facts: {} } }], atMs: T0 + 1_000,
  });
  expect(readIssue(db, id)?.issue.reporter).toEqual({ ...reporter, email: 'Mxthưđiệntử' });
  look('judged');
  on.mutate(desk, 'issue.edit', { id, fields: { reporter: { from: reporter, to: changed } } });
  look('edited');
  on.call('sync.applyVerdicts', { verdicts: [{ n: 5, status: 'merged', seq: 12, lost: [{ field: 'reporter', mine: changed, theirs: reporter }] }], atMs: T0 + 2_000 });
  const { id: draft } = on.call('draft.start', { personId: DESK, service: '115', atMs: T0 });
  on.call('draft.save', { id: draft, personId: DESK, service: '115', fields: { name: 'Pxnhápdở', phone: '0987654321' }, atMs: T0 + 5 });
  on.call('form.save', { personId: DESK, issueId: id, action: 'issue.edit', fields: { name: 'Pxnhápdở' }, atMs: T0 + 6 });
  const request = newId(T0 + 1);
  on.call('document.write', {
    actor: actor(LEAD, ['ca_truong']), name: 'request.receive', atMs: T0 + 100,
    payload: { id: request, siteId: SITE, kind: 'access', subject: { name: 'Hqngườihỏi', phone: '0987654321', address: 'Xqhàngxóm' }, identified: 'call_back', words: 'Xin bản sao', issueIds: [id], receivedAtMs: T0 },
  });
  look('written');
  expect(refused).not.toBe(id);
  return { id, hurt, imported, request };
}

test('after a day of work no table says in clear who reported, who was hurt, who asked, or what an import’s source said; all of it is read back', () => {
  const on = openDesk();
  const looked: string[] = [];
  const ids = day(on, when => { looked.push(...inClear(on.db).map(place => `${when} ${place}`)); });
  expect(looked).toEqual([]);
  expectAll(on.db, ids);
  on.close();
});

test('what lay in clear before is sealed when the program is updated, in every table, and the copy of before goes', () => {
  const on = openDesk();
  const ids = day(on, () => undefined);
  on.call('sync.applyVerdicts', { verdicts: [], atMs: T0 + 3_000 });
  undoTo(on.db, 156);
  const before = new Set(inClear(on.db).map(place => place.split(':')[0]));
  expect([...before].sort()).toEqual(['attention.lost', 'attention.payload', 'base_row.data', 'document.data', 'draft.fields', 'form_text.fields', 'issue.phone', 'issue.rest', 'outbox.payload', 'parked_row.data', 'sent_log.payload']);
  on.close();
  const after = openDatabase({ file: on.file, keyHex: KEY, role: 'writer' });
  expect(inClear(after)).toEqual([]);
  expectAll(after, ids);
  expect(existsSync(`${on.file}.before-migration`)).toBe(false);
  after.close();
});

function expectAll(db: Database, { hurt, imported, request }: ReturnType<typeof day>): void {
  expect(readIssue(db, hurt)?.issue).toMatchObject({ reporter: nobody, victims });
  expect(readIssue(db, imported)?.issue.original).toEqual({ ghi_chu: 'Kzbếptửa' });
  expect(readAttention(db).map(({ attention: { name, payload, lost } }) => [name, payload['reporter'] ?? payload['fields'], lost.map(({ mine, theirs }) => [mine, theirs])])).toEqual(expect.arrayContaining([
    ['issue.receive', reporter, []], ['issue.edit', { reporter: { from: reporter, to: changed } }, [[changed, reporter]]],
  ]));
  expect(readParkedRows(db).map(({ data }) => data)).toEqual([{ notKnown: 1, reporter, victims }]);
  expect(readDocument(db, 'request', request)?.document).toMatchObject({ subject: { name: 'Hqngườihỏi', phone: '0987654321', address: 'Xqhàngxóm' }, words: 'Xin bản sao' });
}

test('a name that is changed is found by its new words and no longer by the old ones', () => {
  const on = openDesk();
  const id = on.receive({ reporter });
  const { sign, matchingRids } = createIssueSearch(on.db);
  const found = (word: string): number => matchingRids(`"${sign(word)}"`).length;
  expect([found('qzengmau'), found('jqsualai')]).toEqual([1, 0]);
  on.mutate(desk, 'issue.edit', { id, fields: { reporter: { from: reporter, to: changed } } });
  expect([found('qzengmau'), found('jqsualai'), found('zyxwvu')]).toEqual([0, 1, 1]);
  on.close();
});

test('what stands in the indexes for a name cannot be typed', () => {
  const on = openDesk();
  on.receive({ reporter });
  const { sign } = createIssueSearch(on.db);
  expect(sign('qzengmau')).toMatch(/^\u2135[0-9a-f]{12}$/);
  expect([exactWords(sign('qzengmau')), foldedWords(`tên ${sign('qzengmau')}`)]).toEqual([[sign('qzengmau').slice(1)], ['ten', sign('qzengmau').slice(1)]]);
  on.close();
});
