import { VIETNAM_OFFSET_MS } from '../../../contract/time.ts';
import type { Cell, Column } from './columns.ts';

/** The most rows and letters that a sheet and a cell of this format can have. */
export const SHEET_ROWS = 1_048_576;
export const CELL_CHARS = 32_767;

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const DAY_MS = 86_400_000;
/** 1 January 1970 in days as spreadsheets count them. */
const EPOCH_DAY = 25_569;
/** The cell styles below, by their place. Text is "@" throughout: it stays text also after somebody has edited the cell. */
const STYLE = { text: 1, date: 2, heading: 3, figure: 4 } as const;

/** The parts beside the sheet itself, by their names in the package. @param rows with the heading */
export function otherParts(sheetName: string, columns: readonly Column[], rows: number): Record<string, string> {
  return {
    '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPES}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/></Types>`,
    '_rels/.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    // Excel keeps a filter only where this hidden name says its range.
    'xl/workbook.xml': `${HEAD}<workbook ${MAIN} xmlns:r="${RELATIONS}"><sheets><sheet name="${escapeXml(sheetName)}" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">'${escapeXml(sheetName)}'!$A$1:$${letters(columns.length)}$${rows}</definedName></definedNames></workbook>`,
    'xl/styles.xml': `${HEAD}<styleSheet ${MAIN}><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
  };
}

/** The sheet up to its first row, headings included. */
export function sheetBegin(columns: readonly Column[]): string {
  const widths = columns.map(({ width }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`).join('');
  const headings = columns.map(({ heading }) => textCell(heading, STYLE.heading)).join('');
  return `${HEAD}<worksheet ${MAIN}><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${widths}</cols><sheetData><row>${headings}</row>`;
}

/** A row; cells stand where they stand in the list, so that none needs an address. */
export function sheetRow(cells: readonly Cell[]): string {
  return `<row>${cells.map(cellXml).join('')}</row>`;
}

/** The sheet after its last row. @param rows with the heading */
export function sheetEnd(columns: readonly Column[], rows: number): string {
  return `</sheetData><autoFilter ref="A1:${letters(columns.length)}${rows}"/></worksheet>`;
}

function cellXml(cell: Cell): string {
  if (cell === null) return '<c/>';
  if ('atMs' in cell) return `<c s="${STYLE.date}"><v>${(cell.atMs + VIETNAM_OFFSET_MS) / DAY_MS + EPOCH_DAY}</v></c>`;
  if ('figure' in cell) return `<c s="${STYLE.figure}"><v>${cell.figure}</v></c>`;
  return textCell(cell.text, STYLE.text);
}

function textCell(text: string, style: number): string {
  return `<c s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Also `_x0041_`, which spreadsheets would read as "A". */
function escapeXml(text: string): string {
  const safe = text.includes('_x') ? text.replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_') : text;
  return /[&<>"]/.test(safe) ? safe.replace(/[&<>"]/g, sign => ENTITIES[sign] ?? sign) : safe;
}

/** The name of a column by its number from 1: A … Z, AA … */
function letters(n: number): string {
  const before = Math.floor((n - 1) / 26);
  return `${before === 0 ? '' : letters(before)}${String.fromCharCode(65 + ((n - 1) % 26))}`;
}
