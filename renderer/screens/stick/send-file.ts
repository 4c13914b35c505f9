import type { StickReceived } from '../../../contract/stick-desk.ts';
import { base64Of } from '../../ui/base64.ts';
import { PIECE_BYTES } from '../imports/upload.ts';
import type { SourceFile } from '../imports/upload.ts';

export interface StickCalls {
  piece: (input: { id: string | null; base64: string; bytes: number }) => Promise<{ id: string; bytes: number }>;
  receive: (input: { id: string }) => Promise<StickReceived>;
}

/**
 * Sends a file to the core piece by piece and has it taken in. A file that is stopped before its last piece has changed nothing.
 *
 * @param onBytes told how much has arrived after every answer
 * @returns null when it was stopped
 * @throws {AppError} what the core refuses
 */
export async function sendFile(file: SourceFile, calls: StickCalls, onBytes: (bytes: number) => void, signal: AbortSignal): Promise<StickReceived | null> {
  const known = { id: null as string | null };
  // An empty file is sent too: the core says what it is not.
  for (let start = 0; start === 0 || start < file.size; start += PIECE_BYTES) {
    if (signal.aborted) return null;
    const bytes = new Uint8Array(await file.slice(start, Math.min(file.size, start + PIECE_BYTES)).arrayBuffer());
    const answer = await calls.piece({ id: known.id, base64: base64Of(bytes), bytes: file.size });
    known.id = answer.id;
    onBytes(answer.bytes);
  }
  return signal.aborted || known.id === null ? null : calls.receive({ id: known.id });
}
