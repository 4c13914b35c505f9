import type { ContractRouterClient } from '@orpc/contract';
import type { consoleContract } from '../../../contract/console.ts';
import type { ExportFormat, ExportOrder } from '../../../contract/export.ts';
import { bytesOf } from '../../ui/base64.ts';

export const FILE_TYPES: Readonly<Record<ExportFormat, string>> = { csv: 'text/csv', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };

/** A whole file; there is never half of one. */
export interface FetchedFile { name: string; file: Blob; rows: number; left: number }

/**
 * Fetches a list as a file, piece by piece. Each piece is handed to the browser's own store at once, so that a large file is
 * not in the memory of the page.
 *
 * @param onProgress told the rows in the file so far and in all
 * @returns null when it was stopped; the core has then let it go too
 */
export async function fetchFile(core: Pick<ContractRouterClient<typeof consoleContract>, 'exports'>, order: ExportOrder, onProgress: (done: number, rows: number) => void, signal: AbortSignal): Promise<FetchedFile | null> {
  const { id, name, rows } = await core.exports.begin(order);
  const parts: Blob[] = [];
  onProgress(0, rows);
  for (let n = 0; !signal.aborted; n++) {
    const { base64, packed, rowsDone, left, done } = await core.exports.piece({ id, n });
    parts.push(await blobOf(base64, packed));
    if (done && !signal.aborted) return { name, file: new Blob(parts, { type: FILE_TYPES[order.format] }), rows: rows - left, left };
    onProgress(rowsDone, rows);
  }
  await core.exports.cancel({ id });
  return null;
}

async function blobOf(base64: string, packed: boolean): Promise<Blob> {
  const sent = new Blob([bytesOf(base64)]);
  return packed ? new Response(sent.stream().pipeThrough(new DecompressionStream('deflate'))).blob() : sent;
}
