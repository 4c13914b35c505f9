import { createHash, randomBytes } from 'node:crypto';
import type { AttachmentLine, Session } from '../../../contract/console.ts';
import type { Id } from '../../../contract/ids.ts';
import { createAttachments, type Attachments } from '../../../main/attachments/attachments.ts';
import { systemClock } from '../../../main/platform/clock.ts';
import { call, type Desk } from '../../support/desk.ts';
import { silentLog } from '../../support/silent-log.ts';

export const KEY = '5a'.repeat(32);
const PIECE_BYTES = 256 * 1024;

/** Bytes that begin like a photograph and are otherwise chance. */
export function photo(bytes: number): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10]), Buffer.from('JFIF\0'), randomBytes(bytes - 11)]);
}

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** The files of a desk, as its core has them. */
export class Files {
  readonly #session: Session;
  readonly #stopListening: () => void;
  readonly part: Attachments;

  /** @param mayGo one more thing that a piece waits for */
  constructor(desk: Desk, session: Session, mayGo: () => boolean = () => true) {
    const road = { ...desk.sync.files, isFree: () => mayGo() && desk.sync.files.isFree() };
    this.#session = session;
    this.part = createAttachments({
      reader: desk.reader, writer: desk.writer, clock: systemClock, log: silentLog, road, correctedNowMs: desk.sync.correctedNowMs,
      dataDir: desk.dir, keyHex: KEY,
    });
    this.#stopListening = desk.writer.onChange(change => { this.part.noteChange(change); });
    this.part.start();
  }

  get call() {
    return { ...call(this.#session), session: this.#session };
  }

  /** Adds a file as a screen does, in pieces. @returns the attachment's id */
  async add(issueId: Id, name: string, content: Buffer, thumb: Buffer | null = null): Promise<Id> {
    const { begin, piece, finish } = this.part.handlers;
    const { uploadId } = await begin({ issueId, name, bytes: content.length }, this.call);
    for (let at = 0; at < content.length; at += PIECE_BYTES) await piece({ uploadId, base64: content.subarray(at, at + PIECE_BYTES).toString('base64') }, this.call);
    return (await finish({ uploadId, thumb: thumb?.toString('base64') ?? null }, this.call)).attachmentId;
  }

  list(issueId: Id): Promise<AttachmentLine[]> {
    return this.part.handlers.list({ issueId }, this.call);
  }

  async line(issueId: Id, attachmentId: Id): Promise<AttachmentLine | undefined> {
    return (await this.list(issueId)).find(({ id }) => id === attachmentId);
  }

  fetch(issueId: Id, attachmentId: Id): Promise<object> {
    return this.part.handlers.fetch({ issueId, attachmentId }, this.call);
  }

  /** All of a file, as a screen reads it. */
  async read(issueId: Id, attachmentId: Id, part: 'file' | 'thumb' = 'file'): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for (let from = 0; ;) {
      const { base64, bytes } = await this.part.handlers.read({ issueId, attachmentId, part, from }, this.call);
      pieces.push(Buffer.from(base64, 'base64'));
      from += pieces.at(-1)?.length ?? 0;
      if (from >= bytes) return Buffer.concat(pieces);
    }
  }

  async close(): Promise<void> {
    this.#stopListening();
    await this.part.close();
  }
}

/** Waits for what an asynchronous look says; the time is only a stop for a test that would hang. */
export async function eventually(isTrue: () => Promise<boolean>, what: string): Promise<void> {
  const endMs = Date.now() + 45_000;
  while (!await isTrue()) {
    if (Date.now() > endMs) throw new Error(`waited in vain for ${what}`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}
