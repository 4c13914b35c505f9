import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileTypeFromBuffer } from 'file-type';
import { attachmentType, blobsOf, TYPE_HEAD_BYTES, type AttachmentType, type Blob } from '../contract/attachment.ts';
import { AppError } from '../contract/errors.ts';
import type { Id } from '../contract/ids.ts';
import { attachmentsOf, type Issue } from '../contract/issue.ts';
import type { Offered } from '../contract/province.ts';
import type { Device } from './devices.ts';
import type { Database, Sql } from './sql.ts';
import { scopeCondition, scopeParams } from './store.ts';

/** What one station may have begun to send and not ended, in bytes. */
const QUOTA_BYTES = 1024 * 1024 * 1024;
/** An upload of which nothing was heard for so long is given up. */
const UNFINISHED_LIFE_MS = 7 * 24 * 3_600_000;

/** Which blob of which record is meant. */
export interface BlobPlace { issueId: Id; sha256: string }

export interface AttachmentsInput {
  db: Database;
  /** Where the bytes lie; null when this province has been given no place for them. */
  folder: string | null;
  nowMs: () => number;
}

interface UploadRow { issueId: Id; sha256: string; bytes: number; mime: AttachmentType }

/** A station's uploads begin with this: nobody else can go on with them. A name stays below the 100 characters that a path's part may have. */
const prefixOf = (device: Device): string => `${device.id.replaceAll('-', '')}.`;

/**
 * The files of records: who may bring and fetch them, and where their bytes lie. Each is stored once, by its SHA-256,
 * whatever number of records name it; what is named by no record is neither taken nor given.
 */
export class Attachments {
  readonly #db: Database;
  readonly #folder: string | null;
  readonly #nowMs: () => number;

  constructor({ db, folder, nowMs }: AttachmentsInput) {
    this.#db = db;
    this.#folder = folder;
    this.#nowMs = nowMs;
  }

  /** Where uploads grow, as `<upload id>`. @throws {AppError} 'attachment/no-store' */
  get unfinished(): string {
    return join(this.#place(), 'unfinished');
  }

  /** Makes the folders. */
  async prepare(): Promise<void> {
    if (this.#folder === null) return;
    for (const part of [this.#folder, join(this.#folder, 'files'), this.unfinished]) await mkdir(part, { recursive: true, mode: 0o700 });
  }

  /**
   * Whether the bytes are still wanted, and from where on. A file that the station could fetch of another record need not come again.
   *
   * @throws {AppError} 'attachment/not-found' when no record in the station's scope names it, 'attachment/quota', 'attachment/no-store'
   */
  async offer(device: Device, place: BlobPlace): Promise<Offered> {
    const blob = await this.#named(device, place);
    const uploadId = `${prefixOf(device)}${blob.sha256}`;
    if (await this.#isStored(device, place)) return { stored: true, uploadId, offset: null };
    await this.#db.transaction(async tx => {
      const [sum] = await tx.query<{ bytes: number }>('SELECT coalesce(sum(bytes), 0)::bigint AS bytes FROM attachment_upload WHERE device_id = $1 AND sha256 <> $2', [device.id, blob.sha256]);
      if ((sum?.bytes ?? 0) + blob.bytes > QUOTA_BYTES) throw new AppError('attachment/quota', { limit: QUOTA_BYTES / 1024 / 1024 });
      await tx.query(`INSERT INTO attachment_upload (device_id, sha256, issue_id, bytes, mime, offered_at_ms) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (device_id, sha256) DO UPDATE SET issue_id = $3, bytes = $4, mime = $5, offered_at_ms = $6`,
      [device.id, blob.sha256, place.issueId, blob.bytes, blob.mime, this.#nowMs()]);
    });
    const file = join(this.unfinished, uploadId);
    const offset = await sizeOf(`${file}.json`) === null ? null : await sizeOf(file);
    if (offset !== blob.bytes) return { stored: false, uploadId, offset };
    // All of it came, and something cut us off before it was stored.
    await this.finish(device, uploadId);
    return { stored: true, uploadId, offset: null };
  }

  /** What was promised to be taken under this name. @throws {AppError} 'attachment/not-found' when it is not this station's */
  async requireUpload(device: Device, uploadId: string): Promise<UploadRow> {
    const prefix = prefixOf(device);
    const sha256 = uploadId.startsWith(prefix) ? uploadId.slice(prefix.length) : '';
    const [row] = await this.#db.query<UploadRow>(`SELECT issue_id AS "issueId", sha256, bytes, mime FROM attachment_upload WHERE device_id = $1 AND sha256 = $2`, [device.id, sha256]);
    if (row === undefined) throw new AppError('attachment/not-found');
    return row;
  }

  /**
   * All bytes are here: they are looked at again, and stored. What is not what the record says is thrown away.
   *
   * @throws {AppError} 'attachment/damaged' for another hash or size, 'attachment/wrong-type', 'attachment/not-found'
   */
  async finish(device: Device, uploadId: string): Promise<void> {
    const upload = await this.requireUpload(device, uploadId);
    const file = join(this.unfinished, uploadId);
    try {
      await this.#named(device, upload);
      await requireSame(file, upload);
      await this.#keep(file, upload);
    } catch (error) {
      if (error instanceof AppError) await this.#forget(device, uploadId, upload);
      throw error;
    }
    await this.#forget(device, uploadId, upload);
  }

  /**
   * Where the bytes of a record's file lie.
   *
   * @throws {AppError} 'attachment/not-found' when no record in the station's scope names it, 'attachment/not-there-yet' before it has been brought
   */
  async find(device: Device, place: BlobPlace): Promise<{ path: string; bytes: number }> {
    await this.#named(device, place);
    const path = this.#pathOf(place.sha256);
    const bytes = await this.#hasRef(this.#db, place) ? await sizeOf(path) : null;
    if (bytes === null) throw new AppError('attachment/not-there-yet');
    return { path, bytes };
  }

  /** Lets go of uploads that nobody has gone on with for a week. @returns how many files were removed */
  async sweep(): Promise<number> {
    if (this.#folder === null) return 0;
    const before = this.#nowMs() - UNFINISHED_LIFE_MS;
    await this.#db.query('DELETE FROM attachment_upload WHERE offered_at_ms < $1', [before]);
    let removed = 0;
    for (const name of await readdir(this.unfinished)) {
      const file = join(this.unfinished, name);
      if ((await stat(file)).mtimeMs >= before) continue;
      await rm(file, { force: true });
      removed += 1;
    }
    return removed;
  }

  /** The blob as a record that the station may see names it. */
  async #named(device: Device, { issueId, sha256 }: BlobPlace): Promise<Blob> {
    const [row] = await this.#db.query<{ data: Issue }>(`SELECT data FROM record WHERE kind = 'issue' AND id = $1 AND NOT deleted AND ${scopeCondition(2)}`,
      [issueId, ...scopeParams(device.scope)]);
    const blob = row === undefined ? undefined : attachmentsOf(row.data).flatMap(blobsOf).find(found => found.sha256 === sha256);
    if (blob === undefined) throw new AppError('attachment/not-found');
    return blob;
  }

  /** Whether it is here for this record, or for another one that the station may see: then for this one too from now on. */
  async #isStored(device: Device, place: BlobPlace): Promise<boolean> {
    if (await sizeOf(this.#pathOf(place.sha256)) === null) return false;
    if (await this.#hasRef(this.#db, place)) return true;
    const [seen] = await this.#db.query(`SELECT 1 FROM record WHERE kind = 'issue' AND NOT deleted AND ${scopeCondition(2)}
      AND id IN (SELECT issue_id FROM attachment_ref WHERE sha256 = $1) LIMIT 1`, [place.sha256, ...scopeParams(device.scope)]);
    if (seen === undefined) return false;
    await addRef(this.#db, place);
    return true;
  }

  async #hasRef(sql: Sql, { sha256, issueId }: BlobPlace): Promise<boolean> {
    return (await sql.query('SELECT 1 FROM attachment_ref WHERE sha256 = $1 AND issue_id = $2', [sha256, issueId])).length === 1;
  }

  async #keep(file: string, upload: UploadRow): Promise<void> {
    const path = this.#pathOf(upload.sha256);
    await syncPath(file);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await rename(file, path);
    await syncPath(dirname(path));
    await this.#db.transaction(async tx => {
      await tx.query('INSERT INTO attachment_blob (sha256, bytes, mime, stored_at_ms) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [upload.sha256, upload.bytes, upload.mime, this.#nowMs()]);
      await addRef(tx, upload);
    });
  }

  async #forget(device: Device, uploadId: string, { sha256 }: UploadRow): Promise<void> {
    const file = join(this.unfinished, uploadId);
    for (const path of [file, `${file}.json`]) await rm(path, { force: true });
    await this.#db.query('DELETE FROM attachment_upload WHERE device_id = $1 AND sha256 = $2', [device.id, sha256]);
  }

  #pathOf(sha256: string): string {
    return join(this.#place(), 'files', sha256.slice(0, 2), sha256);
  }

  #place(): string {
    if (this.#folder === null) throw new AppError('attachment/no-store');
    return this.#folder;
  }
}

async function addRef(sql: Sql, { sha256, issueId }: BlobPlace): Promise<void> {
  await sql.query('INSERT INTO attachment_ref (sha256, issue_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', [sha256, issueId]);
}

/** Size, hash and kind of content are what the record says; a name or a header proves nothing. */
async function requireSame(file: string, { sha256, bytes, mime }: UploadRow): Promise<void> {
  const hash = createHash('sha256');
  let head = Buffer.alloc(0);
  let seen = 0;
  for await (const piece of createReadStream(file, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
    if (seen === 0) head = Buffer.from(piece.subarray(0, TYPE_HEAD_BYTES));
    seen += piece.length;
    hash.update(piece);
  }
  if (seen !== bytes || hash.digest('hex') !== sha256) throw new AppError('attachment/damaged');
  if (attachmentType((await fileTypeFromBuffer(head))?.mime) !== mime) throw new AppError('attachment/wrong-type');
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
