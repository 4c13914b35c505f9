import type { AttachmentLine } from '../../../contract/console.ts';
import { client } from '../../client.ts';
import { bytesOf } from '../../ui/base64.ts';

/**
 * A file of a record out of the core, piece by piece, under the type that its content was found to have.
 *
 * @throws {AppError} what the core refuses; an abort ends in null
 */
export async function loadFile(issueId: string, { id: attachmentId, mime }: AttachmentLine, signal: AbortSignal): Promise<Blob | null> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let from = 0; !signal.aborted;) {
    const { base64, bytes } = await client.attachments.read({ issueId, attachmentId, part: 'file', from });
    const part = bytesOf(base64);
    parts.push(part);
    from += part.length;
    if (from >= bytes) return new Blob(parts, { type: mime });
  }
  return null;
}

/** The small picture as an address for an image. */
export async function loadThumb(issueId: string, attachmentId: string): Promise<string> {
  const { base64 } = await client.attachments.read({ issueId, attachmentId, part: 'thumb', from: 0 });
  return `data:image/jpeg;base64,${base64}`;
}
