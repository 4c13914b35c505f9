import type { ImportJob } from '../../../contract/imports.ts';
import { base64Of } from '../../ui/base64.ts';

/** Bytes in one piece on the wire, before base64. */
export const PIECE_BYTES = 256 * 1024;

export interface UploadCalls {
  begin: (input: { fileName: string; bytes: number }) => Promise<ImportJob>;
  piece: (input: { id: string; base64: string }) => Promise<ImportJob>;
  run: (input: { id: string }) => Promise<ImportJob>;
}
export interface SourceFile { name: string; size: number; slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> } }

/**
 * Sends a file to the core piece by piece and starts the import.
 *
 * @param onJob told of the job after every answer, so that the bar follows what has arrived and not what was sent
 * @throws {AppError} what the core refuses; an abort ends quietly with the last job known
 */
export async function upload(file: SourceFile, calls: UploadCalls, onJob: (job: ImportJob) => void, signal: AbortSignal): Promise<ImportJob> {
  let job = await calls.begin({ fileName: file.name.slice(-255), bytes: file.size });
  onJob(job);
  for (let start = 0; start < file.size && !signal.aborted; start += PIECE_BYTES) {
    const bytes = new Uint8Array(await file.slice(start, Math.min(file.size, start + PIECE_BYTES)).arrayBuffer());
    job = await calls.piece({ id: job.id, base64: base64Of(bytes) });
    onJob(job);
    if (job.status !== 'receiving') return job;
  }
  if (signal.aborted) return job;
  job = await calls.run({ id: job.id });
  onJob(job);
  return job;
}
