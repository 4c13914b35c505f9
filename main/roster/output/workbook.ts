import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { cellText } from '../../../contract/cell-text.ts';
import { escapeXml, letters, MAIN, packageParts, RELATIONS, XML_HEAD } from '../../platform/sheet-parts.ts';

/** How a cell looks. Text is "@" in all of them: no spreadsheet reads a formula or a number into it, also after somebody has edited it. */
export const LOOKS = ['plain', 'small', 'site', 'title', 'under', 'heading', 'headingOff', 'mark', 'markOff', 'name', 'figure', 'date', 'sign'] as const;
export type Look = (typeof LOOKS)[number];

export type SheetCell = { text: string; look: Look } | { figure: number; look: Look } | null;
export interface SheetRow { cells: readonly SheetCell[]; height?: number }
/** A sheet as it is shown and printed: `frozen` rows and columns stay in sight, `headRows` (from 1) stand on each printed page, `merged` are ranges like "A1:C1". */
export interface Sheet { name: string; widths: readonly number[]; rows: readonly SheetRow[]; merged: readonly string[]; frozen: { rows: number; columns: number }; headRows: readonly [number, number] }

const FONTS = ['<sz val="11"/>', '<b/><sz val="11"/>', '<b/><sz val="14"/>', '<i/><sz val="10"/>'].map(font => `<font>${font}<name val="Calibri"/></font>`);
const solid = (rgb: string): string => `<fill><patternFill patternType="solid"><fgColor rgb="FF${rgb}"/><bgColor indexed="64"/></patternFill></fill>`;
const FILLS = ['<fill><patternFill patternType="none"/></fill>', '<fill><patternFill patternType="gray125"/></fill>', solid('F2F2F2'), solid('D9D9D9')];
const LINE = '<color rgb="FF808080"/>';
const BORDERS = ['<border><left/><right/><top/><bottom/><diagonal/></border>', `<border><left style="thin">${LINE}</left><right style="thin">${LINE}</right><top style="thin">${LINE}</top><bottom style="thin">${LINE}</bottom><diagonal/></border>`];
const TEXT = 49, GENERAL = 0, DATE = 164;

type Style = readonly [font: number, fill: number, border: number, format: number, align: 'left' | 'center'];
const STYLES: Readonly<Record<Look, Style>> = {
  plain: [0, 0, 0, TEXT, 'left'], small: [3, 0, 0, TEXT, 'left'], site: [1, 0, 0, TEXT, 'left'], title: [2, 0, 0, TEXT, 'center'], under: [3, 0, 0, TEXT, 'center'],
  heading: [1, 2, 1, TEXT, 'center'], headingOff: [1, 3, 1, TEXT, 'center'], mark: [0, 0, 1, TEXT, 'center'], markOff: [0, 3, 1, TEXT, 'center'],
  name: [0, 0, 1, TEXT, 'left'], figure: [0, 0, 1, GENERAL, 'center'], date: [0, 0, 1, DATE, 'center'], sign: [1, 0, 0, TEXT, 'center'],
};

/** Sheets as one workbook (xlsx), whole in memory: a month of duty is some kilobytes. */
export async function workbookBytes(sheets: readonly Sheet[]): Promise<Buffer> {
  const zip = new ZipFile();
  const parts = { ...packageParts(sheets.length), 'xl/workbook.xml': bookXml(sheets), 'xl/styles.xml': stylesXml(), ...Object.fromEntries(sheets.map((sheet, at) => [`xl/worksheets/sheet${at + 1}.xml`, sheetXml(sheet, at === 0)])) };
  for (const [name, xml] of Object.entries(parts)) zip.addBuffer(Buffer.from(xml), name);
  zip.end();
  return buffer(zip.outputStream);
}

function bookXml(sheets: readonly Sheet[]): string {
  const named = sheets.map(({ name }, at) => `<sheet name="${escapeXml(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join('');
  const titles = sheets.map(({ name, headRows: [from, to] }, at) => `<definedName name="_xlnm.Print_Titles" localSheetId="${at}">'${escapeXml(name)}'!$${from}:$${to}</definedName>`).join('');
  return `${XML_HEAD}<workbook ${MAIN} xmlns:r="${RELATIONS}"><sheets>${named}</sheets><definedNames>${titles}</definedNames></workbook>`;
}

function stylesXml(): string {
  const list = (name: string, items: readonly string[]): string => `<${name} count="${items.length}">${items.join('')}</${name}>`;
  const xfs = LOOKS.map(look => {
    const [font, fill, border, format, align] = STYLES[look];
    return `<xf numFmtId="${format}" fontId="${font}" fillId="${fill}" borderId="${border}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment horizontal="${align}" vertical="center"${border === 1 ? ' wrapText="1"' : ''}/></xf>`;
  });
  return `${XML_HEAD}<styleSheet ${MAIN}><numFmts count="1"><numFmt numFmtId="${DATE}" formatCode="dd/mm/yyyy"/></numFmts>${list('fonts', FONTS)}${list('fills', FILLS)}${list('borders', BORDERS)}<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>${list('cellXfs', xfs)}<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
}

function sheetXml({ widths, rows, merged, frozen }: Sheet, isFirst: boolean): string {
  const corner = `${letters(frozen.columns + 1)}${frozen.rows + 1}`;
  const pane = frozen.columns === 0 ? `<pane ySplit="${frozen.rows}" topLeftCell="${corner}" activePane="bottomLeft" state="frozen"/>` : `<pane xSplit="${frozen.columns}" ySplit="${frozen.rows}" topLeftCell="${corner}" activePane="bottomRight" state="frozen"/>`;
  const columns = widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`).join('');
  const ranges = merged.length === 0 ? '' : `<mergeCells count="${merged.length}">${merged.map(range => `<mergeCell ref="${range}"/>`).join('')}</mergeCells>`;
  return `${XML_HEAD}<worksheet ${MAIN}><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView${isFirst ? ' tabSelected="1"' : ''} workbookViewId="0">${pane}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${columns}</cols><sheetData>${rows.map(rowXml).join('')}</sheetData>${ranges}<printOptions horizontalCentered="1"/><pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>`;
}

function rowXml({ cells, height }: SheetRow, at: number): string {
  return `<row r="${at + 1}"${height === undefined ? '' : ` ht="${height}" customHeight="1"`}>${cells.map((cell, column) => cellXml(cell, `${letters(column + 1)}${at + 1}`)).join('')}</row>`;
}

function cellXml(cell: SheetCell, address: string): string {
  if (cell === null) return '';
  const style = `r="${address}" s="${LOOKS.indexOf(cell.look)}"`;
  if ('figure' in cell) return `<c ${style}><v>${cell.figure}</v></c>`;
  return cell.text === '' ? `<c ${style}/>` : `<c ${style} t="inlineStr"><is><t xml:space="preserve">${escapeXml(cellText(cell.text))}</t></is></c>`;
}
