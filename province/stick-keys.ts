import { generateKeyPairSync } from 'node:crypto';
import type { StickKeys } from '../contract/stick-file.ts';
import type { Sql } from './sql.ts';
import { STICK_TOOLS } from './stick-tools.ts';

/** The province's keys for stick files, private halves too: they never leave this process and its database. */
export interface OwnStickKeys { box: { publicKey: string; privateKey: string }; sign: { publicKey: string; privateKey: string } }

/** Makes the keys at the first start; later ones keep them, also after a restore of any backup since. */
export async function makeStickKeys(sql: Sql): Promise<void> {
  const [known] = await sql.query('SELECT 1 FROM stick_key');
  if (known !== undefined) return;
  const box = STICK_TOOLS.newPair();
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  await sql.query('INSERT INTO stick_key (box_public, box_private, sign_public, sign_private) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [
    box.publicKey, box.privateKey,
    publicKey.export({ type: 'spki', format: 'der' }).toString('base64'), privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
  ]);
}

/** What workstations are told. */
export async function readStickKeys(sql: Sql): Promise<StickKeys> {
  const { box, sign } = await readOwnStickKeys(sql);
  return { boxKey: box.publicKey, signKey: sign.publicKey };
}

export async function readOwnStickKeys(sql: Sql): Promise<OwnStickKeys> {
  const [row] = await sql.query<{ box_public: string; box_private: string; sign_public: string; sign_private: string }>('SELECT * FROM stick_key');
  if (row === undefined) throw new Error('the database has no stick keys');
  return { box: { publicKey: row.box_public, privateKey: row.box_private }, sign: { publicKey: row.sign_public, privateKey: row.sign_private } };
}
