import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { exactForm, fold, words } from '../../../contract/text.ts';
import { createIssueQueries } from '../../../db/stores/issue-queries.ts';
import { createIssueSearch } from '../../../db/stores/issue-search.ts';
import { Search } from '../../../main/issues/search.ts';
import { Sheet } from '../../../main/issues/sheet.ts';
import { Vocabulary } from '../../../main/issues/vocabulary.ts';
import { issueWith, testDatabase, type TestDatabase } from './support.ts';

const open: TestDatabase[] = [];
afterEach(() => { for (const db of open.splice(0)) db.close(); });
const ALL = { siteIds: null, services: null };

function searching() {
  const db = testDatabase();
  open.push(db);
  const queries = createIssueQueries(db.reader);
  const sheet = new Sheet(queries);
  const vocabulary = new Vocabulary();
  const search = new Search({ sheet, search: createIssueSearch(db.reader), queries, vocabulary });
  const add = (some: Parameters<typeof issueWith>[0]) => {
    const issue = issueWith(some);
    sheet.apply(db.write(issue).issueRids!);
    vocabulary.learn(`${issue.description} ${issue.place.text}`);
    return issue;
  };
  const place = (text: string, description = 'x') => add({ description, place: { text, areaId: null, landmark: '', lat: null, lon: null } });
  const hits = (text: string, limit = 10) => search.hits(text, limit, ALL).map(hit => [hit.place, hit.exact]);
  return { db, queries, search, add, place, hits };
}

test('the three spellings of one street find each other; the one typed exactly comes first, newest first within each', () => {
  const { place, hits } = searching();
  place('Đường Hoà Bình');
  place('Duong hoa binh');
  place('đường Hòa Bình, hẻm 3');
  place('Đường Hoa Bính');
  place('Đại lộ Hùng Vương');
  const exact = [['đường Hòa Bình, hẻm 3', true], ['Đường Hoà Bình', true]];
  expect(hits('đường Hoà Bình')).toEqual([...exact, ['Đường Hoa Bính', false], ['Duong hoa binh', false]]);
  expect(hits('Đường Hòa Bình'.normalize('NFD'))).toEqual([...exact, ['Đường Hoa Bính', false], ['Duong hoa binh', false]]);
  expect(hits('duong hoa binh')).toEqual([['Duong hoa binh', true], ['Đường Hoa Bính', false], ['đường Hòa Bình, hẻm 3', false], ['Đường Hoà Bình', false]]);
  expect(hits('dai lo')).toEqual([['Đại lộ Hùng Vương', false]]);
  expect(hits('bình hoà', 1)).toEqual([['đường Hòa Bình, hẻm 3', true]]);
});

test('the last word may be unfinished, unless a space follows it', () => {
  const { place, hits } = searching();
  place('Nguyễn Huệ');
  place('Nguyệt Quế');
  expect(hits('nguy')).toEqual([['Nguyệt Quế', true], ['Nguyễn Huệ', true]]);
  expect(hits('nguyễ')).toEqual([['Nguyễn Huệ', true], ['Nguyệt Quế', false]]);
  expect(hits('nguy ')).toEqual([]);
  expect(hits('h nguyen')).toEqual([]);
});

test('signs, quotes and operators of the index in a typed text are only text', () => {
  const { place, hits } = searching();
  place('Số 22/12, hẻm "sâu"');
  for (const text of ['22/12', '"sâu"', 'sâu*', 'NEAR(22 12)', 'ex:sâu', '^ - + ( )', '', '  ', '22 AND', 'sâu" OR "x']) expect(() => hits(text)).not.toThrow();
  expect(hits('22/12 sau')).toEqual([['Số 22/12, hẻm "sâu"', false]]);
});

test('records are found by the end of a phone, by any part of the final number that people say, and by the provisional one', () => {
  const { add, search } = searching();
  const a = add({ displayNo: '115-2026-000123', provisionalNo: 'TẠM-BP01-260301-07', reporter: { anonymous: false, name: 'Nguyễn Văn Mẫu', phone: '+84 271 555 418', relation: '' } });
  const b = add({ displayNo: 'field-2026-000124', provisionalNo: 'TẠM-BP02-260301-08', reporter: { anonymous: false, name: '', phone: '0271 555 999', relation: '' } });
  const find = (text: string) => search.hits(text, 10, ALL).map(hit => hit.id);
  expect(find('418')).toEqual([a.id]);
  expect(find('555 418')).toEqual([a.id]);
  expect(find('+84 271 555-418')).toEqual([a.id]);
  expect(find('0271555999')).toEqual([b.id]);
  expect(find('+84271555999')).toEqual([b.id]);
  expect(find('0271 555 418')).toEqual([a.id]);
  expect(find('1271555999')).toEqual([]);
  expect(find('555')).toEqual([]);
  expect(find('123')).toEqual([a.id]);
  expect(find('000124')).toEqual([b.id]);
  expect(find('115-2026-0001')).toEqual([a.id]);
  expect(find('tam-bp02-260301-08')).toEqual([b.id]);
  expect(find('TẠM-BP0')).toEqual([b.id, a.id]);
  expect(find('tam-bp02-260301-09')).toEqual([]);
  expect(find('TẠM BP01 07')).toEqual([a.id]);
  expect(find('nguyen van mau')).toEqual([a.id]);
  expect(search.hits('418', 10, ALL)[0]!.exact).toBe(true);
});

test('who may not open a reporter’s name finds nobody by name or phone, and everything by what is not of a person', () => {
  const { add, search } = searching();
  const record = add({
    displayNo: '115-2026-000777', description: 'Cây đổ trước cổng', place: { text: 'Đường Hoà Bình', areaId: null, landmark: 'chợ Mẫu', lat: null, lon: null },
    reporter: { anonymous: false, name: 'Phan Bí Mật', phone: '0933 333 444', relation: '' },
  });
  const rid = search.textRids('hoa binh', true)[0]!;
  const seen = (mayReveal: boolean) => (text: string) => [
    search.hits(text, 10, ALL, mayReveal).some(hit => hit.id === record.id), [...search.textRids(text, mayReveal)].includes(rid), search.textRidsAmong(text, [rid], mayReveal).includes(rid),
  ];
  for (const text of ['phan bi mat', 'Phan Bí Mật', 'mật', 'cay do phan', '444', '3444', '0933333444']) {
    expect(seen(true)(text), text).toEqual([true, true, true]);
    expect(seen(false)(text), text).toEqual([false, false, false]);
  }
  for (const text of ['cay do', 'Cây đổ trước cổ', 'hoà bình ', 'cho mau', '777', '115-2026-0007']) expect(seen(false)(text), text).toEqual([true, true, true]);
});

test('what the scope does not hold is not found', () => {
  const { place, search, add } = searching();
  place('Đường Hoà Bình');
  const seen = add({ class: 'incident', service: '115', reporter: { anonymous: false, name: '', phone: '0271555418', relation: '' } });
  const of115 = { siteIds: null, services: ['115' as const] };
  expect(search.hits('hoà bình', 10, of115).map(hit => hit.id)).toEqual([seen.id]);
  expect(search.hits('418', 10, { siteIds: [], services: null })).toEqual([]);
});

test('as a queue filter a text finds what a plain comparison of words finds, and tells single records the same', () => {
  const { queries, search, place } = searching();
  const some = ['đèn', 'đen', 'dèn', 'đường', 'hỏng', 'hong', 'Hoà', 'hòa', '22', '12'];
  const aText = fc.array(fc.constantFrom(...some), { minLength: 1, maxLength: 3 }).map(list => list.join(' '));
  const stored: { text: string; rid: number }[] = [];
  fc.assert(fc.property(aText, aText, (added, typed) => {
    const issue = place('x', added);
    stored.push({ text: added, rid: queries.rid(issue.id)! });
    const wanted = words(fold(typed));
    const expected = stored.filter(({ text }) => {
      const has = words(fold(text));
      return wanted.every((word, i) => (i === wanted.length - 1 ? has.some(w => (/\d/.test(word) ? w === word : w.startsWith(word))) : has.includes(word)));
    }).map(({ rid }) => rid);
    expect([...search.textRids(typed, true)].sort((a, b) => a - b)).toEqual(expected);
    expect(search.textRidsAmong(typed, stored.map(({ rid }) => rid), true)).toEqual(expected);
    const exactWords = (text: string) => words(exactForm(text));
    const first = search.hits(`${typed} `, 100, ALL).findIndex(hit => !hit.exact);
    const exactHits = search.hits(`${typed} `, 100, ALL).filter(hit => hit.exact);
    for (const hit of exactHits) expect(exactWords(hit.description)).toEqual(expect.arrayContaining(exactWords(typed)));
    expect(first === -1 || first === exactHits.length).toBe(true);
  }), { numRuns: 60 });
});

test('a beginning that many records share is completed from known words, a rare one by the index itself', () => {
  const vocabulary = new Vocabulary();
  for (let i = 0; i < 200; i++) vocabulary.learn(i % 2 === 0 ? 'đường Nguyễn Huệ' : 'nước ngập');
  vocabulary.learn('nghĩa trang 12345');
  expect(vocabulary.complete('folded', 'ng')).toEqual({ words: ['ng', 'ngap', 'nguyen', 'nghia'], native: false });
  expect(vocabulary.complete('exact', 'nguyễ')).toEqual({ words: ['nguyễ', 'nguyễn'], native: false });
  expect(vocabulary.complete('folded', 'ngh').native).toBe(true);
  expect(vocabulary.complete('folded', 'kho')).toEqual({ words: ['kho'], native: true });
  expect(vocabulary.complete('folded', '123')).toEqual({ words: ['123'], native: false });
});
