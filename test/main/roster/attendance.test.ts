import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { openXlsx } from 'hucre/xlsx';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { entryOf, type Attended } from '../../../contract/documents/duty-attendance.ts';
import type { DutyRoster } from '../../../contract/documents/duty-roster.ts';
import { newId, type Id } from '../../../contract/ids.ts';
import { COMP, daysOf, OFF, type RosterPlan } from '../../../contract/roster.ts';
import { rosterId } from '../../../contract/roster-days.ts';
import { THREE_SHIFTS } from '../../../contract/roster-presets.ts';
import { instantOf } from '../../../contract/time.ts';
import { readDocument } from '../../../db/stores/documents.ts';
import { readDutyFigures } from '../../../main/roster/figures.ts';
import { changeWords, ownLines } from '../../../renderer/screens/roster/act-words.ts';
import { startTexts, t } from '../../../renderer/strings/text.ts';
import { createRosters } from '../../../main/roster/rosters.ts';
import { testDesk } from '../issues/desk.ts';
import { PEOPLE, sessionWith, SITES, T0 } from '../issues/support.ts';

const ends: (() => Promise<void>)[] = [];
beforeAll(() => startTexts('vi'));
afterEach(async () => { for (const end of ends.splice(0).reverse()) await end(); });
const [LEAD, C] = [newId(T0), newId(T0)], [A, B] = PEOPLE as unknown as [Id, Id];
const session = (personId: Id, role: 'ca_truong' | 'truc_ban' = 'truc_ban', some: object = {}) => sessionWith({ personId, roles: [role], scope: { siteIds: null, services: null }, ...some });
const by = (personId: Id, role?: 'ca_truong') => ({ session: session(personId, role), signal: new AbortController().signal });
const lead = by(LEAD, 'ca_truong');
const at = (day: number, hour: number, minute = 0): number => instantOf(2027, 2, day, hour, minute);
const planOf = (month: string, cells: number[][]): RosterPlan => ({
  service: '115', month, seats: 1, profile: 'LAB48', shifts: [...THREE_SHIFTS], holidays: [], members: [A, B, C].map((personId, row) => ({ personId, name: `Trực Mẫu ${row + 1}`, cells: Array.from({ length: daysOf(month) }, (_, day) => cells[row]?.[day] ?? OFF) })),
});

async function desk(cells: number[][] = [[1, 1], [2, 2], [3, 3]]) {
  const made = await testDesk();
  ends.push(() => made.close());
  const waiting = new Map<() => void, number>();
  const timers = { nowMs: () => made.now.ms, after: (ms: number, task: () => void) => { waiting.set(task, ms); return () => { waiting.delete(task); }; } };
  /** Time passes until the next task is due. @returns minutes; null: nothing is */
  const wake = (): number | null => {
    const [first] = [...waiting].sort((a, b) => a[1] - b[1]);
    if (first === undefined) return null;
    waiting.delete(first[0]);
    made.now.ms += first[1];
    first[0]();
    return first[1] / 60_000;
  };
  const rosters = createRosters({ timers, reader: made.reader, writer: made.writer, linkIsUp: () => false, correctedNowMs: () => made.now.ms, nowMs: () => made.now.ms, station: () => made.station, log: { error: () => undefined }, onNews: () => undefined });
  ends.push(rosters.close);
  const publish = (plan: RosterPlan) => rosters.handlers.publish({ plan, from: { edition: 0, approved: 0 }, reason: 'Định biên 3 người' }, lead);
  await publish(planOf('2027-02', cells));
  const row = (month = '2027-02'): DutyRoster => readDocument(made.reader, 'roster', rosterId(SITES[0]!, '115', month))!.document;
  const of = (personId: Id, day: number, cell: number): Attended | undefined => entryOf(row().attended, { personId, day, cell });
  const unsent = (): number => made.reader.prepare<[], number>('SELECT count(*) FROM outbox').pluck().get()!;
  return { made, ...rosters, publish, row, of, unsent, wake };
}

describe('presence, of itself', () => {
  test('whoever signs in within the hour before their shift, or in it, has come: once, with no link too', async () => {
    const { made, noteSession, of, unsent } = await desk();
    made.now.ms = at(1, 4, 59);
    await noteSession(session(A));
    expect(of(A, 0, 1)).toBeUndefined();
    made.now.ms = at(1, 5);
    for (const other of [null, session(A, 'truc_ban', { locked: true }), session(A, 'truc_ban', { scope: { siteIds: null, services: ['113'] } }), session(LEAD)]) await noteSession(other);
    expect(of(A, 0, 1)).toBeUndefined();
    const before = unsent();
    await noteSession(session(A));
    await noteSession(session(A));
    expect([of(A, 0, 1), unsent() - before]).toMatchObject([{ fromMs: at(1, 5), toMs: null, source: 'signIn' }, 1]);
    // The night, after midnight, too.
    made.now.ms = at(2, 2);
    await noteSession(session(C));
    expect(of(C, 0, 3)).toMatchObject({ fromMs: at(2, 2) });
  });

  test('whoever has signed in long before and sits there has come when their shift is an hour away; not who has locked or left, nor after the end', async () => {
    const { made, noteSession, of, wake, close } = await desk([[1, 1], [2, 2], [3, 3, 3]]);
    made.now.ms = at(1, 4, 10);
    await noteSession(session(A));
    // It is looked now and then, and at the very moment.
    expect([wake(), wake(), made.now.ms]).toEqual([30, 20, at(1, 5)]);
    await expect.poll(() => of(A, 0, 1)).toMatchObject({ fromMs: at(1, 5), toMs: null, source: 'signIn' });
    // One after another: who comes takes the place of who was there.
    made.now.ms = at(1, 12, 45);
    await noteSession(session(B));
    await noteSession(session(B, 'truc_ban', { locked: true }));
    expect(wake()).toBeNull();
    await noteSession(session(B));
    await noteSession(null);
    expect([wake(), of(B, 0, 2)]).toEqual([null, undefined]);
    made.now.ms = at(1, 4, 50);
    await noteSession(session(A));
    await close();
    expect(wake()).toBeNull();
    await noteSession(session(A));
    expect(wake()).toBeNull();
  });

  test('a signed handover says until when one was there, and from when the other', async () => {
    const { made, handlers, noteSession, noteHandover, of } = await desk();
    made.now.ms = at(1, 5, 50);
    await noteSession(session(A));
    made.now.ms = at(1, 13, 40);
    await noteSession(session(B));
    made.now.ms = at(1, 14, 6);
    await noteHandover({ goerId: A, taker: session(B), fromMs: at(1, 6), lines: ['115'] });
    expect([of(A, 0, 1), of(B, 0, 2)]).toMatchObject([{ fromMs: at(1, 6), toMs: at(1, 14, 6), source: 'handover', byId: B }, { fromMs: at(1, 14, 6), toMs: null, source: 'handover' }]);
    // Nobody has signed that A came before their shift: signing in does not say that they worked.
    expect((await handlers.attendance({ service: '115', month: '2027-02' }, lead))!.people[0]).toMatchObject({ actual: { minutes: 486 }, overtime: 6 });
    // Of another line it says nothing.
    made.now.ms = at(1, 22);
    await noteHandover({ goerId: B, taker: session(C), fromMs: at(1, 14), lines: ['113'] });
    expect([of(B, 0, 2)!.toMs, of(C, 0, 3)]).toEqual([null, undefined]);
    await noteHandover({ goerId: B, taker: session(C), fromMs: at(1, 14), lines: ['115'] });
    expect([of(B, 0, 2)!.toMs, of(C, 0, 3)!.fromMs]).toEqual([at(1, 22), at(1, 22)]);
  });
});

describe('a month as it was worked', () => {
  test('a running shift is taken over: the board says who is there, the month what each has worked', async () => {
    const { made, handlers, noteSession, row } = await desk();
    made.now.ms = at(1, 6);
    await noteSession(session(A));
    const where = { id: row().id, personId: A, day: 0, cell: 1 };
    made.now.ms = at(1, 10);
    const now = async () => (await handlers.board({}, lead)).lines.find(({ service }) => service === '115')!.now[0]!;
    expect(await now()).toMatchObject({ names: ['Trực Mẫu 1'], running: { id: where.id, day: 0, cell: 1, people: [{ personId: A, isKnown: true, insteadOf: '' }] } });
    // C has the night of that day: eight hours after the shift ends.
    const look = async (who: Id) => (await handlers.board({}, by(who))).lines.find(({ service }) => service === '115')!.now[0]!.running!.taker;
    expect(await look(C)).toEqual({ before: null, after: { desk: '115', code: 'Đ', fromMs: at(1, 22), toMs: at(2, 6), minutes: 480 }, week: 960 + 240, rest: { minutes: 720, isLaw: true }, most: { minutes: 2_880, isLaw: true } });
    expect(await look(A)).toBeUndefined();
    await expect((async () => handlers.takeOver({ ...where, reason: ' ' }, by(C)))()).rejects.toMatchObject({ code: 'roster/why-needed' });
    const view = await handlers.takeOver({ ...where, reason: 'ốm' }, by(C));
    expect(await now()).toMatchObject({ names: ['Trực Mẫu 3'], running: { people: [{ personId: C, isKnown: true, insteadOf: 'Trực Mẫu 1' }] } });
    // The week says the same as the card, while it runs and when it is over.
    const inWeek = async () => (await handlers.board({}, lead)).lines.find(({ service }) => service === '115')!.week![0]!.shifts.map(({ names }) => names);
    expect(await inWeek()).toEqual([['Trực Mẫu 3'], ['Trực Mẫu 2'], ['Trực Mẫu 3']]);
    const told = (await handlers.published({ service: '115', month: '2027-02' }, by(A)))!;
    expect([Object.keys(told.names).includes(A), changeWords(told, A, t)]).toEqual([true, `Trực Mẫu 3 đã nhận ca S 01/02 của bạn từ 10:00: “ốm”`]);
    expect([ownLines(told, A, made.now.ms, t), ownLines(told, C, made.now.ms, t)].map(lines => lines.map(({ words, note }) => `${words}${note === '' ? '' : ` · ${note}`}`))).toEqual([
      [`01/02 · ca S · 06:00–14:00 · đã được Trực Mẫu 3 nhận thay từ 10:00`, '02/02 · ca S · 06:00–14:00'], [`01/02 · ca S · 06:00–14:00 · trực thay ${told.names[A]!}`, '01/02 · ca Đ · 22:00–06:00', '02/02 · ca Đ · 22:00–06:00'],
    ]);
    expect(view.marks).toEqual([{ personId: A, day: 0, cell: 1, mark: 'came' }, { personId: C, day: 0, cell: 1, mark: 'instead' }]);
    expect((await handlers.published({ service: '115', month: '2027-02' }, by(A)))!.mustAcknowledge).toBe(true);
    made.now.ms = at(1, 15);
    const { people, left } = (await handlers.attendance({ service: '115', month: '2027-02' }, by(A)))!;
    expect(people.map(one => [one.actual.minutes, one.overtime, one.comp.balance])).toEqual([[240, 0, 0], [0, 0, 0], [240, 240, 240]]);
    expect([left, (await inWeek())[0]]).toEqual([[], ['Trực Mẫu 3']]);
    await expect((async () => handlers.takeOver({ ...where, reason: 'ốm' }, by(C)))()).rejects.toMatchObject({ code: 'roster/not-running' });
    await expect((async () => handlers.attend({ ...where, fromMs: null, toMs: null, insteadOfId: null, reason: '' }, lead))()).rejects.toMatchObject({ code: 'roster/attend-reason' });
    const entered = await handlers.attend({ ...where, fromMs: null, toMs: null, insteadOfId: null, reason: 'không đến' }, lead);
    expect(entered.people.map(one => one.absent)).toEqual([1, 0, 0]);
    expect(await handlers.attendance({ service: '115', month: '2027-02' }, { ...lead, session: session(LEAD, 'ca_truong', { scope: { siteIds: [newId(T0)], services: null } }) })).toBeNull();
    expect(await handlers.attendance({ service: '115', month: '2027-03' }, lead)).toBeNull();
  });

  test('time off in lieu goes from month to month of the year: earned by overtime and on holidays, taken as NB', async () => {
    const { made, handlers, publish, row } = await desk([[], [], []]);
    await publish(planOf('2027-01', [[1], [], []]));
    await publish({ ...planOf('2026-12', [[1], [], []]) });
    await publish({ ...planOf('2027-03', [[COMP, COMP, 1], [], []]), holidays: [2] });
    const enter = async (month: string, day: number, personId: Id, fromMs: number, toMs: number) => handlers.attend({ id: row(month).id, personId, day, cell: 1, fromMs, toMs, insteadOfId: null, reason: 'sổ trực' }, lead);
    made.now.ms = instantOf(2027, 3, 20);
    const jan = (hour: number, day = 1): number => instantOf(2027, 1, day, hour);
    // Ten hours of eight, and a shift that is not theirs; the year before counts for nothing.
    await enter('2027-01', 0, A, jan(6), jan(16));
    await enter('2027-01', 4, A, jan(6, 5), jan(14, 5));
    await enter('2026-12', 4, A, instantOf(2026, 12, 5, 6), instantOf(2026, 12, 5, 14));
    await enter('2027-03', 2, A, instantOf(2027, 3, 3, 6), instantOf(2027, 3, 3, 14));
    const comp = async (month: string) => (await handlers.attendance({ service: '115', month }, lead))!.people[0]!.comp;
    expect(await comp('2027-01')).toEqual({ opening: 0, earned: 600, taken: 0, balance: 600 });
    expect(await comp('2027-02')).toEqual({ opening: 600, earned: 0, taken: 0, balance: 600 });
    expect(await comp('2027-03')).toEqual({ opening: 600, earned: 480, taken: 960, balance: 120 });
  });

  test('the week\'s norm is one over the desks of the site and over the border of a month, and time off in lieu is earned once', async () => {
    // Monday 22 to Sunday 28 February 2027: four shifts at the line, then three at the IOC and on Monday 1 March another.
    const week = [22, 23, 24, 25, 26, 27, 28];
    const planAt = (service: '115' | 'ioc', days: number[]): RosterPlan => ({ ...planOf('2027-02', [Array.from({ length: 28 }, (_, day) => (days.includes(day + 1) ? 1 : OFF))]), service });
    const { made, handlers, publish } = await desk([]);
    await publish(planAt('ioc', week.slice(4)));
    await handlers.publish({ plan: planAt('115', week.slice(0, 4)), from: { edition: 1, approved: 0 }, reason: 'Định biên 3 người' }, lead);
    await publish({ ...planOf('2027-03', [[1]]), service: 'ioc' });
    made.now.ms = instantOf(2027, 3, 20);
    const enter = async (service: '115' | 'ioc', month: string, days: number[]): Promise<void> => {
      const [year, number] = month.split('-').map(Number) as [number, number];
      for (const day of days) await handlers.attend({ id: rosterId(SITES[0]!, service, month), personId: A, day: day - 1, cell: 1, fromMs: instantOf(year, number, day, 6), toMs: null, insteadOfId: null, reason: 'sổ trực' }, lead);
    };
    await enter('115', '2027-02', week.slice(0, 4));
    await enter('ioc', '2027-02', week.slice(4));
    await enter('ioc', '2027-03', [1]);
    const of = async (service: '115' | 'ioc', month: string) => { const [one] = (await handlers.attendance({ service, month }, lead))!.people; return [one!.actual.minutes, one!.overtime, one!.beside, one!.comp.balance]; };
    // 56 hours of 48: the eight are Sunday's.
    expect(await of('115', '2027-02')).toEqual([1_920, 0, 0, 480]);
    expect(await of('ioc', '2027-02')).toEqual([1_440, 480, 480, 480]);
    expect(await of('ioc', '2027-03')).toEqual([480, 0, 0, 480]);
  });

  test('a week goes over the end of the year, where the year itself begins with nothing; a day off in lieu at two desks is one day', async () => {
    const { made, handlers, publish, row } = await desk([]);
    // Monday 28 December 2026 to Sunday 3 January 2027: eight hours on each day, 56 of 48.
    await publish(planOf('2026-12', [Array.from({ length: 31 }, (_, day) => (day >= 27 ? 1 : OFF))]));
    await publish(planOf('2027-01', [[1, 1, 1, OFF, OFF, OFF, COMP]]));
    await publish({ ...planOf('2027-01', [[OFF, OFF, OFF, OFF, OFF, OFF, COMP]]), service: 'ioc' });
    made.now.ms = instantOf(2027, 1, 20);
    for (const [month, days] of [['2026-12', [28, 29, 30, 31]], ['2027-01', [1, 2, 3]]] as const) {
      const [year, number] = month.split('-').map(Number) as [number, number];
      for (const day of days) await handlers.attend({ id: row(month).id, personId: A, day: day - 1, cell: 1, fromMs: instantOf(year, number, day, 6), toMs: null, insteadOfId: null, reason: 'sổ trực' }, lead);
    }
    const [one] = (await handlers.attendance({ service: '115', month: '2027-01' }, lead))!.people;
    expect([one!.overtime, one!.comp]).toEqual([480, { opening: 0, earned: 480, taken: 480, balance: 0 }]);
  });

  test('what is a public holiday in the month after, the plan of that month says: the night into it too', async () => {
    const { made, handlers, publish, row } = await desk([Array.from({ length: 28 }, (_, day) => (day === 27 ? 3 : OFF))]);
    made.now.ms = instantOf(2027, 3, 20);
    await handlers.attend({ id: row().id, personId: A, day: 27, cell: 3, fromMs: at(28, 22), toMs: null, insteadOfId: null, reason: 'sổ trực' }, lead);
    const holiday = async (): Promise<number> => (await handlers.attendance({ service: '115', month: '2027-02' }, lead))!.people[0]!.holiday;
    expect(await holiday()).toBe(0);
    await publish({ ...planOf('2027-03', [[1]]), holidays: [0] });
    expect(await holiday()).toBe(360);
  });
});

const OFFICE = 'soffice';
const hasOffice = spawnSync(OFFICE, ['--version']).status === 0;

describe('what leaves the desk', () => {
  async function worked() {
    const one = await desk();
    one.made.now.ms = at(1, 6);
    await one.noteSession(session(A));
    one.made.now.ms = at(1, 10);
    await one.handlers.takeOver({ id: one.row().id, personId: A, day: 0, cell: 1, reason: '=1+1' }, by(C));
    one.made.now.ms = at(3, 12);
    return one;
  }

  test('the time sheet has everybody\'s hours and every entry behind them; LibreOffice (where it is installed) computes nothing in it', async () => {
    const { handlers, row } = await worked();
    const file = await handlers.file({ plan: row().plan, format: 'timesheet', member: null }, lead);
    expect(file.name).toBe('Bang-cong-115-2027-02.xlsx');
    const bytes = Buffer.from(file.base64, 'base64');
    const { sheets: [people, entries] } = await openXlsx(bytes);
    expect([people!.name, people!.rows[1]![0], people!.rows[2]![0]]).toEqual(['Bảng công', 'BẢNG CÔNG ĐƯỜNG DÂY 115 – THÁNG 02/2027', 'Tính đến 03/02/2027 12:00']);
    expect(people!.rows.slice(4, 7).map(cells => cells.slice(0, 9))).toEqual([[1, 'Trực Mẫu 1', 2, 16, 1, 4, 0, 0, 0], [2, 'Trực Mẫu 2', 2, 16, 0, 0, 0, 0, 0], [3, 'Trực Mẫu 3', 2, 16, 1, 4, 0, 0, 4]]);
    expect(entries!.rows.slice(2).map(cells => cells.map(cell => cell ?? ''))).toEqual([['01/02/2027', 'S', 'Trực Mẫu 1', '06:00 01/02/2027', '10:00 01/02/2027', '', 'đăng nhập', '', ''], ['01/02/2027', 'S', 'Trực Mẫu 3', '10:00 01/02/2027', 'hết ca', 'Trực Mẫu 1', 'nhận ca đang trực', '', '=1+1']]);
    await expect((async () => handlers.file({ plan: { ...row().plan, month: '2027-03', members: [] }, format: 'timesheet', member: null }, lead))()).rejects.toMatchObject({ code: 'document/not-found' });
    if (!hasOffice) return;
    const folder = mkdtempSync(join(tmpdir(), 'ioc-timesheet-'));
    writeFileSync(join(folder, 'sheet.xlsx'), bytes);
    const run = spawnSync(OFFICE, [`-env:UserInstallation=file://${join(folder, 'profile')}`, '--headless', '--convert-to', 'csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,true,false,false,-1', '--outdir', join(folder, 'out'), join(folder, 'sheet.xlsx')], { encoding: 'utf8', timeout: 120_000 });
    expect(run.status).toBe(0);
    const read = (name: string): string[][] => parse(readFileSync(join(folder, 'out', readdirSync(join(folder, 'out')).find(one => one.normalize('NFC').includes(name))!)), { delimiter: ';', bom: true, relax_column_count: true, relax_quotes: true });
    expect([read('Bảng công')[4]!.slice(0, 6), read('Chi tiết')[3]!.at(-1)]).toEqual([['1', 'Trực Mẫu 1', '2', '16', '1', '4'], '=1+1']);
    rmSync(folder, { recursive: true, force: true });
  }, 180_000);

  test('table 1 of the report: a desk whose months are published, and one of which nothing is', async () => {
    const { made } = await worked();
    const [line, ioc] = readDutyFigures(made.reader, SITES[0]!, { desks: ['115', 'ioc'], fromMs: instantOf(2027, 1, 15), toMs: instantOf(2027, 2, 15), nowMs: made.now.ms });
    // Until the third at noon seven shifts are over: six planned, one of them worked by two, five of which nothing is known; on the third nobody had the morning's or, before, there is none.
    expect(line).toMatchObject({ desk: '115', establishment: 3, present: 3, plannedShifts: 6, workedShifts: 7, unknownShifts: 5, coverage: { part: 6 * 480, of: 6 * 480 }, emptyShifts: 0, thinShifts: 0, perWeek: { minutes: 6 * 480 } });
    expect(ioc).toMatchObject({ desk: 'ioc', establishment: 4, present: 0, plannedShifts: 0, coverage: { part: 0, of: 0 }, handovers: { part: 0, of: 0 } });
  });
});
