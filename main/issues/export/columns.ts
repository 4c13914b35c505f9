import { cellText } from '../../../contract/cell-text.ts';
import { EXPORT_COLUMNS, PERSONAL_COLUMNS, type ExportColumn, type ExportWords } from '../../../contract/export.ts';
import type { Id } from '../../../contract/ids.ts';
import type { Victim } from '../../../contract/issue.ts';
import type { ListRow } from '../../../db/stores/list-rows.ts';
import { maskPhone, maskText } from '../../../contract/personal.ts';

/** A cell: text, a moment in ms since the epoch, a figure, or nothing. */
export type Cell = { text: string } | { atMs: number } | { figure: number } | null;

/** Columns of a list, with their widths in letters. */
export interface Column<Name extends string = string> { name: Name; heading: string; width: number }

const WIDTHS: Readonly<Partial<Record<ExportColumn, number>>> = {
  displayNo: 18, provisionalNo: 22, class: 16, severity: 7, state: 18, category: 22, description: 60, place: 36, landmark: 22, area: 24, site: 26, lat: 11, lon: 11,
  sourceRef: 20, leadUnit: 32, coUnits: 32, result: 40, outcome: 22, reply: 40, author: 22, reporter: 22, phone: 18, relation: 18, victims: 40, original: 60,
};
const ANY_WIDTH = 17;

export function columnsOf(withPersons: boolean, words: ExportWords): Column<ExportColumn>[] {
  const names: readonly ExportColumn[] = withPersons ? [...EXPORT_COLUMNS, ...PERSONAL_COLUMNS] : EXPORT_COLUMNS;
  return names.map(name => ({ name, heading: cellText(words[`column.${name}`] ?? name), width: WIDTHS[name] ?? ANY_WIDTH }));
}

/** What turns ids and codes into words. */
export interface Words { names: ReadonlyMap<Id, string>; words: ExportWords }

/** A record as the cells of its row. Without `withPersons` who reported is masked, as on screens. */
export function cellsOf(row: ListRow, columns: readonly Column<ExportColumn>[], withPersons: boolean, words: Words): Cell[] {
  return columns.map(column => CELLS[column.name](row, words, withPersons));
}

type MakeCell = (row: ListRow, words: Words, withPersons: boolean) => Cell;
const text = (of: (row: ListRow) => string | null): MakeCell => row => textCell(of(row));
const at = (of: (row: ListRow) => number | null): MakeCell => row => { const atMs = of(row); return atMs === null ? null : { atMs }; };
const figure = (of: (row: ListRow) => number | null): MakeCell => row => { const value = of(row); return value === null ? null : { figure: value }; };
const named = (of: (row: ListRow) => Id | null): MakeCell => (row, words) => textCell(nameOf(of(row), words));
const code = (kind: string, of: (row: ListRow) => string | null): MakeCell => (row, words) => { const word = of(row); return word === null ? null : textCell(words.words[`${kind}.${word}`] ?? word); };

const CELLS: Readonly<Record<ExportColumn, MakeCell>> = {
  displayNo: text(row => row.displayNo), provisionalNo: text(row => row.provisionalNo), service: code('service', row => row.service), class: code('class', row => row.class),
  severity: code('severity', row => row.severity), state: code('state', row => row.state), category: code('category', row => row.category), description: text(row => row.description),
  place: text(row => row.place.text), landmark: text(row => row.place.landmark), area: named(row => row.place.areaId), site: named(row => row.siteId), lat: figure(row => row.place.lat), lon: figure(row => row.place.lon),
  channel: code('channel', row => row.channel), sourceRef: text(row => row.sourceRef), occurredAt: at(row => row.occurredAtMs), receivedAt: at(row => row.receivedAtMs), dueAt: at(row => row.dueAtMs),
  forwardedAt: at(row => row.forwardedAtMs), leadUnit: named(row => row.leadUnitId), coUnits: (row, words) => textCell(row.coUnitIds.map(id => nameOf(id, words)).join(', ')),
  result: text(row => row.result), outcome: code('outcome', row => row.outcome), reply: text(row => row.reply), closedAt: at(row => row.closedAtMs), author: named(row => row.authorId),
  reporter: ({ reporter }, { words }, withPersons) => textCell(reporter.anonymous ? words['reporter.anonymous'] ?? 'anonymous' : withPersons ? reporter.name : maskText(reporter.name)),
  phone: ({ reporter }, _words, withPersons) => textCell(withPersons ? reporter.phone : maskPhone(reporter.phone)),
  relation: ({ reporter }, _words, withPersons) => textCell(withPersons ? reporter.relation : maskText(reporter.relation)),
  victims: ({ victims }, { words }, withPersons) => textCell(victims.map(victim => victimWords(withPersons ? victim : { ...victim, who: maskText(victim.who) }, words)).join('\n')),
  original: ({ original }, _words, withPersons) => !withPersons ? null : textCell(Object.entries(original ?? {}).map(([key, value]) => `${key}: ${value}`).join('\n')),
};

function nameOf(id: Id | null, { names }: Words): string {
  return id === null ? '' : names.get(id) ?? '';
}

function textCell(text: string | null): Cell {
  return text === null || text === '' ? null : { text: cellText(text) };
}

function victimWords({ who, ...signs }: Victim, words: ExportWords): string {
  const told = (['conscious', 'breathing', 'bleeding'] as const).map(sign => `${words[`sign.${sign}`] ?? sign}: ${words[`answer.${signs[sign]}`] ?? signs[sign]}`);
  return [who, ...told].filter(part => part !== '').join(' · ');
}
