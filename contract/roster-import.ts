import { CsvError, parse } from 'csv-parse/browser/esm/sync';
import { daysOf, ROSTER_LIMITS, type PatternShift } from './roster.ts';
import type { RuleProfile } from './roster-desks.ts';
import { cellOf } from './roster-words.ts';
import { awayOf, columnOf, dateOf, dayHeading, isWeekday, LIST_COLUMNS, profileOf, titleMonth, wishOf, type ListColumn } from './roster-import-words.ts';
import { fold, nfc } from './text.ts';

/** The most that is read at once: characters of the text and of one of its lines, lines. A desk's month is some kilobytes. */
export const PEOPLE_IMPORT = { chars: 500_000, lineChars: 20_000, lines: 2_000 } as const;

/** Why a line is not taken. */
export const LINE_TROUBLES = ['noName', 'name', 'columns', 'agency', 'profile', 'skills', 'date', 'order', 'kind', 'wish', 'cell', 'beyond', 'login', 'loginName', 'twice', 'wishes', 'full'] as const;
export interface WrongLine { line: number; trouble: (typeof LINE_TROUBLES)[number]; value: string }
/** Why nothing of a text is taken. */
export type TableTrouble = 'empty' | 'tooLarge' | 'notTable' | 'otherMonth' | 'noRows';

/**
 * A line of what was read, of one person: what it says of them, days of leave (`away`, days since 1970, both with it), wishes, or their cells by the days that the table has.
 * What is undefined, the line does not say.
 */
export interface ImportedLine {
  line: number; name: string; login: string; agency?: string; profile?: RuleProfile; skills?: string[];
  away?: { from: number; to: number; cell: number }; wishes?: { date: number; cell: number; likes: boolean }[]; cells?: ReadonlyMap<number, number>;
}
/** A text as it was read. `unread`: lines that belong to no table (a title above it, a legend below it). */
export interface PeopleTable { shape: 'list' | 'grid'; lines: ImportedLine[]; wrong: WrongLine[]; unread: number }
export type ReadTable = { table: PeopleTable } | { trouble: TableTrouble; value: string };

/** What a table is read for: the month of the plan and the shifts of its pattern. */
export interface ReadFor { month: string; shifts: readonly PatternShift[] }

interface Row { line: number; values: string[] }
const DELIMITERS = ['\t', ';', ','] as const;
/** A heading is looked for in so many lines. */
const HEAD_LINES = 12;
/** With so many days a table is a month's grid. */
const GRID_DAYS = 7;

/**
 * People and their leave, or a month's grid, out of a CSV or of what a spreadsheet has copied. Columns are known by their headings, in any order; a grid also without any. Never throws: what
 * cannot be taken is told, line by line where it is a line's.
 */
export function readPeopleTable(text: string, readFor: ReadFor): ReadTable {
  if (text.length > PEOPLE_IMPORT.chars) return { trouble: 'tooLarge', value: '' };
  const plain = nfc(text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n'));
  if (plain.trim() === '') return { trouble: 'empty', value: '' };
  if (plain.split('\n').some(line => line.length > PEOPLE_IMPORT.lineChars) || plain.split('\n').length > PEOPLE_IMPORT.lines) return { trouble: 'tooLarge', value: '' };
  const tables = DELIMITERS.map(delimiter => headed(rowsOf(plain, delimiter), readFor)).filter(one => one !== null);
  const best = tables.sort((a, b) => b.known - a.known)[0];
  if (best === undefined) return { trouble: 'notTable', value: '' };
  if (best.otherMonth !== null) return { trouble: 'otherMonth', value: best.otherMonth };
  const table = best.read();
  return table.lines.length + table.wrong.length === 0 ? { trouble: 'noRows', value: '' } : { table };
}

/** Lines by their separator (RFC 4180); where a quote is never closed, quotes are signs like any other. */
function rowsOf(text: string, delimiter: string): Row[] {
  const read = (quote: string | null): Row[] => {
    const found = parse(text, { delimiter, quote, info: true, relax_quotes: true, relax_column_count: true, record_delimiter: ['\n'] }) as unknown as { record: string[]; info: { lines: number } }[];
    // A line is counted where its record ends.
    return found.map(({ record, info }) => ({ line: info.lines - (record.join('').split('\n').length - 1), values: record.map(value => value.trim()) }));
  };
  try {
    return read('"');
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return read(null);
  }
}

/** A way of reading a table; `known`: how many of its columns are known. */
interface Reading { known: number; otherMonth: string | null; read: () => PeopleTable }

function headed(rows: Row[], readFor: ReadFor): Reading | null {
  const readings = rows.slice(0, HEAD_LINES).map((row, at) => readingAt(rows, at, row, readFor)).filter(one => one !== null);
  return readings.sort((a, b) => b.known - a.known)[0] ?? bareGrid(rows, readFor);
}

/** The table below a row, if that is a heading; a title above it may say which month it is of. */
function readingAt(rows: Row[], at: number, { values }: Row, readFor: ReadFor): Reading | null {
  const columns = new Map<ListColumn | 'number', number>();
  const days = new Map<number, number>();
  let otherMonth = rows.slice(0, at).flatMap(row => row.values).map(titleMonth).find(month => month !== null && month !== readFor.month) ?? null;
  for (const [index, value] of values.entries()) {
    const column = columnOf(value), heading = dayHeading(value);
    if (column !== undefined && !columns.has(column)) columns.set(column, index);
    if (heading === undefined || days.has(heading.day)) continue;
    days.set(heading.day, index);
    if (heading.month !== null && !readFor.month.endsWith(heading.month)) otherMonth ??= heading.month;
  }
  if (!columns.has('name') && !columns.has('login')) return null;
  const below = rows.slice(at + 1), unread = rows.slice(0, at).filter(isFilled).length;
  if (days.size >= GRID_DAYS) return { known: columns.size + days.size, otherMonth, read: () => gridOf(below, columns, days, readFor, unread) };
  return { known: columns.size, otherMonth: null, read: () => listOf(below, columns, values.length, readFor, unread) };
}

const isFilled = ({ values }: Row): boolean => values.some(value => value !== '');
const isNumber = (value: string): boolean => /^\d+\.?$/.test(value);

/** So many columns between the name and the first day are looked through. */
const MOST_BEFORE = 40;

/** A month's grid without a heading: in each row a name, and behind it a cell for each day. What stands before and behind that is passed over. */
function bareGrid(rows: Row[], readFor: ReadFor): Reading | null {
  const days = daysOf(readFor.month), some = rows.filter(isFilled);
  const first = some[0];
  if (first === undefined) return null;
  const name = first.values.findIndex(value => value !== '' && !isNumber(value));
  const unknown = (from: number): number => some.reduce((sum, { values }) => sum + values.slice(from, from + days).filter(value => cellOf(value, { shifts: [...readFor.shifts] }) === undefined).length, 0);
  const width = Math.max(...some.map(({ values }) => values.length));
  // Where the fewest cells mean nothing; the days are no more than what there is room for.
  const begins = Array.from({ length: Math.min(MOST_BEFORE, Math.max(0, width - days - name)) }, (_, at) => ({ from: name + 1 + at, lost: unknown(name + 1 + at) }));
  const { from, lost } = begins.sort((a, b) => a.lost - b.lost || a.from - b.from)[0] ?? { from: -1, lost: 0 };
  if (name < 0 || from < 0 || lost > some.length * days / 2) return null;
  const columns = new Map<ListColumn | 'number', number>([['name', name], ...name > 0 ? [['number', 0] as const] : []]);
  return { known: days, otherMonth: null, read: () => gridOf(rows, columns, new Map(Array.from({ length: days }, (_, day) => [day, from + day])), readFor, 0) };
}

/** A month's grid: its rows end at the first empty one, below which is a legend. */
function gridOf(rows: Row[], columns: ReadonlyMap<string, number>, days: ReadonlyMap<number, number>, readFor: ReadFor, above: number): PeopleTable {
  const table: PeopleTable = { shape: 'grid', lines: [], wrong: [], unread: above };
  const begin = rows.findIndex(row => isFilled(row) && !isUnderDays(row, days));
  const end = rows.findIndex((row, at) => at > begin && !isFilled(row));
  const people = begin < 0 ? [] : rows.slice(begin, end < 0 ? rows.length : end);
  table.unread += rows.filter(isFilled).length - people.length;
  for (const row of people) {
    const known = detailsOf(row, columns);
    const cells = 'trouble' in known ? known : cellsOf(row, days, readFor);
    if ('trouble' in known) table.wrong.push(known);
    else if ('trouble' in cells) table.wrong.push(cells);
    else table.lines.push({ ...known, cells: cells.cells });
  }
  return table;
}

/** The weekdays below the numbers of the days. */
function isUnderDays({ values }: Row, days: ReadonlyMap<number, number>): boolean {
  return [...days.values()].every(at => isWeekday(values[at] ?? ''));
}

function cellsOf({ line, values }: Row, days: ReadonlyMap<number, number>, { month, shifts }: ReadFor): { cells: ReadonlyMap<number, number> } | WrongLine {
  const cells = new Map<number, number>();
  for (const [day, index] of days) {
    const value = values[index] ?? '', cell = cellOf(value, { shifts: [...shifts] });
    if (cell === undefined) return { line, trouble: 'cell', value: `${day + 1}: ${value}` };
    if (day < daysOf(month)) cells.set(day, cell);
    else if (value !== '') return { line, trouble: 'beyond', value: `${day + 1}: ${value}` };
  }
  return { cells };
}

function listOf(rows: Row[], columns: ReadonlyMap<string, number>, width: number, readFor: ReadFor, unread: number): PeopleTable {
  const table: PeopleTable = { shape: 'list', lines: [], wrong: [], unread };
  for (const row of rows.filter(isFilled)) {
    const beyond = row.values.slice(width).find(value => value !== '');
    const details = beyond === undefined ? detailsOf(row, columns) : { line: row.line, trouble: 'columns' as const, value: beyond };
    const times = 'trouble' in details ? details : timesOf(row, columns, readFor);
    if ('trouble' in details) table.wrong.push(details);
    else if ('trouble' in times) table.wrong.push(times);
    else table.lines.push({ ...details, ...times });
  }
  return table;
}

const NAME = /^[\p{L}\p{M}\p{N}\s.'’()–-]+$/u;

/** Who a row is of, and what it says of them. */
function detailsOf({ line, values }: Row, columns: ReadonlyMap<string, number>): ImportedLine | WrongLine {
  const { name, login, agency, profile, skills } = textsOf(values, columns);
  const wrong = (trouble: WrongLine['trouble'], value: string): WrongLine => ({ line, trouble, value });
  if (name === '' && login === '') return wrong('noName', values.find(value => value !== '') ?? '');
  if (name.length > ROSTER_LIMITS.name || (name !== '' && !(NAME.test(name) && /\p{L}/u.test(name)))) return wrong('name', name);
  if (agency.length > ROSTER_LIMITS.agency) return wrong('agency', agency);
  if (profile !== '' && profileOf(profile) === undefined) return wrong('profile', profile);
  const list = skillsOf(skills);
  if (list === null) return wrong('skills', skills);
  return { line, name, login, ...agency !== '' && { agency }, ...profile !== '' && { profile: profileOf(profile)! }, ...list.length > 0 && { skills: list } };
}

/** The texts of a row by column; a column that is not there says nothing. */
function textsOf(values: readonly string[], columns: ReadonlyMap<string, number>): Record<ListColumn, string> {
  return Object.fromEntries(LIST_COLUMNS.map(column => [column, (values[columns.get(column) ?? -1] ?? '').replace(/\s+/g, ' ')])) as Record<ListColumn, string>;
}

/** Skills apart by ; or , each once; null where there are more, or longer ones, than somebody may have. */
export function skillsOf(text: string): string[] | null {
  const all = text.split(/[;,]/).map(one => one.trim()).filter(one => one !== '');
  const seen = new Set<string>();
  const once = all.filter(one => { const form = fold(one), isNew = !seen.has(form); seen.add(form); return isNew; });
  return once.length > ROSTER_LIMITS.skills || once.some(one => one.length > ROSTER_LIMITS.skill) ? null : once;
}

/** Leave and wishes of a row. */
function timesOf({ line, values }: Row, columns: ReadonlyMap<string, number>, readFor: ReadFor): Pick<ImportedLine, 'away' | 'wishes'> | WrongLine {
  const { from, to, kind, wish } = textsOf(values, columns);
  const wrong = (trouble: WrongLine['trouble'], value: string): WrongLine => ({ line, trouble, value });
  const cell = awayOf(kind);
  if (cell === undefined) return wrong('kind', kind);
  if (from === '' && to !== '') return wrong('date', to);
  const first = from === '' ? null : dateOf(from, readFor.month), last = to === '' ? first : dateOf(to, readFor.month);
  if (first === undefined || last === undefined) return wrong('date', first === undefined ? from : to);
  if (first !== null && last !== null && last < first) return wrong('order', `${from} – ${to}`);
  const texts = wish.split(/[;,]/).map(one => one.trim()).filter(one => one !== '');
  const wishes = texts.map(one => wishOf(one, readFor));
  const unread = wishes.findIndex(one => one === undefined);
  if (unread >= 0) return wrong('wish', texts[unread]!);
  return { ...first !== null && last !== null && { away: { from: first, to: last, cell } }, ...wishes.length > 0 && { wishes: wishes as NonNullable<ImportedLine['wishes']> } };
}
