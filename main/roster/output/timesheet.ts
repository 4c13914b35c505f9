import type { AttendanceView } from '../../../contract/documents/duty-attend-calls.ts';
import type { RosterPlan } from '../../../contract/roster.ts';
import { monthName } from '../../../contract/roster-days.ts';
import { DESK_NAMES } from '../../../contract/roster-words.ts';
import { formatDate, formatDateTime, formatTime } from '../../../contract/time.ts';
import { letters } from '../../platform/sheet-parts.ts';
import { workbookBytes, type Look, type Sheet, type SheetCell, type SheetRow } from './workbook.ts';

const HOUR = 60;
const text = (words: string, look: Look): SheetCell => ({ text: words, look });
const figure = (n: number): SheetCell => ({ figure: n, look: 'figure' });
/** Hours to the hundredth, of minutes. */
const hours = (minutes: number): SheetCell => figure(Math.round(minutes / HOUR * 100) / 100);
const SOURCES = { signIn: 'đăng nhập', handover: 'bàn giao ca', takeOver: 'nhận ca đang trực', planner: 'người lập lịch ghi' } as const;
const COLUMNS = ['Ca theo lịch', 'Giờ theo lịch', 'Ca thực tế', 'Giờ thực tế', 'Giờ đêm', 'Giờ ngày lễ', 'Giờ làm thêm', 'Vắng (ca)', 'Đến muộn (phút)', 'Chưa rõ (ca)', 'Nghỉ bù đầu tháng', 'Nghỉ bù phát sinh', 'Nghỉ bù đã nghỉ', 'Nghỉ bù còn'] as const;

/** What a time sheet is made of: the plan with what people have changed between them, and the month as it was worked until `atMs`. */
export interface Timesheet { duty: RosterPlan; view: AttendanceView; siteName: string; atMs: number }

/** "Bảng công" of a month, for allowances: people with their hours and time off in lieu, and every entry that these come from. */
export function timesheetBook(sheet: Timesheet): Promise<Buffer> {
  return workbookBytes([peopleSheet(sheet), entrySheet(sheet)]);
}

function peopleSheet({ duty, view, siteName, atMs }: Timesheet): Sheet {
  const width = 2 + COLUMNS.length, last = letters(width);
  const people = view.people.map((one, row): SheetRow => ({
    cells: [
      figure(row + 1), text(one.name, 'name'), figure(one.swapped.shifts), hours(one.swapped.minutes), figure(one.actual.shifts), hours(one.actual.minutes), hours(one.night), hours(one.holiday), hours(one.overtime),
      figure(one.absent), figure(one.late), figure(one.unknown), hours(one.comp.opening), hours(one.comp.earned), hours(one.comp.taken), hours(one.comp.balance),
    ],
  }));
  const notes = [
    'Giờ đêm: 22:00–06:00 (Bộ luật Lao động 2019, Điều 106). Ca tính vào tháng mà ca bắt đầu.', 'Giờ làm thêm: ngoài ca của mình theo lịch, và phần vượt giờ chuẩn trong tuần, tính chung mọi tuyến, bàn trực của trung tâm.',
    'Nghỉ bù phát sinh: giờ làm thêm và giờ ngày lễ, mỗi giờ tính một lần; một ngày NB là 8 giờ.', 'Chưa rõ: ca đã qua mà chưa ai chấm công; không tính vào giờ thực tế.',
  ].map((words): SheetRow => ({ cells: [null, text(words, 'small')] }));
  const signAt = 10;
  const rows: SheetRow[] = [
    { cells: [text(siteName.toLocaleUpperCase('vi'), 'site')] }, { cells: [text(`BẢNG CÔNG ${DESK_NAMES[duty.service].toLocaleUpperCase('vi')} – THÁNG ${monthName(duty.month)}`, 'title')], height: 24 },
    { cells: [text(`Tính đến ${formatDateTime(atMs)}`, 'under')] }, { cells: ['STT', 'Họ và tên', ...COLUMNS].map(word => text(word, 'heading')), height: 48 },
    ...people, { cells: [] }, ...notes, { cells: [] }, { cells: Array.from({ length: width }, (_, at) => (at === 1 ? text('NGƯỜI LẬP', 'sign') : at === signAt ? text('LÃNH ĐẠO TRUNG TÂM', 'sign') : null)) },
  ];
  return {
    name: 'Bảng công', rows, frozen: { rows: 4, columns: 2 }, headRows: [4, 4], widths: [5, 26, ...COLUMNS.map(() => 10)], merged: ['A1:H1', `A2:${last}2`, `A3:${last}3`, `${letters(signAt + 1)}${rows.length}:${last}${rows.length}`],
  };
}

function entrySheet({ duty, view, siteName }: Timesheet): Sheet {
  const nameOf = (id: string | null): string => (id === null ? '' : duty.members.find(one => one.personId === id)?.name ?? view.names[id] ?? '');
  const order = [...view.entries].sort((a, b) => a.day - b.day || a.cell - b.cell);
  const clock = (atMs: number | null, isOpen: string): string => (atMs === null ? isOpen : `${formatTime(atMs)} ${formatDate(atMs)}`);
  const rows = order.map((one): SheetRow => ({
    cells: [
      text(`${String(one.day + 1).padStart(2, '0')}/${monthName(duty.month)}`, 'mark'), text(duty.shifts[one.cell - 1]?.code ?? '?', 'mark'), text(nameOf(one.personId), 'name'), text(clock(one.fromMs, 'vắng'), 'mark'),
      text(one.fromMs === null ? '' : clock(one.toMs, 'hết ca'), 'mark'), text(nameOf(one.insteadOfId), 'name'), text(SOURCES[one.source as keyof typeof SOURCES] ?? one.source, 'name'), text(one.source === 'planner' ? nameOf(one.byId) : '', 'name'), text(one.reason, 'name'),
    ],
  }));
  return {
    name: 'Chi tiết', frozen: { rows: 2, columns: 0 }, headRows: [2, 2], merged: ['A1:I1'], widths: [12, 6, 26, 18, 18, 26, 20, 26, 48],
    rows: [{ cells: [text(`${siteName} – chấm công ${DESK_NAMES[duty.service]}, tháng ${monthName(duty.month)}`, 'site')] }, { cells: ['Ngày', 'Ca', 'Người trực', 'Từ', 'Đến', 'Thay cho', 'Ghi bởi', 'Người ghi', 'Lý do'].map(word => text(word, 'heading')) }, ...rows],
  };
}
