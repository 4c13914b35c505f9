import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exactWords, foldedWords, indexedForms } from '../../db/full-text.ts';
import { Seal, sealOf } from '../../db/seal.ts';
import { readIssue } from '../../db/stores/issues.ts';
import { desk, KEY, openDesk } from './support.ts';

type TestDesk = ReturnType<typeof openDesk>;
const find = (on: TestDesk, table: 'ex' | 'fo', words: string[]) =>
  on.db.prepare(`SELECT rowid FROM ${table} WHERE ${table} MATCH ? ORDER BY rowid DESC`).pluck().all(words.map(word => `"${word}"`).join(' AND '));
const folded = (on: TestDesk, text: string) => find(on, 'fo', foldedWords(text));
const exact = (on: TestDesk, text: string) => find(on, 'ex', exactWords(text));

test('a street is found however it is typed: without accents, with old or new tone places, composed or not', () => {
  const on = openDesk();
  const id = on.receive({ place: { text: '12 đường Hoà Bình', areaId: null, lat: null, lon: null } });
  const rid = readIssue(on.db, id)?.rid;
  for (const typed of ['duong hoa binh', 'đường Hoà Bình', 'Đường Hòa Bình', 'ĐƯỜNG HÒA BÌNH'.normalize('NFD')]) expect(folded(on, typed)).toEqual([rid]);
  for (const typed of ['đường Hoà Bình', 'Đường Hòa Bình', 'ĐƯỜNG HÒA BÌNH'.normalize('NFD')]) expect(exact(on, typed)).toEqual([rid]);
  expect(exact(on, 'duong hoa binh')).toEqual([]);
  expect(folded(on, 'duong hoa lu')).toEqual([]);
  on.close();
});

test('đ is d for those who leave accents out, and only for them', () => {
  const on = openDesk();
  on.receive({ description: 'Đặng', place: { text: 'a', areaId: null, lat: null, lon: null } });
  expect([folded(on, 'dang').length, exact(on, 'đặng').length, exact(on, 'dang').length]).toEqual([1, 1, 0]);
  on.close();
});

test('landmark, reporter and both numbers are searched; a final number is added when it comes', () => {
  const on = openDesk();
  const id = on.receive({ place: { text: 'x', areaId: null, lat: null, lon: null, landmark: 'gần chợ Đồng Xoài' } });
  for (const typed of ['cho dong xoai', 'TẠM-DX01-261124-01']) expect(folded(on, typed)).toHaveLength(1);
  expect(folded(on, 'nguyen van mau')).toHaveLength(0);
  expect(find(on, 'fo', ['nguyen', 'van', 'mau'].map(word => sealOf(on.db).sign(word)))).toHaveLength(1);
  expect(folded(on, 'DX-26-000042')).toHaveLength(0);
  const issue = readIssue(on.db, id)?.issue;
  on.call('sync.applyPage', { rows: [{ kind: 'issue', id, seq: 3, deleted: false, data: { ...issue, displayNo: 'DX-26-000042' } }], cursor: 'c', verdicts: [], atMs: 1 });
  expect(folded(on, 'DX-26-000042')).toHaveLength(1);
  on.close();
});

test('an edit leaves no old words behind, and a change of state does not touch the index', () => {
  const on = openDesk();
  const id = on.receive({ description: 'Cây đổ chắn đường' });
  const segments = () => on.db.prepare('SELECT count(*) FROM fo_data').pluck().get();
  const before = segments();
  on.mutate(desk, 'issue.startVerification', { id });
  expect(segments()).toBe(before);
  on.mutate(desk, 'issue.edit', { id, fields: { description: { from: 'Cây đổ chắn đường', to: 'Cột điện nghiêng' } } });
  expect(folded(on, 'cay do')).toEqual([]);
  expect(folded(on, 'cot dien nghieng')).toHaveLength(1);
  on.close();
});

test('signs, emoji and other scripts split words and break nothing', () => {
  const on = openDesk();
  on.receive({ description: 'Số 22/12 "Lê-Duẩn" 🚒 *NEAR( AND 水管', place: { text: 'a', areaId: null, lat: null, lon: null } });
  for (const typed of ['22/12', 'le duan', '水管', 'near and']) expect(folded(on, typed)).toHaveLength(1);
  on.close();
});

test('upkeep merges the small segments that many commits leave', () => {
  const on = openDesk();
  const segments = () => on.db.prepare('SELECT count(DISTINCT segid) FROM fo_idx').pluck().get() as number;
  for (let i = 0; i < 45; i++) on.receive({ description: `Báo tin số t${i}` });
  const before = segments();
  for (let i = 0; i < 20; i++) on.call('upkeep', null);
  expect(segments()).toBeLessThan(before);
  expect(folded(on, 'bao tin so t44')).toHaveLength(1);
  on.close();
});

const seal = new Seal(KEY);

test('the short way of splitting a text gives the same words as the long one, for any text', () => {
  const piece = fc.oneof(fc.constantFrom('Hoà', 'hòa', 'uý1', 'Đường', 'i\u0307', 'a\u0331b', 'İstanbul', ' ', '/', 'e\u0301'), fc.string({ unit: 'binary', maxLength: 5 }), fc.string({ unit: 'grapheme', maxLength: 5 }));
  fc.assert(fc.property(fc.array(piece, { maxLength: 12 }), pieces => {
    const text = pieces.join('');
    expect(indexedForms({ open: text, name: '' }, seal)).toEqual({ exact: exactWords(text).join(' '), folded: foldedWords(text).join(' ') });
  }), { numRuns: 2_000 });
});
