import { z } from 'zod';
import { Id } from './ids.ts';

/** What a file may be, by its content: the name that a type has here → how a saved copy's name ends. */
export const ATTACHMENT_TYPES = {
  'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp', 'image/heic': 'heic',
  'audio/mpeg': 'mp3', 'audio/mp4': 'm4a', 'audio/aac': 'aac', 'audio/ogg': 'ogg', 'audio/wav': 'wav', 'audio/amr': 'amr',
  'video/mp4': 'mp4', 'application/pdf': 'pdf',
} as const;
export type AttachmentType = keyof typeof ATTACHMENT_TYPES;
export const AttachmentType = z.enum(Object.keys(ATTACHMENT_TYPES) as [AttachmentType, ...AttachmentType[]]);

const MB = 1024 * 1024;
/** Bytes of a file and of its small picture; files of a record; characters of a file's name. */
export const ATTACHMENT_LIMITS = { fileBytes: 100 * MB, thumbBytes: 48 * 1024, perIssue: 20, name: 120 } as const;

/** The beginning of a file from which its type is told. */
export const TYPE_HEAD_BYTES = 4_100;

/** SHA-256 of a file's bytes, lower-case hex: the name under which every machine stores it. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Bytes that lie beside the records, named by their hash. */
export const Blob = z.object({ sha256: Sha256, bytes: z.number().int().min(1).max(ATTACHMENT_LIMITS.fileBytes), mime: AttachmentType });
export type Blob = z.infer<typeof Blob>;

const Thumb = z.object({ sha256: Sha256, bytes: z.number().int().min(1).max(ATTACHMENT_LIMITS.thumbBytes), mime: z.literal('image/jpeg') });

/** A file as a record names it (tệp đính kèm): its bytes and the small picture travel on their own, after the record. */
export const Attachment = Blob.extend({
  id: Id, name: z.string().trim().min(1).max(ATTACHMENT_LIMITS.name),
  thumb: Thumb.nullable(),
});
export type Attachment = z.infer<typeof Attachment>;

/** The same in the record, with who added it and when. */
export const Attached = Attachment.extend({ byId: Id, atMs: z.number() });
export type Attached = z.infer<typeof Attached>;

/** Other words for a type, as tools that look at the content say them. */
const SAME: Readonly<Record<string, AttachmentType>> = {
  'audio/x-m4a': 'audio/mp4', 'audio/mp3': 'audio/mpeg', 'audio/x-wav': 'audio/wav', 'audio/vnd.wave': 'audio/wav', 'audio/opus': 'audio/ogg',
  'image/heif': 'image/heic', 'image/heic-sequence': 'image/heic', 'video/x-m4v': 'video/mp4',
};

/** The type under which a file is taken, or null for what is not taken. @param found what its content says, e.g. `audio/ogg; codecs=opus` */
export function attachmentType(found: string | undefined): AttachmentType | null {
  const plain = (found ?? '').split(';')[0]?.trim() ?? '';
  const known = AttachmentType.safeParse(SAME[plain] ?? plain);
  return known.success ? known.data : null;
}

/** What a record's attachment consists of: the small picture first. */
export function blobsOf({ sha256, bytes, mime, thumb }: Attachment): Blob[] {
  return [...(thumb === null ? [] : [thumb]), { sha256, bytes, mime }];
}

/** A file's name without what no file system takes, at most as long as a record takes; never empty. */
export function tidyName(name: string): string {
  const plain = name.split(/[\\/]/).at(-1)?.normalize('NFC').replaceAll(/[\p{Cc}\p{Cf}<>:"|?*]/gu, '').trim() ?? '';
  if (plain.length <= ATTACHMENT_LIMITS.name) return plain === '' ? 'tep' : plain;
  const dot = plain.lastIndexOf('.');
  const end = dot > 0 && plain.length - dot <= 8 ? plain.slice(dot) : '';
  return `${plain.slice(0, ATTACHMENT_LIMITS.name - end.length).toWellFormed().replace(/\uFFFD$/u, '')}${end}`;
}

/** Where a blob of a record lies at the province: a plain GET with byte ranges and the device's bearer token. */
export function attachmentPath(issueId: Id, sha256: string): string {
  return `/v1/attachments/${issueId}/${sha256}`;
}

/** Where unfinished uploads lie at the province, by tus 1.0. */
export const UPLOADS_PATH = '/v1/attachments/uploads';
