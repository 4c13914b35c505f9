import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { AppError } from '../../../contract/errors.ts';
import type { Cell, Column } from './columns.ts';
import { CELL_CHARS, otherParts, sheetBegin, sheetEnd, sheetRow } from './sheet-xml.ts';

/** Of zlib's nine: a file half again as large as with the best, in a third of the time. */
const PACKING = 3;
/** What a part of a plain archive can hold, with room for its end. */
const MAX_SHEET_BYTES = 0xffff_0000;

/**
 * A workbook of one sheet: dates as dates, everything else that is not a figure as text, a heading that stays in sight, a
 * filter on it. Packed as it goes by, beside this thread; nothing of it is kept.
 *
 * @throws {AppError} `export/cell-too-long` while it is read
 */
export async function* xlsxBytes(columns: readonly Column[], slices: AsyncIterable<Cell[][]>, sheetName: string): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const packed = zip.outputStream as Readable;
  const close = (rows: number): void => {
    for (const [name, xml] of Object.entries(otherParts(sheetName, columns, rows))) zip.addBuffer(Buffer.from(xml), name);
    zip.end();
  };
  const sheet = Readable.from(sheetBytes(columns, slices, close), { objectMode: false, highWaterMark: 1 });
  // The archive hears of no trouble of what it packs: it would wait for more without end.
  for (const source of [sheet, zip]) source.on('error', (error: Error) => { packed.destroy(error); });
  zip.addReadStream(sheet, 'xl/worksheets/sheet1.xml', { compressionLevel: PACKING });
  try {
    for await (const bytes of packed) yield bytes as Uint8Array;
  } finally {
    // Left early: the reading behind it ends too.
    sheet.destroy();
  }
}

async function* sheetBytes(columns: readonly Column[], slices: AsyncIterable<Cell[][]>, onEnd: (rows: number) => void): AsyncGenerator<Buffer> {
  let rows = 1;
  let bytes = 0;
  yield Buffer.from(sheetBegin(columns));
  for await (const slice of slices) {
    for (const cells of slice) requireRoom(cells);
    const xml = Buffer.from(slice.map(sheetRow).join(''));
    rows += slice.length;
    bytes += xml.length;
    if (bytes > MAX_SHEET_BYTES) throw new AppError('export/too-many-rows', { limit: rows });
    yield xml;
  }
  yield Buffer.from(sheetEnd(columns, rows));
  onEnd(rows);
}

/** Cut words would look like whole ones. */
function requireRoom(cells: readonly Cell[]): void {
  if (!cells.some(cell => textOf(cell).length > CELL_CHARS)) return;
  // The number or, before there is one, the provisional number: the first two columns.
  throw new AppError('export/cell-too-long', { no: cells.slice(0, 2).map(textOf).find(text => text !== '') ?? '', limit: CELL_CHARS });
}

function textOf(cell: Cell | undefined): string {
  return cell !== null && cell !== undefined && 'text' in cell ? cell.text : '';
}
