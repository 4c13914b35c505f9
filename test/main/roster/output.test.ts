import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { openXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.ts';
import { COMP, daysOf, LEAVE, OFF, RosterFileOrder, type RosterPlan } from '../../../contract/roster.ts';
import { previewImport } from '../../../contract/roster-import-plan.ts';
import { readPeopleTable } from '../../../contract/roster-import.ts';
import { PRESETS, withPreset } from '../../../contract/roster-presets.ts';
import { instantOf } from '../../../contract/time.ts';
import { escaped, folded, personCalendar } from '../../../main/roster/output/calendar.ts';
import { rosterFile } from '../../../main/roster/output/roster-file.ts';

const OFFICE = 'soffice';
const hasOffice = spawnSync(OFFICE, ['--version']).status === 0;
const OFFICE_WITHIN_MS = 120_000;
const MINUTE_MS = 60_000;
const AT_MS = instantOf(2026, 7, 25, 9, 30);
const SITE = { id: newId(AT_MS), name: 'Trung tâm IOC huyện Đồng Phú' };
/** Names that a spreadsheet would compute or change, and one that needs marks in a calendar. */
const NAMES = ['Nguyễn Văn Mẫu', '=1+1', '@SUM(1;2)', 'Lê Thị Dụ; ca, \\ trực'];

function planOf(month: string, some: Partial<RosterPlan> = {}): RosterPlan {
  return { service: '115', month, seats: 1, profile: 'LAB48', shifts: [...PRESETS.fast.shifts], members: NAMES.map(name => ({ personId: null, name, cells: Array.from({ length: daysOf(month) }, () => OFF) })), ...some };
}
/** Four crews S-C-Đ-off, the first of them on leave on the fourth. */
function august(): RosterPlan {
  const plan = withPreset(planOf('2026-08'), 'fast');
  return { ...plan, members: plan.members.map((member, row) => (row === 0 ? { ...member, cells: member.cells.with(3, LEAVE).with(4, OFF) } : member)) };
}
const bytesOf = async (order: RosterFileOrder): Promise<Buffer> => Buffer.from((await rosterFile(order, SITE, AT_MS)).base64, 'base64');

describe('the workbook of a month', () => {
  const stage = {} as { folder: string; xlsx: Buffer };
  beforeAll(async () => {
    if (!hasOffice) console.warn('LibreOffice is not on this machine: what it shows of a roster is not tried (Debian: libreoffice-calc).');
    Object.assign(stage, { folder: mkdtempSync(join(tmpdir(), 'ioc-roster-')), xlsx: await bytesOf({ plan: august(), format: 'xlsx', member: null }) });
    writeFileSync(join(stage.folder, 'month.xlsx'), stage.xlsx);
  });
  afterAll(() => { rmSync(stage.folder, { recursive: true, force: true }); });

  test('copied as text out of a spreadsheet comes back as the same cells, title and legend passed over', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.array(fc.constantFrom(OFF, LEAVE, COMP, 1, 2, 3), { minLength: 31, maxLength: 31 }), { minLength: 1, maxLength: 5 }), async cells => {
      const plan = planOf('2026-08', { members: cells.map((row, at) => ({ personId: null, name: `Nguyễn Văn Mẫu ${'ABCDE'[at]}`, cells: row })) });
      const { sheets: [grid] } = await openXlsx(await bytesOf({ plan, format: 'xlsx', member: null }));
      const text = grid!.rows.map(row => Array.from({ length: 37 }, (_, at) => String(row[at] ?? '')).join('\t')).join('\r\n');
      const read = readPeopleTable(text, plan);
      if (!('table' in read)) throw new Error(read.trouble);
      const empty = { ...plan, members: plan.members.map(one => ({ ...one, cells: one.cells.map(() => 1) })) };
      const { plan: after, wrong, people } = previewImport(empty, read.table, []);
      expect([wrong, people.map(({ knownAs }) => knownAs)]).toEqual([[], cells.map(() => 'member')]);
      expect(after).toEqual(plan);
    }), { numRuns: 20 });
  });

  test('has people × days with weekdays and totals, and the days one after another with who is there', async () => {
    const { sheets: [grid, days] } = await openXlsx(stage.xlsx);
    expect([grid!.name, days!.name]).toEqual(['Lịch trực', 'Theo ngày']);
    const { rows } = grid!;
    expect([rows[0]![0], rows[1]![0]]).toEqual(['TRUNG TÂM IOC HUYỆN ĐỒNG PHÚ', 'LỊCH TRỰC ĐƯỜNG DÂY 115 – THÁNG 08/2026']);
    expect(rows[3]!.slice(0, 4)).toEqual(['STT', 'Họ và tên', '01', '02']);
    // 1 August 2026 is a Saturday.
    expect(rows[4]!.slice(2, 6)).toEqual(['T7', 'CN', 'T2', 'T3']);
    expect(rows[5]!.slice(0, 8).map(cell => cell ?? '')).toEqual([1, 'Nguyễn Văn Mẫu', 'S', 'C', 'Đ', 'P', '', 'C']);
    const shifts = august().members[0]!.cells.filter(cell => cell > OFF).length;
    expect(rows[5]!.slice(33, 35)).toEqual([shifts * 8, shifts]);
    expect(rows.slice(5, 9).map(row => row[1])).toEqual(NAMES);
    expect(grid!.freezePane).toMatchObject({ rows: 5, columns: 2 });
    expect(days!.rows).toHaveLength(2 + 31 * 3);
    // The last night ends in the next month; on the fifth nobody has the morning.
    expect(days!.rows.at(-1)!.slice(1, 5)).toEqual(['T2', 'Đ', '22:00', '06:00 (01/09)']);
    expect(days!.rows[2 + 4 * 3]!.slice(1).map(cell => cell ?? '')).toEqual(['T4', 'S', '06:00', '14:00', '', 1]);
  });

  test('marks public holidays in the head of the grid and in the days, says what the mark means, and is still read back', async () => {
    const plan = planOf('2027-01', { holidays: [0], members: [{ personId: null, name: 'Nguyễn Văn Mẫu', cells: Array.from({ length: 31 }, () => 1) }] });
    const { sheets: [grid, days] } = await openXlsx(await bytesOf({ plan, format: 'xlsx', member: null }));
    // 1 January 2027 is a Friday.
    expect(grid!.rows[4]!.slice(2, 6)).toEqual(['Lễ', 'T7', 'CN', 'T2']);
    expect(days!.rows[2]![1]).toBe('T6, lễ');
    expect(grid!.rows.some(row => row[1] === 'Lễ: ngày nghỉ lễ')).toBe(true);
    const read = readPeopleTable(grid!.rows.map(row => Array.from({ length: 37 }, (_, at) => String(row[at] ?? '')).join('\t')).join('\r\n'), plan);
    if (!('table' in read)) throw new Error(read.trouble);
    const empty = { ...plan, members: plan.members.map(one => ({ ...one, cells: one.cells.map(() => OFF) })) };
    const { plan: after, wrong } = previewImport(empty, read.table, []);
    expect([wrong, after]).toEqual([[], plan]);
    const plain = await openXlsx(await bytesOf({ plan: { ...plan, holidays: [] }, format: 'xlsx', member: null }));
    expect([plain.sheets[0]!.rows[4]![2], plain.sheets[0]!.rows.some(row => row[1] === 'Lễ: ngày nghỉ lễ')]).toEqual(['T6', false]);
  });

  test.runIf(hasOffice)('opened by LibreOffice (where it is installed): nothing computed, dates as we write them, a legend', () => {
    const out = join(stage.folder, 'out');
    const run = spawnSync(OFFICE, [`-env:UserInstallation=file://${join(stage.folder, 'profile')}`, '--headless', '--convert-to', 'csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,true,false,false,-1', '--outdir', out, join(stage.folder, 'month.xlsx')], { encoding: 'utf8', timeout: OFFICE_WITHIN_MS });
    expect([run.status, run.stderr.replace(/^.*javaldx.*$/gm, '').trim()]).toEqual([0, '']);
    const read = (name: string): string[][] => parse(readFileSync(join(out, readdirSync(out).find(file => file.normalize('NFC').includes(name))!)), { delimiter: ';', bom: true, relax_column_count: true, relax_quotes: true });
    const [grid, days] = [read('Lịch trực'), read('Theo ngày')];
    expect(grid.slice(5, 9).map(row => row[1])).toEqual(NAMES);
    expect(grid.map(row => row[1])).toEqual(expect.arrayContaining(['S: 06:00–14:00', 'Đ: 22:00–06:00 hôm sau', 'P: nghỉ phép; NB: nghỉ bù; ô trống: nghỉ', 'NGƯỜI LẬP']));
    expect(days[2]!.slice(0, 6)).toEqual(['01/08/2026', 'T7', 'S', '06:00', '14:00', 'Nguyễn Văn Mẫu']);
  });

  test('is made of any plan, also of one with nobody in it', async () => {
    const bytes = await bytesOf({ plan: planOf('2027-02', { members: [] }), format: 'xlsx', member: null });
    const { sheets: [grid] } = await openXlsx(bytes);
    expect(grid!.rows[1]![0]).toBe('LỊCH TRỰC ĐƯỜNG DÂY 115 – THÁNG 02/2027');
    expect(grid!.rows[3]).toHaveLength(2 + 28 + 4);
  });
});

/** A calendar as another hand reads it: lines joined again, properties by name, values unescaped. */
function eventsOf(calendar: string): Record<string, string>[] {
  const lines = calendar.replaceAll('\r\n ', '').split('\r\n');
  return lines.join('\n').split('BEGIN:VEVENT\n').slice(1).map(event => Object.fromEntries(event.split('\nEND:VEVENT')[0]!.split('\n').map(line => {
    const [, name, value] = /^([^:;]+)[^:]*:(.*)$/.exec(line)!;
    return [name!, value!.replace(/\\([\\;,n])/g, (_, sign: string) => (sign === 'n' ? '\n' : sign))];
  })));
}
const instant = (time: string): number => instantOf(...(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)$/.exec(time)!.slice(1).map(Number) as [number, number, number, number, number, number]));

describe('the calendar of a person', () => {
  const calendar = (plan: RosterPlan, member = 0, atMs = AT_MS): string => personCalendar({ plan, member: plan.members[member]!, site: SITE, atMs });

  test('has an event for each shift, none for leave and days off, in the zone that it describes', () => {
    const made = calendar(august());
    expect(made).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\n/);
    expect(made.endsWith('END:VEVENT\r\nEND:VCALENDAR\r\n')).toBe(true);
    expect(made.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    for (const line of ['BEGIN:VTIMEZONE\r\nTZID:Asia/Ho_Chi_Minh', 'TZOFFSETTO:+0700', 'DTSTART;TZID=Asia/Ho_Chi_Minh:20260803T220000\r\nDTEND;TZID=Asia/Ho_Chi_Minh:20260804T060000']) expect(made).toContain(line);
    const events = eventsOf(made);
    expect(events).toHaveLength(august().members[0]!.cells.filter(cell => cell > OFF).length);
    expect(events[2]).toMatchObject({ SUMMARY: 'Trực 115 – ca Đ', LOCATION: SITE.name });
    expect(eventsOf(calendar(august(), 3))[0]!['DESCRIPTION']).toBe(`${NAMES[3]!}, 06:00–14:00`);
  });

  test('a later one of the same month changes the same events: one UID for a person, a line and a day', () => {
    const uids = (plan: RosterPlan, member = 0) => eventsOf(calendar(plan, member)).map(event => event['UID']!);
    const other = { ...august(), members: august().members.map(member => ({ ...member, cells: member.cells.map(cell => (cell > OFF ? cell % 3 + 1 : cell)) })) };
    expect(uids(other)).toEqual(uids(august()));
    const all = [...uids(august()), ...uids(august(), 1), ...uids({ ...august(), service: '114' }), ...uids({ ...planOf('2026-09'), members: [{ personId: null, name: NAMES[0]!, cells: Array.from({ length: 30 }, () => 1) }] })];
    expect(new Set(all).size).toBe(all.length);
    const known = { ...august(), members: [{ ...august().members[0]!, personId: SITE.id }] };
    expect(uids({ ...known, members: [{ ...known.members[0]!, name: 'Tên Đã Sửa' }] })).toEqual(uids(known));
    const [before, after] = [AT_MS, AT_MS + MINUTE_MS].map(atMs => Number(eventsOf(calendar(august(), 0, atMs))[0]!['SEQUENCE'])) as [number, number];
    expect(after).toBeGreaterThan(before);
  });

  test('a shift ends when it ends: over midnight, over the end of a month and a year, after a whole day', () => {
    const times = (month: string, shifts: RosterPlan['shifts'], day: number) => {
      const cells = Array.from({ length: daysOf(month) }, (_, at) => (at === day ? 1 : OFF));
      const [event] = eventsOf(calendar(planOf(month, { shifts, members: [{ personId: null, name: 'M', cells }] })));
      return [event!['DTSTART'], event!['DTEND']];
    };
    const night = [PRESETS.fast.shifts[2]!];
    expect(times('2026-08', night, 30)).toEqual(['20260831T220000', '20260901T060000']);
    expect(times('2026-12', night, 30)).toEqual(['20261231T220000', '20270101T060000']);
    expect(times('2028-02', [...PRESETS.day48.shifts], 28)).toEqual(['20280229T060000', '20280301T060000']);
    fc.assert(fc.property(fc.integer({ min: 2000, max: 2099 }), fc.integer({ min: 1, max: 12 }), fc.nat(27), fc.integer({ min: 0, max: 1_440 }), fc.integer({ min: 1, max: 1_440 }), (year, month, day, fromMin, minutes) => {
      const [start, end] = times(`${year}-${String(month).padStart(2, '0')}`, [{ code: 'S', fromMin, minutes, isNight: false }], day) as [string, string];
      expect(instant(start)).toBe(instantOf(year, month, day + 1) + fromMin * MINUTE_MS);
      expect(instant(end) - instant(start)).toBe(minutes * MINUTE_MS);
    }), { numRuns: 300 });
  });

  const vietnamese = fc.string({ unit: fc.oneof(fc.constantFrom(...'aăâđêôơưếộừỹ ,;\\\n'), fc.constant('e\u0302\u0301'), fc.constant('🚑'), fc.string({ unit: 'binary', maxLength: 1 })), maxLength: 200 });
  test('no line is longer than 75 octets or cut inside a sign, and all of them together say what was said', () => {
    fc.assert(fc.property(vietnamese, text => {
      const line = `SUMMARY:${escaped(text)}`;
      const physical = folded(line).split('\r\n');
      for (const [at, part] of physical.entries()) {
        expect(Buffer.byteLength(part)).toBeLessThanOrEqual(75);
        expect(at === 0 || part.startsWith(' ')).toBe(true);
        expect(part.isWellFormed()).toBe(true);
      }
      expect(folded(line).replaceAll('\r\n ', '')).toBe(line);
      expect(line).not.toMatch(/[\r\n]/);
    }), { numRuns: 500 });
  });
});

test('files are named by line and month, a calendar by its person too; a calendar of nobody is not asked for', async () => {
  const nameOf = async (order: RosterFileOrder) => (await rosterFile(order, SITE, AT_MS)).name;
  const plan = august();
  expect(await nameOf({ plan, format: 'xlsx', member: null })).toBe('Lich-truc-115-2026-08.xlsx');
  expect(await nameOf({ plan, format: 'ics', member: 0 })).toBe('Lich-truc-115-2026-08-Nguyen-Van-Mau.ics');
  expect(await nameOf({ plan: { ...plan, members: [{ ...plan.members[0]!, name: '../..' }] }, format: 'ics', member: 0 })).toBe('Lich-truc-115-2026-08.ics');
  expect(RosterFileOrder.safeParse({ plan, format: 'ics', member: 3 }).success).toBe(true);
  for (const member of [null, 4]) expect(RosterFileOrder.safeParse({ plan, format: 'ics', member }).success).toBe(false);
});
