import { createHash, createPrivateKey, sign } from 'node:crypto';
import { AppError } from '../contract/errors.ts';
import type { Id } from '../contract/ids.ts';
import { isPast, problemsOf } from '../contract/policy/check.ts';
import { DEFAULT_PACK } from '../contract/policy/default-pack.ts';
import { PolicyPack, policyBook, signedText, type PolicyBook, type PolicyRow } from '../contract/policy/pack.ts';
import type { PolicyIssued } from '../contract/province.ts';
import { transactionRetried, type Database, type Sql } from './sql.ts';
import { readOwnStickKeys } from './stick-keys.ts';
import { commitChanges } from './store.ts';

/** The packs by which mutations are judged. */
export async function loadPolicy(sql: Sql): Promise<PolicyBook> {
  const rows = await sql.query<{ data: PolicyPack }>("SELECT data FROM record WHERE kind = 'policy' AND NOT deleted");
  return policyBook(rows.length === 0 ? [DEFAULT_PACK] : rows.map(row => row.data));
}

/** A province without any pack begins with the proposed one, signed like every other. */
export async function ensurePolicy(db: Database, nowMs: number): Promise<void> {
  await db.transaction(async tx => {
    const [known] = await tx.query("SELECT 1 FROM record WHERE kind = 'policy' LIMIT 1");
    if (known === undefined) await write(tx, DEFAULT_PACK, { nowMs });
  });
}

/**
 * Who issues a pack, when, and whether it is in force from then on, whatever day it names. Nobody: the server's own command. `knownUntilMs`: when the newest pack
 * was issued that they have seen; two who edit apart do not undo each other's values without a word.
 */
export interface Issuing { nowMs: number; by?: { personId: Id; name: string }; fromNow?: boolean; knownUntilMs?: number }

/**
 * Issues a pack: from its day on new records are judged by it; those that are there keep theirs. What was issued before stays as it was.
 *
 * @throws {AppError} 'policy/not-valid' {field, problem}; 'policy/past' when it would take effect in the past; 'policy/already-issued' {code} when its id has
 *   been issued with other values; 'policy/another-meanwhile' {code, by} when one was issued that who issues has not seen
 */
export async function issuePolicy(db: Database, pack: PolicyPack, { fromNow = false, knownUntilMs, ...issuing }: Issuing): Promise<PolicyIssued> {
  const problem = problemsOf(pack).find(one => !one.isHint);
  if (problem !== undefined) throw new AppError('policy/not-valid', { field: problem.path, problem: problem.code });
  const dated = fromNow ? { ...pack, effectiveFromMs: issuing.nowMs } : pack;
  return transactionRetried(db, async tx => {
    await lockOrder(tx);
    const [known] = await tx.query<{ kind: string; deleted: boolean; data: PolicyRow }>('SELECT kind, deleted, data FROM record WHERE id = $1', [pack.id]);
    if (known !== undefined) {
      if (known.kind !== 'policy' || known.deleted || !isSame(known.data, pack, fromNow)) throw new AppError('policy/already-issued', { code: pack.code });
      return issuedOf(known.data, true);
    }
    if (knownUntilMs !== undefined) await nothingSince(tx, knownUntilMs);
    if (isPast(dated, issuing.nowMs)) throw new AppError('policy/past');
    return issuedOf(await write(tx, dated, issuing), false);
  });
}

async function nothingSince(tx: Sql, knownUntilMs: number): Promise<void> {
  const [newer] = await tx.query<{ data: PolicyRow }>("SELECT data FROM record WHERE kind = 'policy' AND NOT deleted AND (data->>'issuedAtMs')::bigint > $1 ORDER BY (data->>'issuedAtMs')::bigint DESC LIMIT 1", [knownUntilMs]);
  if (newer !== undefined) throw new AppError('policy/another-meanwhile', { code: newer.data.code, by: newer.data.issuedBy?.name ?? '–' });
}

/**
 * Takes a pack back that nothing has been judged by yet.
 *
 * @returns false when there is no such pack (any more)
 * @throws {AppError} 'policy/in-force' {code} once it has come into force
 */
export async function withdrawPolicy(db: Database, id: Id, nowMs: number): Promise<boolean> {
  return transactionRetried(db, async tx => {
    await lockOrder(tx);
    const [known] = await tx.query<{ seq: number; data: PolicyRow }>("SELECT seq, data FROM record WHERE id = $1 AND kind = 'policy' AND NOT deleted", [id]);
    if (known === undefined) return false;
    if (known.data.effectiveFromMs <= nowMs) throw new AppError('policy/in-force', { code: known.data.code });
    await commitChanges(tx, { rows: [{ kind: 'policy', id, siteId: null, service: null, deleted: true, data: { ...known.data }, expected: known.seq }] });
    return true;
  });
}

/** Two who issue, or withdraw, the same at once do it one after the other: each commit takes this row's lock anyway. */
async function lockOrder(tx: Sql): Promise<void> {
  await tx.query('SELECT 1 FROM sync_head FOR UPDATE');
}

function isSame(row: PolicyRow, pack: PolicyPack, fromNow: boolean): boolean {
  const face = (one: PolicyPack): string => signedText({ ...PolicyPack.parse(one), ...(fromNow ? { effectiveFromMs: 0 } : {}) });
  return face(row) === face(pack);
}

const issuedOf = ({ id, code, effectiveFromMs, issuedAtMs }: PolicyRow, already: boolean): PolicyIssued => ({ id, code, effectiveFromMs, issuedAtMs, already });

async function write(tx: Sql, pack: PolicyPack, { nowMs, by }: Pick<Issuing, 'nowMs' | 'by'>): Promise<PolicyRow> {
  const { sign: keys } = await readOwnStickKeys(tx);
  const unsigned = { ...pack, issuedAtMs: nowMs, keyId: keyIdOf(keys.publicKey), ...(by === undefined ? {} : { issuedBy: by }) };
  const key = createPrivateKey({ key: Buffer.from(keys.privateKey, 'base64'), format: 'der', type: 'pkcs8' });
  const row: PolicyRow = { ...unsigned, signature: sign(null, Buffer.from(signedText(unsigned)), key).toString('base64') };
  await commitChanges(tx, { rows: [{ kind: 'policy', id: row.id, siteId: null, service: null, deleted: false, data: { ...row }, expected: 0 }] });
  return row;
}

/** @param signKey SPKI, base64 */
function keyIdOf(signKey: string): string {
  return createHash('sha256').update(Buffer.from(signKey, 'base64')).digest('hex').slice(0, 16);
}
