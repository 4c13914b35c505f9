import { createPublicKey, verify } from 'node:crypto';
import type { KnownPack } from '../../contract/policy/calls.ts';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';
import { policyBook, PolicyRow, signedText, type PolicyBook } from '../../contract/policy/pack.ts';
import { allRows, getRow, type Database } from '../database.ts';
import { readProvinceStickKeys } from './stick.ts';

const books = new WeakMap<Database, { mark: string; book: PolicyBook }>();

/**
 * The policy packs of the province whose signature is the province's, with the one that the program comes with for the time before any has
 * come. Reading it again costs one small query while no pack has changed.
 */
export function readPolicyBook(db: Database): PolicyBook {
  const { rows, newest } = getRow<{ rows: number; newest: number | null }>(db, `SELECT count(*) AS rows, max(version) AS newest FROM org_row WHERE kind='policy'`) ?? { rows: 0, newest: null };
  const signKey = rows === 0 ? '' : readProvinceStickKeys(db)?.signKey ?? '';
  const mark = `${rows} ${newest ?? ''} ${signKey}`;
  const known = books.get(db);
  if (known?.mark === mark) return known.book;
  const packs = rows === 0 ? [] : readPolicies(db).filter(row => isSigned(row, signKey));
  const book = policyBook(packs.some(pack => pack.effectiveFromMs <= DEFAULT_PACK.effectiveFromMs) ? packs : [DEFAULT_PACK, ...packs]);
  books.set(db, { mark, book });
  return book;
}

/** Every pack that has come, signed or not, the newest first. */
export function readPolicies(db: Database): PolicyRow[] {
  return allRows<{ data: string }>(db, `SELECT data FROM org_row WHERE kind='policy' ORDER BY data ->> '$.effectiveFromMs' DESC, id DESC`).map(row => JSON.parse(row.data) as PolicyRow);
}

/** Whether the province has signed the pack. @param signKey Ed25519, SPKI, base64 */
export function isSigned(row: PolicyRow, signKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(signKey, 'base64'), format: 'der', type: 'spki' });
    return verify(null, Buffer.from(signedText(row)), key, Buffer.from(row.signature, 'base64'));
  } catch {
    return false;
  }
}

/** What is known of every pack here: the one that the program comes with, and all that have come, the newest first. */
export function readKnownPacks(db: Database): KnownPack[] {
  const signKey = readProvinceStickKeys(db)?.signKey ?? '';
  const come = readPolicies(db).map((row): KnownPack => ({
    id: row.id, code: row.code, effectiveFromMs: row.effectiveFromMs, signature: isSigned(row, signKey) ? 'good' : 'bad', keyId: row.keyId ?? '', issuedAtMs: row.issuedAtMs, issuedBy: row.issuedBy?.name ?? '',
  }));
  if (come.some(one => one.id === DEFAULT_PACK.id)) return come;
  return [...come, { id: DEFAULT_PACK.id, code: DEFAULT_PACK.code, effectiveFromMs: DEFAULT_PACK.effectiveFromMs, signature: 'built-in', keyId: '', issuedAtMs: null, issuedBy: '' }];
}
