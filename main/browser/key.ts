import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { createFileOnce, hasCode } from '../platform/files.ts';

const KEY_BYTES = 32;

/**
 * The database key of a data folder: `<dataDir>/key`, 64 hex digits, readable by its owner only. The browser shell has no
 * key store of the operating system, so the file guards against a copied database, not against its own account; the
 * Electron shell keeps the key in `safeStorage`. Made once; where a database lies without its key nothing is made, since a
 * new key would make the loss final.
 *
 * @throws {AppError} 'db/key-missing'
 */
export function databaseKey(dataDir: string): string {
  const file = join(dataDir, 'key');
  const found = readKey(file);
  if (found !== null) return found;
  if (existsSync(join(dataDir, 'console.db'))) throw new AppError('db/key-missing', { file });
  createFileOnce(file, `${randomBytes(KEY_BYTES).toString('hex')}\n`);
  // Read back: another console may have made it in the same moment, and its key is the one that counts.
  const made = readKey(file);
  if (made === null) throw new Error(`key file vanished: ${file}`);
  return made;
}

function readKey(file: string): string | null {
  try {
    const text = readFileSync(file, 'utf8').trim();
    if (!/^[0-9a-f]{64}$/.test(text)) throw new AppError('db/key-missing', { file });
    return text;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}
