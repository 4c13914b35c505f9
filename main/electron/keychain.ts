import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../contract/errors.ts';
import { writeFileAtomic } from '../platform/files.ts';

/** The operating system's key store: Electron's `safeStorage`, or a stand-in under test. */
export interface KeyStore {
  isAvailable(): Promise<boolean>;
  /** 'dpapi', 'keychain', or on Linux the name of the store; 'basic_text' hides a key from nobody. */
  backend(): string;
  seal(text: string): Promise<Uint8Array>;
  /** `stale`: the store wants the text sealed anew. Rejects when it was sealed by another store, user or machine. */
  open(sealed: Uint8Array): Promise<{ text: string; stale: boolean }>;
}

const KeyRecord = z.object({
  version: z.literal(1), backend: z.string(),
  keyId: z.string().describe('first 16 hex digits of the SHA-256 of the key: tells keys apart without telling a key'),
  sealed: z.base64(),
});
type KeyRecord = z.infer<typeof KeyRecord>;

export interface DatabaseKey { keyHex: string; keyId: string; backend: string; isNew: boolean }

const fileOf = (dataDir: string): string => join(dataDir, 'key-safe-storage.json');

/** Whether anything of an encrypted database lies in the folder: then its key exists somewhere, and a new one would bury it. */
function hasDatabase(dataDir: string): boolean {
  return ['console.db', 'console.db-wal'].some(name => existsSync(join(dataDir, name)));
}

/**
 * What to do about the key, from what there is. Never 'create' beside a database or beside a record that cannot be read.
 *
 * @param allowUnsafe a person has said that a key anybody can read will do (trial machines)
 * @throws {AppError} 'shell/keyring-unavailable', 'shell/keyring-unsafe', 'db/key-missing'
 */
export function decideKey(has: { database: boolean; record: 'none' | 'readable' | 'unreadable'; available: boolean; backend: string; allowUnsafe: boolean }): 'create' | 'open' {
  if (has.record === 'unreadable' || (has.record === 'none' && has.database)) throw new AppError('db/key-missing', { backend: has.backend });
  if (has.backend === 'basic_text' && !has.allowUnsafe) throw new AppError('shell/keyring-unsafe', { backend: has.backend });
  if (!has.available) throw new AppError('shell/keyring-unavailable', { backend: has.backend });
  return has.record === 'none' ? 'create' : 'open';
}

/**
 * The database key of this data folder: opened from the key store's wrapping, or made when there is no database yet.
 * Whatever goes wrong, nothing is deleted and nothing is overwritten.
 *
 * @throws {AppError} as `decideKey`, and 'db/wrong-key' when the store cannot open what it once sealed
 */
export async function loadKey(dataDir: string, store: KeyStore, allowUnsafe: boolean): Promise<DatabaseKey> {
  const { record, state } = readRecord(dataDir);
  const backend = store.backend();
  const decision = decideKey({ database: hasDatabase(dataDir), record: state, available: await store.isAvailable(), backend, allowUnsafe });
  if (decision === 'create') {
    const keyHex = randomBytes(32).toString('hex');
    await save(dataDir, store, keyHex);
    return { keyHex, keyId: keyIdOf(keyHex), backend, isNew: true };
  }
  if (record === null) throw new Error('a readable record that was not read');
  const { text, stale } = await open(store, record, backend);
  if (!/^[0-9a-f]{64}$/.test(text) || keyIdOf(text) !== record.keyId) throw new AppError('db/wrong-key', { backend, was: record.backend });
  if (stale || backend !== record.backend) await save(dataDir, store, text);
  return { keyHex: text, keyId: record.keyId, backend, isNew: false };
}

async function open(store: KeyStore, record: KeyRecord, backend: string): Promise<{ text: string; stale: boolean }> {
  try {
    return await store.open(Buffer.from(record.sealed, 'base64'));
  } catch (cause) {
    // A changed desktop (GNOME ↔ KDE), a restored profile or an administrator's password reset all look like this.
    throw new AppError('db/wrong-key', { backend, was: record.backend }, { cause });
  }
}

/** Seals, opens again, and only then writes: a store that cannot give back what it took must be found out before a database depends on it. */
async function save(dataDir: string, store: KeyStore, keyHex: string): Promise<void> {
  const sealed = await store.seal(keyHex);
  const back = await store.open(sealed).catch((cause: unknown) => { throw new AppError('shell/keyring-unavailable', { backend: store.backend() }, { cause }); });
  if (back.text !== keyHex) throw new AppError('shell/keyring-unavailable', { backend: store.backend() });
  const record: KeyRecord = { version: 1, backend: store.backend(), keyId: keyIdOf(keyHex), sealed: Buffer.from(sealed).toString('base64') };
  writeFileAtomic(fileOf(dataDir), JSON.stringify(record));
}

function keyIdOf(keyHex: string): string {
  return createHash('sha256').update(keyHex).digest('hex').slice(0, 16);
}

function readRecord(dataDir: string): { record: KeyRecord | null; state: 'none' | 'readable' | 'unreadable' } {
  if (!existsSync(fileOf(dataDir))) return { record: null, state: 'none' };
  try {
    return { record: KeyRecord.parse(JSON.parse(readFileSync(fileOf(dataDir), 'utf8'))), state: 'readable' };
  } catch {
    return { record: null, state: 'unreadable' };
  }
}
