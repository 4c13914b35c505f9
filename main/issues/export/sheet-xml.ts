import { VIETNAM_OFFSET_MS } from '../../../contract/time.ts';
import { escapeXml, letters, MAIN, packageParts, RELATIONS, XML_HEAD } from '../../platform/sheet-parts.ts';
import type { Cell, Column } from './columns.ts';

/** The most rows and letters that a sheet and a cell of this format can have. */
export const SHEET_ROWS = 1_048_576;
export const CELL_CHARS = 32_767;

const DAY_MS = 86_400_000;
/** 1 January 1970 in days as spreadsheets count them. */
const EPOCH_DAY = 25_569;
/** The cell styles below, by their place. Text is "@" throughout: it stays text also after somebody has edited the cell. */
const STYLE = { text: 1, date: 2, heading: 3, figure: 4 } as const;

/** The parts beside the sheet itself, by their names in the package. @param rows with the heading */
export function otherParts(sheetName: string, columns: readonly Column[], rows: number): Record<string, string> {
  return {
    ...packageParts(1),
    // Excel keeps a filter only where this hidden name says its range.
    'xl/workbook.xml': `${XML_HEAD}<workbook ${MAIN} xmlns:r="${RELATIONS}"><sheets><sheet name="${escapeXml(sheetName)}" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">'${escapeXml(sheetName)}'!$A$1:$${letters(columns.length)}$${rows}</definedName></definedNames></workbook>`,
    'xl/styles.xml': `${XML_HEAD}<styleSheet ${MAIN}><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
  };
}

/** The sheet up to its first row, headings included. */
export function sheetBegin(columns: readonly Column[]): string {
  const widths = columns.map(({ width }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`).join('');
  const headings = columns.map(({ heading }) => textCell(heading, STYLE.heading)).join('');
  return `${XML_HEAD}<worksheet ${MAIN}><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${widths}</cols><sheetData><row>${headings}</row>`;
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
