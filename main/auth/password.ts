import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';
import { nfc } from '../../contract/text.ts';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);
/** 32 MB and some 80 ms for each try, off the event loop. Native argon2 is not to be had in every shell. */
const COST: ScryptOptions = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 << 20 };
const KEY_BYTES = 32;

/** A password as it may be kept on this machine: a salt and what scrypt makes of both, base64. */
export interface PasswordHash { salt: string; hash: string }

export async function hashPassword(password: string): Promise<PasswordHash> {
  const salt = randomBytes(16);
  const hash = await derive(nfc(password), salt, KEY_BYTES, COST);
  return { salt: salt.toString('base64'), hash: hash.toString('base64') };
}

export async function matchesPassword(password: string, kept: PasswordHash): Promise<boolean> {
  const hash = await derive(nfc(password), Buffer.from(kept.salt, 'base64'), KEY_BYTES, COST);
  const known = Buffer.from(kept.hash, 'base64');
  return known.length === hash.length && timingSafeEqual(known, hash);
}
