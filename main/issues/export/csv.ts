import { guarded } from '../../../contract/cell-text.ts';
import { formatDateTime } from '../../../contract/time.ts';
import type { Cell, Column } from './columns.ts';

const BOM = '\uFEFF';

/** A table as Excel of a Vietnamese Windows opens it: UTF-8 with BOM, `;`, CRLF, dd/MM/yyyy HH:mm, decimal comma. */
export async function* csvBytes(columns: readonly Column[], slices: AsyncIterable<Cell[][]>): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${BOM}${lineOf(columns.map(({ heading }) => ({ text: heading })))}`);
  for await (const rows of slices) yield Buffer.from(rows.map(lineOf).join(''));
}

function lineOf(cells: readonly Cell[]): string {
  return `${cells.map(fieldOf).join(';')}\r\n`;
}

function fieldOf(cell: Cell): string {
  if (cell === null) return '';
  if ('atMs' in cell) return formatDateTime(cell.atMs);
  if ('figure' in cell) return String(cell.figure).replace('.', ',');
  const text = guarded(cell.text);
  return `"${text.includes('"') ? text.replaceAll('"', '""') : text}"`;
}
