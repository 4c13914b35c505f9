import { z } from 'zod';
import { AppError } from './errors.ts';
import { Id } from './ids.ts';
import { civilParts } from './time.ts';

/**
 * The file that takes the place of a link: magic, version, a plain header, sealed blocks, a signature over all of it.
 *
 *     "IOCSTICK" · version u16 · header length u16 · header (JSON, ASCII) · { length u32 · sealed block } … · signature (64)
 *
 * Numbers are big-endian. Format diary: 1 · first version.
 */
export const STICK_FORMAT = 1;
/** The largest file that anybody takes: some 300 000 edits. What is larger is refused before it is read. */
export const MAX_STICK_BYTES = 8 << 20;

const MAGIC = 'IOCSTICK';
const MAX_HEADER_BYTES = 2_048;
const SIGNATURE_BYTES = 64;
/** Magic, version, length of the header. */
const FRONT_BYTES = MAGIC.length + 4;
/** A block holds at least the tag of its cipher. */
const MIN_BLOCK_BYTES = 16;
const MAX_BLOCKS = 65_535;

/** An X25519 or Ed25519 public key: SPKI, base64. */
export const PublicKey = z.string().regex(/^[A-Za-z0-9+/]{58,80}={0,2}$/);

const Common = {
  provinceId: Id, deviceId: Id, stationCode: z.string().max(40), createdAtMs: z.number().int(),
  /** The first and the last number in it, and how many: an answer may have none, and then both are 0. */
  firstN: z.number().int().nonnegative(), lastN: z.number().int().nonnegative(), count: z.number().int().nonnegative(),
  blocks: z.number().int().min(1).max(MAX_BLOCKS),
  onceKey: PublicKey.describe('the sender’s half of the key agreement, made for this file alone'),
};
/** What everybody who holds the file can read. `up`: a workstation's changes; `back`: the province's verdicts on them. */
export const StickHeader = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('up'), ...Common, replyKey: PublicKey.describe('answers are sealed for this one') }),
  z.strictObject({ kind: z.literal('back'), ...Common }),
]);
export type StickHeader = z.infer<typeof StickHeader>;

/** The province's public keys for these files; workstations have them from enrolment, and anew with every session. */
export const StickKeys = z.object({ boxKey: z.string().max(200).describe('X25519, SPKI, base64'), signKey: z.string().max(200).describe('Ed25519, SPKI, base64') });
export type StickKeys = z.infer<typeof StickKeys>;

/** What the province says of a file that it has taken in. Without names or texts: who asks may be another workstation. */
export const StickTaken = z.object({
  stationCode: z.string(), firstN: z.number().int(), lastN: z.number().int(),
  fresh: z.number().int().describe('changes judged now, for the first time'), refused: z.number().int().describe('of all in the file, not taken as written'),
  verdicts: z.number().int(), rows: z.number().int(),
});
export type StickTaken = z.infer<typeof StickTaken>;

/** A file taken apart; nothing of it is believed yet but its shape. */
export interface StickFile {
  header: StickHeader;
  /** The header as it stands in the file: every block is bound to it. */
  headerBytes: Uint8Array;
  sealed: Uint8Array[];
  /** What the signature is over. */
  signed: Uint8Array;
  signature: Uint8Array;
}

/** What names a file: station, moment (Vietnam) and range of numbers, as `BP-01_20261124-0930_12-40.iocgui`. */
export function stickName({ kind, stationCode, createdAtMs, firstN, lastN }: Pick<StickHeader, 'kind' | 'stationCode' | 'createdAtMs' | 'firstN' | 'lastN'>): string {
  const at = civilParts(createdAtMs);
  const two = (n: number): string => String(n).padStart(2, '0');
  const moment = `${at.year}${two(at.month)}${two(at.day)}-${two(at.hour)}${two(at.minute)}`;
  return `${stationCode.replace(/[^A-Za-z0-9-]/g, '')}_${moment}_${firstN}-${lastN}.${kind === 'up' ? 'iocgui' : 'ioctra'}`;
}

/** The header in its one form. @throws {Error} when it is longer than a reader takes */
export function headerBytesOf(header: StickHeader): Uint8Array {
  const bytes = ascii(JSON.stringify(header).replace(/[^\x20-\x7e]/g, letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`));
  if (bytes.length > MAX_HEADER_BYTES) throw new Error('the header of a stick file is too long');
  return bytes;
}

/** Everything up to the signature. */
export function unsignedStick(headerBytes: Uint8Array, sealed: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(FRONT_BYTES + headerBytes.length + sealed.reduce((sum, block) => sum + 4 + block.length, 0));
  const view = new DataView(bytes.buffer);
  bytes.set(ascii(MAGIC));
  view.setUint16(MAGIC.length, STICK_FORMAT);
  view.setUint16(MAGIC.length + 2, headerBytes.length);
  bytes.set(headerBytes, FRONT_BYTES);
  let at = FRONT_BYTES + headerBytes.length;
  for (const block of sealed) {
    view.setUint32(at, block.length);
    bytes.set(block, at + 4);
    at += 4 + block.length;
  }
  return bytes;
}

/** How long a file with these blocks becomes: packed bytes, each with its length and tag, and all that goes around them. */
export function stickBytes(packed: readonly Uint8Array[]): number {
  return FRONT_BYTES + MAX_HEADER_BYTES + SIGNATURE_BYTES + packed.reduce((sum, block) => sum + 4 + MIN_BLOCK_BYTES + block.length, 0);
}

/**
 * Takes a file apart by its shape alone; who made it, and whether it is whole, is for the signature to say.
 *
 * @throws {AppError} `stick/not-a-file` · `stick/from-future` {version} · `stick/too-large` {limitMb} · `stick/damaged`
 */
export function parseStick(bytes: Uint8Array): StickFile {
  if (bytes.length > MAX_STICK_BYTES) throw tooLarge();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < MAGIC.length || text(bytes.subarray(0, MAGIC.length)) !== MAGIC) throw new AppError('stick/not-a-file');
  if (bytes.length < FRONT_BYTES + SIGNATURE_BYTES) throw new AppError('stick/damaged');
  const version = view.getUint16(MAGIC.length);
  if (version > STICK_FORMAT) throw new AppError('stick/from-future', { version });
  const headerLength = view.getUint16(MAGIC.length + 2);
  const end = bytes.length - SIGNATURE_BYTES;
  if (version !== STICK_FORMAT || headerLength > MAX_HEADER_BYTES || FRONT_BYTES + headerLength > end) throw new AppError('stick/damaged');
  const headerBytes = bytes.subarray(FRONT_BYTES, FRONT_BYTES + headerLength);
  const header = readHeader(headerBytes);
  const sealed = readBlocks(bytes, view, FRONT_BYTES + headerLength, end);
  if (sealed.length !== header.blocks) throw new AppError('stick/damaged');
  return { header, headerBytes, sealed, signed: bytes.subarray(0, end), signature: bytes.subarray(end) };
}

export function tooLarge(): AppError {
  return new AppError('stick/too-large', { limitMb: MAX_STICK_BYTES >> 20 });
}

function readHeader(bytes: Uint8Array): StickHeader {
  try {
    return StickHeader.parse(JSON.parse(text(bytes)));
  } catch (cause) {
    throw new AppError('stick/damaged', {}, { cause });
  }
}

function readBlocks(bytes: Uint8Array, view: DataView, from: number, end: number): Uint8Array[] {
  const blocks: Uint8Array[] = [];
  let at = from;
  while (at < end) {
    const length = at + 4 <= end ? view.getUint32(at) : 0;
    if (length < MIN_BLOCK_BYTES || at + 4 + length > end) throw new AppError('stick/damaged');
    blocks.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return blocks;
}

function ascii(letters: string): Uint8Array {
  return Uint8Array.from(letters, letter => letter.charCodeAt(0));
}

/** One letter a byte; bytes above ASCII make no header that fits. */
function text(bytes: Uint8Array): string {
  return Array.from(bytes, byte => String.fromCharCode(byte)).join('');
}
