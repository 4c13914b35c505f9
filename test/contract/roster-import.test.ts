import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { importCounts, NOBODY, previewImport, type DirectoryPerson } from '../../contract/roster-import-plan.ts';
import { PEOPLE_IMPORT, readPeopleTable, type PeopleTable } from '../../contract/roster-import.ts';
import { COMP, LEAVE, OFF, RosterPlan } from '../../contract/roster.ts';
import { THREE_SHIFTS } from '../../contract/roster-presets.ts';
import { cellWord } from '../../contract/roster-words.ts';

const MONTH = '2026-08', DAYS = 31;
const READ = { month: MONTH, shifts: THREE_SHIFTS };
const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const planOf = (members: { name: string; personId?: string | null; cells?: number[] }[]): RosterPlan => ({
  service: '115', month: MONTH, seats: 1, profile: 'LAB48', shifts: [...THREE_SHIFTS], members: members.map(({ name, personId = null, cells }) => ({ personId, name, cells: cells ?? Array.from({ length: DAYS }, () => OFF) })),
});
const PEOPLE: DirectoryPerson[] = [
  { id: id(1), login: 'an', name: 'Nguyễn Mẫu An', agency: 'Công an tỉnh' }, { id: id(2), login: 'binh', name: 'Trần Mẫu Bình', agency: null }, { id: id(3), login: 'binh2', name: 'Trần Mẫu Bình', agency: 'Sở Y tế' },
];
const tableOf = (text: string): PeopleTable => {
  const read = readPeopleTable(text, READ);
  if (!('table' in read)) throw new Error(read.trouble);
  return read.table;
};
const troubleOf = (text: string): string => { const read = readPeopleTable(text, READ); return 'table' in read ? 'table' : read.trouble; };
const wrongOf = (text: string): [number, string][] => tableOf(text).wrong.map(({ line, trouble }) => [line, trouble]);
/** Days since 1970. */
const date = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000;

describe('a list of people and leave', () => {
  test.each([
    ['with semicolons', 'Họ tên;Mã;Đơn vị;Quy tắc;Kỹ năng;Nghỉ phép từ;Nghỉ phép đến;Loại nghỉ\nNguyễn Mẫu An;an;Công an tỉnh;LAB48;"sơ cứu; lái xe";05/08/2026;7/8/2026;P\n'],
    ['with commas, no marks, another order', '\uFEFFSTT,Nghi phep den (dd/MM/yyyy),nghi phep tu,HO VA TEN,tai khoan,don vi,quy tac,ky nang\r\n1,2026-08-07,5/8,Nguyễn Mẫu An,an,Công an tỉnh,lab 48,"sơ cứu, lái xe"\r\n'],
    ['with tabs, in English, below a title', 'DANH SÁCH TRỰC\t\n\nName\tLogin\tAgency\tProfile\tSkills\tFrom\tTo\tLeave type\nNguyễn Mẫu An\tan\tCông an tỉnh\tLAB48\tsơ cứu;lái xe\t5.8.26\t07-08-2026\tLeave\n'],
    ['in decomposed letters', 'Họ tên;Mã;Đơn vị;Quy tắc;Kỹ năng;Nghỉ phép từ;Nghỉ phép đến\nNguyễn Mẫu An;an;Công an tỉnh;LAB48;"sơ cứu;lái xe";05/08/2026;07/08/2026'.normalize('NFD')],
  ])('%s', (_, text) => {
    const { shape, lines, wrong } = tableOf(text);
    expect({ shape, wrong }).toEqual({ shape: 'list', wrong: [] });
    expect(lines.map(({ line: _line, ...rest }) => rest)).toEqual([
      { name: 'Nguyễn Mẫu An', login: 'an', agency: 'Công an tỉnh', profile: 'LAB48', skills: ['sơ cứu', 'lái xe'], away: { from: date('2026-08-05'), to: date('2026-08-07'), cell: LEAVE } },
    ]);
  });

  test.each([
    ['2;32/08/2026;', 'date'], ['2;8/13/2026;', 'date'], ['2;07/08/2026;05/08/2026', 'order'], ['2;;05/08/2026', 'date'], [';05/08/2026;', 'noName'], ['S: 06–14;;', 'name'], ['12;;', 'name'], ['An;05/08/2026;06/08/2026;;x', 'columns'],
  ])('a line that is wrong is told by its number and why: %s', (line, trouble) => {
    expect(wrongOf(`Họ tên;Từ ngày;Đến ngày\n\nAn;5/8;\n${line.replace(/^2;/, 'Bình;')}\nCường;6/8;`)).toEqual([[4, trouble]]);
  });

  test('a word that is no rule, kind of leave, skill or wish is told, and where a value of several lines stands before it the number is that of the text', () => {
    const head = 'Họ tên;Quy tắc;Loại nghỉ;Kỹ năng;Nguyện vọng\n"An\nMẫu";;;;\n';
    expect(tableOf(head).lines.map(({ name, line }) => [name, line])).toEqual([['An Mẫu', 2]]);
    for (const [line, trouble] of [['B;LAB99;;;', 'profile'], ['B;;ốm;;', 'kind'], ['B;;;1,2,3,4,5,6,7;', 'skills'], ['B;;;;thích gì cũng được', 'wish'], ['B;;;;muốn P 3', 'wish']] as const) expect(wrongOf(head + line)).toEqual([[4, trouble]]);
    expect(tableOf(`${head}B;cand;NB;;"muốn nghỉ 12/8, không Đ 3; +S 4/8/2026"`).lines.at(-1)).toMatchObject({ profile: 'CAND', wishes: [{ date: date('2026-08-12'), cell: OFF, likes: true }, { date: date('2026-08-03'), cell: 3, likes: false }, { date: date('2026-08-04'), cell: 1, likes: true }] });
  });

  test('what is no table, or too much, is said to be so', () => {
    expect(['', ' \n\t', 'abc', 'a;b\nc;d', 'Họ tên;Từ\n'].map(troubleOf)).toEqual(['empty', 'empty', 'notTable', 'notTable', 'noRows']);
    expect(['x'.repeat(10_000_000), `Họ tên\n${'A'.repeat(PEOPLE_IMPORT.lineChars + 1)}`, `Họ tên\n${'A\n'.repeat(PEOPLE_IMPORT.lines)}`].map(troubleOf)).toEqual(['tooLarge', 'tooLarge', 'tooLarge']);
    expect(tableOf('Họ tên;Từ\nAn;"5/8\nBình;6/8').wrong).toEqual([{ line: 2, trouble: 'date', value: '"5/8' }]);
  });
});

const anyCells = fc.array(fc.constantFrom(OFF, LEAVE, COMP, 1, 2, 3), { minLength: DAYS, maxLength: DAYS });

describe('a month as a grid', () => {
  test('comes back cell by cell, with or without a heading, in any of the ways that days are named', () => {
    const headings = [(day: number) => String(day), (day: number) => String(day).padStart(2, '0'), (day: number) => `${day}/8`, (day: number) => `0${day}/08/2026`.slice(-10), (day: number) => `T2 ${day}`];
    fc.assert(fc.property(fc.array(anyCells, { minLength: 1, maxLength: 4 }), fc.constantFrom(null, ...headings), fc.boolean(), fc.boolean(), (rows, heading, withNumbers, withTitle) => {
      const plan = planOf(rows.map((_, at) => ({ name: `Mẫu ${'ABCD'[at]}` })));
      const before = (at: number): string[] => [...withNumbers ? [String(at + 1)] : [], `Mẫu ${'ABCD'[at]}`, ...withTitle ? ['Trực ban'] : []];
      const head = heading === null ? [] : [[...withNumbers ? ['STT'] : [], 'Họ tên', ...withTitle ? ['Chức vụ'] : [], ...rows[0]!.map((_, day) => heading(day + 1)), 'Giờ'].join('\t')];
      const text = [...head, ...rows.map((cells, at) => [...before(at), ...cells.map(cell => cellWord(cell, plan)), '176'].join('\t'))].join('\r\n');
      const { plan: after, wrong } = previewImport(plan, tableOf(text), []);
      expect(wrong).toEqual([]);
      expect(after.members.map(({ cells }) => cells)).toEqual(rows);
    }));
  });

  test('of another month, with a day beyond the month or a word that is no shift, is told; a person twice too', () => {
    const head = ['Họ tên', ...Array.from({ length: DAYS }, (_, day) => String(day + 1))].join('\t');
    const row = (name: string, word: string): string => [name, word, ...Array.from({ length: DAYS - 1 }, () => '')].join('\t');
    expect(troubleOf(`LỊCH TRỰC THÁNG 09/2026\n${head}\n${row('An', 'S')}`)).toBe('otherMonth');
    expect(troubleOf(`Họ tên\t${Array.from({ length: 30 }, (_, day) => `${day + 1}/9`).join('\t')}\nAn`)).toBe('otherMonth');
    expect(wrongOf(`${head}\n${row('An', 'X9')}\n${row('Bình', 'đ')}`)).toEqual([[2, 'cell']]);
    expect(previewImport(planOf([]), tableOf(`${head}\n${row('An', 'S')}\n${row('an', 'C')}`), []).wrong).toEqual([{ line: 3, trouble: 'twice', value: 'An' }]);
    const june = readPeopleTable(`${head}\n${row('An', 'S')}S\n`, { ...READ, month: '2026-06' });
    expect('table' in june && june.table.wrong).toEqual([{ line: 2, trouble: 'beyond', value: '31: S' }]);
  });
});

describe('what a table would do to a plan', () => {
  const LIST = 'Họ tên;Mã;Từ;Đến\n';
  test('people are known by login, else by their name in whatever case; whom nobody has is new; two of one name are asked', () => {
    const plan = planOf([{ name: 'Nguyễn Mẫu An', personId: id(1) }, { name: 'Lê Ngoài' }]);
    const table = tableOf(`${LIST}NGUYỄN MẪU AN;;5/8;6/8\nlê ngoài;ma-la;;\nTrần Mẫu Bình;;7/8;\n;BINH2;8/8;\nPhạm Mới;;9/8;\n;khong-co;;\nLê Sai;an;;`);
    const first = previewImport(plan, table, PEOPLE);
    expect(first.people.map(({ name, knownAs }) => [name, knownAs])).toEqual([['Nguyễn Mẫu An', 'member'], ['Lê Ngoài', 'member'], ['Trần Mẫu Bình', 'asked'], ['Trần Mẫu Bình', 'directory'], ['Phạm Mới', 'new']]);
    expect(first.wrong.map(({ line, trouble }) => [line, trouble])).toEqual([[7, 'login'], [8, 'loginName']]);
    expect(first.plan.members.map(({ personId, name, agency }) => [personId, name, agency])).toEqual([[id(1), 'Nguyễn Mẫu An', undefined], [null, 'Lê Ngoài', undefined], [id(3), 'Trần Mẫu Bình', 'Sở Y tế'], [null, 'Phạm Mới', undefined]]);
    expect(importCounts(first)).toEqual({ added: 2, cells: 4, changed: 0, asked: 1 });
    const { key } = first.people[2]!.ask!;
    const meant = (answer: string) => previewImport(plan, table, PEOPLE, { [key]: answer }).plan.members.map(({ personId, cells }) => [personId, cells.flatMap((cell, day) => (cell === LEAVE ? [day + 1] : []))]);
    expect(meant(id(3))).toEqual([[id(1), [5, 6]], [null, []], [id(3), [7, 8]], [null, [9]]]);
    expect(meant(id(2))).toEqual([[id(1), [5, 6]], [null, []], [id(2), [7]], [id(3), [8]], [null, [9]]]);
    expect(meant(NOBODY)).toEqual([[id(1), [5, 6]], [null, []], [null, [7]], [id(3), [8]], [null, [9]]]);
  });

  test('leave outside the month is told, also where it only sticks out; what is inside is taken, and shifts that it takes are told', () => {
    const plan = planOf([{ name: 'An', cells: Array.from({ length: DAYS }, () => 1) }]);
    const { plan: after, outside, people } = previewImport(plan, tableOf(`${LIST}An;;30/07/2026;01/08/2026\nAn;;31/08/2026;2/9/2026\nAn;;10/9/2026;`), []);
    expect(outside.map(({ line, isPartly }) => [line, isPartly])).toEqual([[2, true], [3, true], [4, false]]);
    expect(after.members[0]!.cells.flatMap((cell, day) => (cell === LEAVE ? [day] : []))).toEqual([0, 30]);
    expect(people[0]!.changes).toEqual([{ day: 0, was: 1, is: LEAVE }, { day: 30, was: 1, is: LEAVE }]);
  });

  test('over the turn of a year a day without its year is of the nearest one', () => {
    const read = readPeopleTable(`${LIST}An;;28/12;3/1`, { ...READ, month: '2026-12' });
    expect('table' in read && read.table.lines[0]!.away).toEqual({ from: date('2026-12-28'), to: date('2027-01-03'), cell: LEAVE });
  });

  test('whatever is read, nothing throws, the plan itself stays, and what comes of it is a plan', () => {
    const word = fc.oneof(fc.constantFrom('Họ tên', 'Mã', 'Từ', 'Đến', 'Kỹ năng', 'Loại nghỉ', 'Nguyện vọng', 'Quy tắc', 'Lê Ngoài', 'an', '5/8', '31/08/2026', 'S', 'Đ', 'P', 'NB', '', '1', '2', '"', '\n', '\t', ';', ','), fc.string({ unit: 'binary', maxLength: 12 }));
    const grid = fc.array(fc.array(fc.constantFrom('S', 'C', '', 'P', 'x', 'Mẫu', '9'), { minLength: 30, maxLength: 36 }).map(cells => cells.join('\t')), { maxLength: 4 }).map(rows => rows.join('\n'));
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.array(word, { maxLength: 60 }).map(words => words.join('')), fc.array(word, { maxLength: 40 }).map(words => `Họ tên;Mã;Từ;Đến;Nguyện vọng\n${words.join(';')}`), grid);
    const plan = planOf([{ name: 'Nguyễn Mẫu An', personId: id(1) }, { name: 'Lê Ngoài' }, { name: 'Lê Ngoài' }]);
    const before = JSON.stringify(plan);
    fc.assert(fc.property(text, junk => {
      const read = readPeopleTable(junk, READ);
      if (!('table' in read)) return;
      const { plan: after } = previewImport(plan, read.table, PEOPLE);
      expect(JSON.stringify(plan)).toBe(before);
      expect(RosterPlan.safeParse(after).success).toBe(true);
      expect(after.members.length).toBeGreaterThanOrEqual(plan.members.length);
    }), { numRuns: 200 });
  });

  test('beyond the people that a plan holds, the next one is told', () => {
    const names = Array.from({ length: 62 }, (_, at) => `Mẫu ${at}`);
    const { plan, wrong } = previewImport(planOf([]), tableOf(`Họ tên\n${names.join('\n')}`), []);
    expect([plan.members.length, wrong.map(({ line, trouble }) => [line, trouble])]).toEqual([60, [[62, 'full'], [63, 'full']]]);
  });
});
