import { daysOf, firstWeekdayOf, type RosterPlan, type RosterShare } from '../../../contract/roster.ts';
import { monthName, shiftTimes } from '../../../contract/roster-days.ts';
import { seatsAt } from '../../../contract/roster-seats.ts';
import { cellWord, DESK_NAMES } from '../../../contract/roster-words.ts';
import { letters } from '../../platform/sheet-parts.ts';
import { workbookBytes, type Look, type Sheet, type SheetCell, type SheetRow } from './workbook.ts';

const WEEK = 7, SATURDAY = 5, DAY_MS = 86_400_000;
/** 1 January 1970 in days as spreadsheets count them. */
const EPOCH_DAY = 25_569;
/** Number and name stand before the days; hours, shifts, nights and weekends after them. */
const BEFORE = 2, TOTALS = ['Giờ', 'Ca', 'Đêm', 'Cuối tuần'] as const;
const WIDTH = { number: 5, name: 26, day: 3.9, total: 7, names: 64 } as const;
/** A line of a row, points; of a column's letters so many are left for it, since not all are as narrow as a digit. */
const LINE = 17, FILLED = 0.8;
const WEEKDAYS = ['T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'CN'] as const;

const text = (words: string, look: Look): SheetCell => ({ text: words, look });
/** Programs measure rows anew only when somebody edits them. */
const heightOf = (words: string, width: number): number => LINE * Math.max(1, Math.ceil(words.length / (width * FILLED)));
const figure = (n: number): SheetCell => ({ figure: n, look: 'figure' });

interface Month { plan: RosterPlan; days: number; first: number; siteName: string }
const isWeekend = ({ first }: Month, day: number): boolean => (first + day) % WEEK >= SATURDAY;
const weekday = ({ first }: Month, day: number): string => WEEKDAYS[(first + day) % WEEK]!;
const isHoliday = ({ plan }: Month, day: number): boolean => plan.holidays?.includes(day) === true;
/** Grey: Saturdays, Sundays, public holidays. */
const isOff = (month: Month, day: number): boolean => isWeekend(month, day) || isHoliday(month, day);
const two = (n: number): string => String(n).padStart(2, '0');

/** A month of duty as a workbook: people × days as it is hung up, and the days one after another. @param shares of each member, in their order; fewer where nobody can be planned */
export function monthBook(plan: RosterPlan, shares: readonly RosterShare[], siteName: string): Promise<Buffer> {
  const month: Month = { plan, days: daysOf(plan.month), first: firstWeekdayOf(plan.month), siteName };
  return workbookBytes([gridSheet(month, shares), daySheet(month)]);
}

function gridSheet(month: Month, shares: readonly RosterShare[]): Sheet {
  const { plan, days, siteName } = month;
  const all = Array.from({ length: days }, (_, day) => day);
  const width = BEFORE + days + TOTALS.length;
  const look = (day: number, plain: Look, off: Look): Look => (isOff(month, day) ? off : plain);
  const head: SheetRow[] = [
    { cells: [text(siteName.toLocaleUpperCase('vi'), 'site')] },
    { cells: [text(`LỊCH TRỰC ${DESK_NAMES[plan.service].toLocaleUpperCase('vi')} – THÁNG ${monthName(plan.month)}`, 'title')], height: 24 },
    { cells: [text(seatsWords(plan), 'under')] },
    { cells: [text('STT', 'heading'), text('Họ và tên', 'heading'), ...all.map(day => text(two(day + 1), look(day, 'heading', 'headingOff'))), ...TOTALS.map(word => text(word, 'heading'))], height: 30 },
    { cells: [text('', 'heading'), text('', 'heading'), ...all.map(day => text(isHoliday(month, day) ? 'Lễ' : weekday(month, day), look(day, 'heading', 'headingOff'))), ...TOTALS.map(() => text('', 'heading'))] },
  ];
  const people = plan.members.map(({ name, cells }, row): SheetRow => {
    const { minutes, shifts, nights, weekends } = shares[row] ?? { minutes: 0, shifts: 0, nights: 0, weekends: 0 };
    return { cells: [figure(row + 1), text(name, 'name'), ...cells.map((cell, day) => text(cellWord(cell, plan), look(day, 'mark', 'markOff'))), ...[minutes / 60, shifts, nights, weekends].map(figure)], height: heightOf(name, WIDTH.name) };
  });
  const legend = legendOf(plan).map((words): SheetRow => ({ cells: [null, text(words, 'small')] }));
  const signAt = BEFORE + Math.floor(days * 2 / 3);
  const signs: SheetRow = { cells: Array.from({ length: width }, (_, at) => (at === 1 ? text('NGƯỜI LẬP', 'sign') : at === signAt ? text('LÃNH ĐẠO TRUNG TÂM', 'sign') : null)) };
  const rows = [...head, ...people, { cells: [] }, ...legend, { cells: [] }, signs];
  const last = letters(width);
  const ends = ['A', 'B', ...TOTALS.map((_, at) => letters(BEFORE + days + at + 1))];
  return {
    name: 'Lịch trực', rows, frozen: { rows: head.length, columns: BEFORE }, headRows: [4, 5],
    widths: [WIDTH.number, WIDTH.name, ...all.map(() => WIDTH.day), ...TOTALS.map(() => WIDTH.total)],
    merged: ['A1:B1', `A2:${last}2`, `A3:${last}3`, ...ends.map(column => `${column}4:${column}5`), `${letters(signAt + 1)}${rows.length}:${last}${rows.length}`],
  };
}

/** How many people sit in each shift. */
function seatsWords({ seats, shifts }: RosterPlan): string {
  return shifts.some(shift => shift.seats !== undefined) ? shifts.map(shift => `Ca ${shift.code}: ${shift.seats ?? seats} người`).join('; ') : `Mỗi ca ${seats} người`;
}

/** Each shift of each day: who is there from when to when, and how many are missing. */
function daySheet(month: Month): Sheet {
  const { plan, days, siteName } = month;
  const [year, number] = plan.month.split('-').map(Number) as [number, number];
  const headings = ['Ngày', 'Thứ', 'Ca', 'Từ', 'Đến', 'Người trực', 'Còn thiếu'];
  const rows = Array.from({ length: days }, (_, day) => plan.shifts.map((shift, kind): SheetRow => {
    const look: Look = isOff(month, day) ? 'markOff' : 'mark';
    const there = plan.members.filter(({ cells }) => cells[day] === kind + 1);
    const names = there.map(({ name }) => name).join(', ');
    const { from, to, daysLater } = shiftTimes(shift);
    const ended = new Date(Date.UTC(year, number - 1, day + 1 + daysLater));
    const until = daysLater === 0 ? to : `${to} (${two(ended.getUTCDate())}/${two(ended.getUTCMonth() + 1)})`;
    const missing = Math.max(0, seatsAt(plan, day, kind) - there.length);
    return { cells: [{ figure: Date.UTC(year, number - 1, day + 1) / DAY_MS + EPOCH_DAY, look: 'date' }, text(`${weekday(month, day)}${isHoliday(month, day) ? ', lễ' : ''}`, look), text(shift.code, look), text(from, look), text(until, look), text(names, 'name'), missing === 0 ? text('', 'mark') : figure(missing)], height: heightOf(names, WIDTH.names) };
  })).flat();
  return {
    name: 'Theo ngày', frozen: { rows: 2, columns: 0 }, headRows: [2, 2], merged: ['A1:G1'], widths: [12, 8, 6, 8, 15, WIDTH.names, 11],
    rows: [{ cells: [text(`${siteName} – lịch trực ${DESK_NAMES[plan.service]}, tháng ${monthName(plan.month)}`, 'site')] }, { cells: headings.map(word => text(word, 'heading')) }, ...rows],
  };
}

function legendOf({ shifts, holidays = [] }: RosterPlan): string[] {
  const told = shifts.map(shift => {
    const { from, to, daysLater } = shiftTimes(shift);
    return `${shift.code}: ${from}–${to}${daysLater === 0 ? '' : ' hôm sau'}`;
  });
  return [...told, 'P: nghỉ phép; NB: nghỉ bù; ô trống: nghỉ', ...holidays.length === 0 ? [] : ['Lễ: ngày nghỉ lễ']];
}
