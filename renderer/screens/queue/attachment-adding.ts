import { useSyncExternalStore } from 'react';
import { ATTACHMENT_LIMITS } from '../../../contract/attachment.ts';
import { FILE_PIECE_BYTES } from '../../../contract/console.ts';
import { AppError } from '../../../contract/errors.ts';
import { client } from '../../client.ts';
import { base64Of } from '../../ui/base64.ts';
import { drawThumb } from './attachment-thumb.ts';

/** A file on its way from the screen into the core; goes on when the record is left. */
export interface Adding { key: number; issueId: string; name: string; share: number; error: unknown; stop: AbortController }

class AddingFiles {
  #all: readonly Adding[] = [];
  #lastKey = 0;
  readonly #listeners = new Set<() => void>();

  get all(): readonly Adding[] {
    return this.#all;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  }

  /** Takes files one after the other: what is too large is refused before a byte is sent. */
  async add(issueId: string, files: readonly File[]): Promise<void> {
    const added = files.map(file => ({ file, key: this.#begin(issueId, file.name) }));
    for (const { file, key } of added) {
      const adding = this.#find(key);
      if (adding === undefined) continue;
      try {
        await send(issueId, file, adding.stop.signal, share => { this.#change(key, { share }); });
        this.dismiss(key);
      } catch (error) {
        this.#change(key, { error });
      }
    }
  }

  /** Stops it, or takes its trouble off the screen. */
  dismiss(key: number): void {
    this.#find(key)?.stop.abort();
    this.#set(this.#all.filter(adding => adding.key !== key));
  }

  #begin(issueId: string, name: string): number {
    const key = this.#lastKey += 1;
    this.#set([...this.#all, { key, issueId, name, share: 0, error: null, stop: new AbortController() }]);
    return key;
  }

  #find(key: number): Adding | undefined {
    return this.#all.find(adding => adding.key === key);
  }

  #change(key: number, change: Partial<Adding>): void {
    this.#set(this.#all.map(adding => (adding.key === key ? { ...adding, ...change } : adding)));
  }

  #set(all: readonly Adding[]): void {
    this.#all = all;
    for (const listener of this.#listeners) listener();
  }
}

export const addingFiles = new AddingFiles();

/** What is on its way into this record. */
export function useAdding(issueId: string): readonly Adding[] {
  return useSyncExternalStore(listener => addingFiles.subscribe(listener), () => addingFiles.all).filter(adding => adding.issueId === issueId);
}

async function send(issueId: string, file: File, signal: AbortSignal, onShare: (share: number) => void): Promise<void> {
  if (file.size > ATTACHMENT_LIMITS.fileBytes) throw new AppError('attachment/too-large', { limit: ATTACHMENT_LIMITS.fileBytes / 1024 / 1024 });
  const { uploadId } = await client.attachments.begin({ issueId, name: file.name.slice(-1_000), bytes: file.size });
  for (let start = 0; start < file.size && !signal.aborted; start += FILE_PIECE_BYTES) {
    const bytes = new Uint8Array(await file.slice(start, start + FILE_PIECE_BYTES).arrayBuffer());
    await client.attachments.piece({ uploadId, base64: base64Of(bytes) });
    onShare((start + bytes.length) / file.size);
  }
  const thumb = signal.aborted ? null : await drawThumb(file);
  if (signal.aborted) await client.attachments.cancel({ uploadId });
  else await client.attachments.finish({ uploadId, thumb: thumb === null ? null : base64Of(new Uint8Array(await thumb.arrayBuffer())) });
}
