import { AppError } from './errors.ts';
import { headerBytesOf, unsignedStick, type StickFile, type StickHeader } from './stick-file.ts';

/** What a machine's crypto and compression libraries do for a stick file; keys are SPKI and PKCS#8, base64. */
export interface StickTools {
  /** A new X25519 pair. */
  newPair(): { publicKey: string; privateKey: string };
  /** X25519. @throws when either is no such key, or the other one is of small order */
  agree(privateKey: string, publicKey: string): Uint8Array;
  /** HKDF-SHA-256 without salt, 32 bytes. */
  derive(secret: Uint8Array, info: Uint8Array): Uint8Array;
  /** AES-256-GCM, the tag behind the text. */
  encrypt(key: Uint8Array, nonce: Uint8Array, bound: Uint8Array, plain: Uint8Array): Uint8Array;
  /** @throws when it is not what was encrypted under these */
  decrypt(key: Uint8Array, nonce: Uint8Array, bound: Uint8Array, sealed: Uint8Array): Uint8Array;
  /** Ed25519. */
  sign(privateKey: string, bytes: Uint8Array): Uint8Array;
  verify(publicKey: string, bytes: Uint8Array, signature: Uint8Array): boolean;
  pack(bytes: Uint8Array): Promise<Uint8Array>;
  /** @throws when it is not packed, or comes to more than `maxBytes` */
  unpack(bytes: Uint8Array, maxBytes: number): Promise<Uint8Array>;
}

/** Omits of each member of a union. */
type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** A header as its writer knows it. */
export type HeaderFacts = Without<StickHeader, 'blocks' | 'onceKey'>;

/** What one block may come to when unpacked: the same as a body on the wire. */
const MAX_BLOCK_PLAIN_BYTES = 16 << 20;
/** And all blocks of a file together. */
const MAX_PLAIN_BYTES = 256 << 20;

/**
 * A whole file: each block encrypted for the owner of `toKey`, bound to the header, its place and whether it is the last;
 * header and blocks signed. The key is used for this file alone, so a counter is nonce enough.
 *
 * @param packed what each block holds, packed; at least one
 */
export function sealStick(tools: StickTools, facts: HeaderFacts, packed: readonly Uint8Array[], keys: { toKey: string; signKey: string }): Uint8Array {
  const once = tools.newPair();
  const headerBytes = headerBytesOf({ ...facts, blocks: packed.length, onceKey: once.publicKey } as StickHeader);
  const key = keyOf(tools, tools.agree(once.privateKey, keys.toKey), { kind: facts.kind, onceKey: once.publicKey, toKey: keys.toKey });
  const sealed = packed.map((plain, index) => tools.encrypt(key, nonceOf(index, index === packed.length - 1), headerBytes, plain));
  const signed = unsignedStick(headerBytes, sealed);
  const signature = tools.sign(keys.signKey, signed);
  const file = new Uint8Array(signed.length + signature.length);
  file.set(signed);
  file.set(signature, signed.length);
  return file;
}

/**
 * Whether the file is as its maker left it. Nothing of it may be acted upon before.
 *
 * @throws {AppError} `stick/damaged` when it is not, or somebody else made it
 */
export function checkSignature(tools: StickTools, file: StickFile, signerKey: string): void {
  if (!verifies(tools, file, signerKey)) throw new AppError('stick/damaged');
}

function verifies(tools: StickTools, file: StickFile, signerKey: string): boolean {
  try {
    return tools.verify(signerKey, file.signed, file.signature);
  } catch {
    return false;
  }
}

/**
 * The packed blocks of a file whose signature has been checked.
 *
 * @throws {AppError} `stick/other-key` when it was sealed for another key than this
 */
export function openStick(tools: StickTools, file: StickFile, mine: { publicKey: string; privateKey: string }): Uint8Array[] {
  const { kind, onceKey } = file.header;
  try {
    const key = keyOf(tools, tools.agree(mine.privateKey, onceKey), { kind, onceKey, toKey: mine.publicKey });
    return file.sealed.map((block, index) => tools.decrypt(key, nonceOf(index, index === file.sealed.length - 1), file.headerBytes, block));
  } catch (cause) {
    throw new AppError('stick/other-key', {}, { cause });
  }
}

/**
 * The blocks unpacked, one at a time, so that only one is in memory.
 *
 * @throws {AppError} `stick/damaged` at a block that is no packed bytes; `stick/too-large` when they come to more than anybody sends
 */
export async function* unpackedBlocks(tools: StickTools, packed: readonly Uint8Array[]): AsyncGenerator<Uint8Array, void, undefined> {
  let total = 0;
  for (const block of packed) {
    const plain = await unpacked(tools, block);
    total += plain.length;
    if (total > MAX_PLAIN_BYTES) throw new AppError('stick/too-large', { limitMb: MAX_PLAIN_BYTES >> 20 });
    yield plain;
  }
}

async function unpacked(tools: StickTools, block: Uint8Array): Promise<Uint8Array> {
  try {
    return await tools.unpack(block, MAX_BLOCK_PLAIN_BYTES);
  } catch (cause) {
    throw new AppError('stick/damaged', {}, { cause });
  }
}

/** Who made the key for whom, and which way the file goes, is part of the key. */
function keyOf(tools: StickTools, secret: Uint8Array, names: { kind: string; onceKey: string; toKey: string }): Uint8Array {
  return tools.derive(secret, Uint8Array.from(`ioc stick 1 ${names.kind} ${names.onceKey} ${names.toKey}`, letter => letter.charCodeAt(0)));
}

function nonceOf(index: number, isLast: boolean): Uint8Array {
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setUint32(7, index);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}
