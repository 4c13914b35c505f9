import { fileTypeFromBuffer } from 'file-type';
import type { Session } from '../../contract/console.ts';
import { attachmentType, ATTACHMENT_LIMITS, tidyName, TYPE_HEAD_BYTES, type Attachment } from '../../contract/attachment.ts';
import { AppError } from '../../contract/errors.ts';
import { newId, type Id } from '../../contract/ids.ts';
import { attachmentsOf, type Issue } from '../../contract/issue.ts';
import type { Database } from '../../db/database.ts';
import { readKeptBlob } from '../../db/stores/attachments.ts';
import type { KeptBlob, Writer } from '../../db/writer-api.ts';
import type { BlobWriter } from './blob-file.ts';
import { diskTrouble, type BlobStore } from './blob-store.ts';

export interface IncomingDeps {
  reader: Database; writer: Writer; store: BlobStore;
  correctedNowMs: () => number;
  /** @throws {AppError} `issue/not-found` when there is none that the session may see */
  requireIssue: (id: Id, session: Session) => Issue;
}

/** A file on its way from a screen: encrypted as it comes, its name on the disk is free until its hash is known. */
interface Upload { issueId: Id; personId: Id; name: string; bytes: number; head: Buffer; file: BlobWriter; part: string }

const MB = 1024 * 1024;
/** From screens that were closed half-way; the oldest is let go. */
const MAX_OPEN = 8;

/** Takes files from screens in pieces. Its size is judged before the first byte, its type with the first bytes. */
export class Incoming {
  readonly #deps: IncomingDeps;
  readonly #uploads = new Map<Id, Upload>();

  constructor(deps: IncomingDeps) {
    this.#deps = deps;
  }

  async begin(input: { issueId: Id; name: string; bytes: number }, session: Session): Promise<Id> {
    const issue = this.#deps.requireIssue(input.issueId, session);
    if (input.bytes === 0) throw new AppError('attachment/empty');
    if (input.bytes > ATTACHMENT_LIMITS.fileBytes) throw new AppError('attachment/too-large', { limit: ATTACHMENT_LIMITS.fileBytes / MB });
    if (attachmentsOf(issue).length >= ATTACHMENT_LIMITS.perIssue) throw new AppError('attachment/too-many', { limit: ATTACHMENT_LIMITS.perIssue });
    const oldest = this.#uploads.size >= MAX_OPEN ? [...this.#uploads.keys()][0] : undefined;
    if (oldest !== undefined) await this.#drop(oldest);
    const id = newId(this.#deps.correctedNowMs());
    const part = `in-${id}`;
    const file = await this.#onDisk(this.#deps.store.begin(part));
    this.#uploads.set(id, { issueId: input.issueId, personId: session.personId, name: tidyName(input.name), bytes: input.bytes, head: Buffer.alloc(0), file, part });
    return id;
  }

  async piece(id: Id, base64: string, session: Session): Promise<number> {
    const upload = this.#need(id, session);
    const bytes = Buffer.from(base64, 'base64');
    try {
      if (bytes.toString('base64') !== base64 || upload.file.bytes + bytes.length > upload.bytes) throw new AppError('attachment/damaged');
      const isHead = upload.head.length < Math.min(TYPE_HEAD_BYTES, upload.bytes);
      if (isHead) upload.head = Buffer.concat([upload.head, bytes.subarray(0, TYPE_HEAD_BYTES - upload.head.length)]);
      if (isHead && upload.head.length >= Math.min(TYPE_HEAD_BYTES, upload.bytes)) await typeOf(upload);
      await this.#onDisk(upload.file.append(bytes));
    } catch (error) {
      await this.#drop(id);
      throw error;
    }
    return upload.file.bytes;
  }

  /** The file is here, whole and on the disk; only then does the record name it. */
  async finish(id: Id, thumb: string | null, session: Session): Promise<Id> {
    const upload = this.#need(id, session);
    this.#uploads.delete(id);
    const { store, writer, correctedNowMs } = this.#deps;
    try {
      if (upload.file.bytes !== upload.bytes) throw new AppError('attachment/damaged');
      const mime = await typeOf(upload);
      const file = await this.#adopt(upload.part, upload.file);
      const small = thumb === null ? null : await this.#keepThumb(`in-${id}-thumb`, thumb);
      const attachment: Attachment = {
        id: newId(correctedNowMs()), sha256: file.sha256, bytes: file.bytes, mime, name: upload.name,
        thumb: small === null ? null : { sha256: small.sha256, bytes: small.bytes, mime: 'image/jpeg' },
      };
      await writer.call('attachment.attach', {
        actor: { personId: session.personId, unitId: session.unitId, roles: session.roles, scope: session.scope },
        payload: { id: upload.issueId, attachment }, atMs: correctedNowMs(),
        files: [{ ...file, isThumb: false }, ...(small === null ? [] : [{ ...small, isThumb: true }])],
      });
      return attachment.id;
    } catch (error) {
      await upload.file.close().catch(() => undefined);
      await store.discard(upload.part);
      throw diskTrouble(error);
    }
  }

  async cancel(id: Id, session: Session): Promise<void> {
    if (this.#uploads.get(id)?.personId === session.personId) await this.#drop(id);
  }

  async close(): Promise<void> {
    for (const id of [...this.#uploads.keys()]) await this.#drop(id);
  }

  /** What lies here already keeps its place: the same bytes are stored once. */
  async #adopt(part: string, file: BlobWriter): Promise<KeptBlob> {
    const { store, reader } = this.#deps;
    const written = await file.finish();
    const known = readKeptBlob(reader, written.sha256);
    if (known !== null && await store.has(known.sha256)) {
      await store.discard(part);
      return known;
    }
    await store.adopt(part, written);
    return written;
  }

  /** The small picture that the screen has drawn; one that is no picture is left out rather than stopping the file. */
  async #keepThumb(part: string, base64: string): Promise<KeptBlob | null> {
    const bytes = Buffer.from(base64, 'base64');
    if (attachmentType((await fileTypeFromBuffer(bytes))?.mime) !== 'image/jpeg' || bytes.length > ATTACHMENT_LIMITS.thumbBytes) return null;
    const file = await this.#deps.store.begin(part);
    await file.append(bytes);
    return this.#adopt(part, file);
  }

  #need(id: Id, session: Session): Upload {
    const upload = this.#uploads.get(id);
    if (upload === undefined || upload.personId !== session.personId) throw new AppError('attachment/upload-gone');
    return upload;
  }

  async #drop(id: Id): Promise<void> {
    const upload = this.#uploads.get(id);
    this.#uploads.delete(id);
    if (upload === undefined) return;
    await upload.file.close().catch(() => undefined);
    await this.#deps.store.discard(upload.part);
  }

  #onDisk<T>(work: Promise<T>): Promise<T> {
    return work.catch((cause: unknown) => { throw diskTrouble(cause); });
  }
}

/** By the content and not by the name. @throws {AppError} 'attachment/wrong-type' */
async function typeOf({ head }: Upload) {
  const type = attachmentType((await fileTypeFromBuffer(head))?.mime);
  if (type === null) throw new AppError('attachment/wrong-type');
  return type;
}
