import { join } from 'node:path';
import { openEmbedded, type Database } from '../../province/sql.ts';
import { temporaryFolder } from './processes.ts';

/** An empty database of the province's embedded engine in a folder of its own, which goes when it is closed or its test ends. */
export async function emptyEmbedded(): Promise<Database> {
  const folder = temporaryFolder('embedded');
  process.once('exit', () => { folder.remove(); });
  const db = await openEmbedded(join(folder.path, 'pg'));
  return { ...db, async close() { await db.close(); folder.remove(); } };
}
