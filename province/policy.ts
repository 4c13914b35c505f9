import { createPrivateKey, sign } from 'node:crypto';
import { AppError } from '../contract/errors.ts';
import { DEFAULT_PACK } from '../contract/policy/default-pack.ts';
import { policyBook, signedText, type PolicyBook, type PolicyPack, type PolicyRow } from '../contract/policy/pack.ts';
import type { Database, Sql } from './sql.ts';
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
    if (known === undefined) await write(tx, DEFAULT_PACK, nowMs);
  });
}

/**
 * Issues a pack: from its day on new records are judged by it; those that are there keep theirs. What was issued before stays as it was.
 *
 * @throws {AppError} 'input/invalid' {field} when it would take effect in the past, or its id has been issued before
 */
export async function issuePolicy(db: Database, pack: PolicyPack, nowMs: number): Promise<PolicyRow> {
  if (pack.effectiveFromMs < nowMs - PAST_MS) throw new AppError('input/invalid', { field: 'effectiveFromMs' });
  return db.transaction(async tx => {
    const [known] = await tx.query('SELECT 1 FROM record WHERE id = $1', [pack.id]);
    if (known !== undefined) throw new AppError('input/invalid', { field: 'id' });
    return write(tx, pack, nowMs);
  });
}

/** A pack that takes effect "now" was written some time before it came here. */
const PAST_MS = 10 * 60_000;

async function write(tx: Sql, pack: PolicyPack, nowMs: number): Promise<PolicyRow> {
  const { sign: keys } = await readOwnStickKeys(tx);
  const unsigned = { ...pack, issuedAtMs: nowMs };
  const key = createPrivateKey({ key: Buffer.from(keys.privateKey, 'base64'), format: 'der', type: 'pkcs8' });
  const row: PolicyRow = { ...unsigned, signature: sign(null, Buffer.from(signedText(unsigned)), key).toString('base64') };
  await commitChanges(tx, { rows: [{ kind: 'policy', id: row.id, siteId: null, service: null, deleted: false, data: { ...row }, expected: 0 }] });
  return row;
}
