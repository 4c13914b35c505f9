import { COMP, LEAVE, OFF, type PatternShift } from './roster.ts';
import { RULE_PROFILES, type RuleProfile } from './roster-desks.ts';
import { cellOf } from './roster-words.ts';
import { fold } from './text.ts';

/** Columns of a list of people, as its headings call them. */
export const LIST_COLUMNS = ['name', 'login', 'agency', 'profile', 'skills', 'from', 'to', 'kind', 'wish'] as const;
export type ListColumn = (typeof LIST_COLUMNS)[number];

const HEADINGS: Readonly<Record<ListColumn | 'number', readonly string[]>> = {
  name: ['ho ten', 'ho va ten', 'ho & ten', 'ten', 'ten can bo', 'nguoi truc', 'can bo', 'nhan vien', 'name', 'full name', 'person'],
  login: ['ma', 'tai khoan', 'ma/tai khoan', 'ma / tai khoan', 'ma so', 'ma can bo', 'ma cb', 'ma nhan vien', 'ma nv', 'ten dang nhap', 'login', 'account', 'user', 'username', 'code'],
  agency: ['don vi', 'co quan', 'don vi chu quan', 'don vi cong tac', 'don vi chinh', 'noi cong tac', 'agency', 'home agency', 'unit', 'department'],
  profile: ['quy tac', 'che do', 'che do gio lam', 'profile', 'rule profile', 'rules'],
  skills: ['ky nang', 'ki nang', 'chuyen mon', 'skill', 'skills'],
  from: ['nghi phep tu', 'nghi phep tu ngay', 'nghi tu', 'nghi tu ngay', 'phep tu', 'tu ngay', 'tu', 'leave from', 'from', 'from date'],
  to: ['nghi phep den', 'nghi phep den ngay', 'nghi den', 'nghi den ngay', 'phep den', 'den ngay', 'den', 'leave to', 'to', 'to date', 'until'],
  kind: ['loai nghi', 'loai phep', 'loai', 'hinh thuc nghi', 'leave type', 'type', 'kind'],
  wish: ['nguyen vong', 'mong muon', 'wish', 'wishes'],
  number: ['stt', 'so tt', 'tt', 'no', 'no.', '#'],
};
const COLUMN_OF: ReadonlyMap<string, ListColumn | 'number'> = new Map(Object.entries(HEADINGS).flatMap(([column, words]) => words.map(word => [word, column as ListColumn | 'number'] as const)));

/** No heading is longer, characters. */
const LONGEST_HEADING = 60;

/** The column that a heading names, in Vietnamese or English, with or without marks; what stands in brackets behind it is passed over. */
export function columnOf(heading: string): ListColumn | 'number' | undefined {
  if (heading.length > LONGEST_HEADING) return undefined;
  const bare = fold(heading.replace(/\([^)]*\)/g, ' '));
  return COLUMN_OF.get(bare) ?? COLUMN_OF.get(bare.replace(/[.:*_\s]+/g, ' ').trim());
}

const WEEKDAY = '(?:thu [2-7]|t[2-7]|cn|chu nhat|mon|tue|wed|thu|fri|sat|sun)';
const WEEKDAY_ONLY = new RegExp(`^(?:${WEEKDAY}|le)$`);
const DAY_HEADING = new RegExp(`^(?:${WEEKDAY}[ ,]*)?(?:ngay )?(\\d{1,2})(?:[/.-](\\d{1,2})(?:[/.-](\\d{4}))?)?(?: ${WEEKDAY})?$`);

/** Whether a cell is the name of a weekday, or says that the day is a holiday (lễ), and nothing else, as under the days of a month. */
export function isWeekday(text: string): boolean {
  return WEEKDAY_ONLY.test(fold(text));
}

/** The day that a heading of a month's grid names: "1", "01", "T7 01", "01/08", "01/08/2026"; `month` yyyy-MM or MM as far as it says. */
export function dayHeading(text: string): { day: number; month: string | null } | undefined {
  const found = DAY_HEADING.exec(fold(text));
  if (found === null) return undefined;
  const day = Number(found[1]), month = found[2]?.padStart(2, '0') ?? null;
  if (day < 1 || day > 31) return undefined;
  return { day: day - 1, month: month === null ? null : found[3] === undefined ? month : `${found[3]}-${month}` };
}

/** The month that a title above a table names ("THÁNG 08/2026"), yyyy-MM. */
export function titleMonth(text: string): string | null {
  const found = /\bthang (\d{1,2})\s*[/-]\s*(\d{4})\b/.exec(fold(text));
  return found === null ? null : `${found[2]}-${found[1]!.padStart(2, '0')}`;
}

const DAY_MS = 86_400_000, MONTHS = 12;
const made = (year: number, month: number, day: number): number | undefined => {
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.getTime() / DAY_MS : undefined;
};

/** A day written dd/MM/yyyy, d/M/yy, d/M (of the year that is nearest to the plan's month) or ISO, in days since 1970; undefined where there is no such day. @param month of the plan, yyyy-MM */
export function dateOf(text: string, month: string): number | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$/.exec(text);
  if (iso !== null) return made(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const local = /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?$/.exec(text);
  if (local === null) return undefined;
  const [day, number] = [Number(local[1]), Number(local[2])];
  if (local[3] !== undefined) return made(Number(local[3].padStart(4, '20')), number, day);
  const [year, planned] = month.split('-').map(Number) as [number, number];
  const apart = number - planned;
  return made(apart > MONTHS / 2 ? year - 1 : apart < -MONTHS / 2 ? year + 1 : year, number, day);
}

/** The first day of a month in days since 1970. */
export function firstDayOf(month: string): number {
  return Date.parse(`${month}-01T00:00:00Z`) / DAY_MS;
}

/** The rule profile that a text names; undefined: none. */
export function profileOf(text: string): RuleProfile | undefined {
  const bare = fold(text).replace(/[^a-z\d]/g, '').toUpperCase();
  return RULE_PROFILES.find(one => one === bare);
}

/** Leave (P) where nothing is said, or time off in lieu (NB); undefined for any other word. */
export function awayOf(text: string): number | undefined {
  const bare = fold(text);
  if (['', 'p', 'np', 'phep', 'nghi phep', 'leave'].includes(bare)) return LEAVE;
  return ['nb', 'bu', 'nghi bu', 'comp', 'time off in lieu'].includes(bare) ? COMP : undefined;
}

/** A wish as it is written: "muốn nghỉ 12/8", "không Đ 15/08/2026", "+S 3", "-Đ 4". The day in days since 1970, or of the month where it is a number alone. */
export function wishOf(text: string, { month, shifts }: { month: string; shifts: readonly PatternShift[] }): { date: number; cell: number; likes: boolean } | undefined {
  const found = /^(muon |khong muon |khong |want |not |\+ ?|- ?)?(?:ca |truc )?(\S+) (?:ngay )?(\S+)$/.exec(fold(text));
  if (found === null) return undefined;
  const cell = found[2] === 'off' ? OFF : cellOf(found[2]!, { shifts: [...shifts] });
  const date = /^\d{1,2}$/.test(found[3]!) ? made(Number(month.slice(0, 4)), Number(month.slice(5)), Number(found[3])) : dateOf(found[3]!, month);
  return cell === undefined || cell < OFF || date === undefined ? undefined : { date, cell, likes: !/^(khong|not|-)/.test(found[1] ?? '') };
}
