import { rmSync } from 'node:fs';
import type { Site } from '../../../contract/org.ts';
import { createCode } from '../../../province/devices.ts';
import { openProvince } from '../../../province/open.ts';
import { startServer } from '../../../province/server.ts';
import type { Database } from '../../../province/sql.ts';
import { provinceFolder } from '../../province/support.ts';
import { Desk } from '../../support/desk.ts';

/** The small sample's province, served by this process, so that a test can also do to its database what no station may. */
export interface ServedProvince {
  db: Database;
  address: string;
  /** A desk of the province's own office that has its copy. @param at another address of the same province */
  desk(at?: string): Promise<Desk>;
  close(): Promise<void>;
}

export async function servedProvince(nowMs: () => number): Promise<ServedProvince> {
  const folder = await provinceFolder();
  const { db, close } = await openProvince({ databaseUrl: undefined, data: folder, sample: 'none', name: '', nowMs: nowMs() });
  const server = await startServer({ db, folder: null, attachments: null, key: null, host: '127.0.0.1', port: 0, nowMs, report: (_what, error) => { throw error; } });
  const [site] = await db.query<{ data: Site }>("SELECT data FROM record WHERE kind = 'site' AND data->>'code' = 'BP'");
  return {
    db, address: server.address,
    async desk(at = server.address) {
      const { code } = await createCode(db, { siteId: site?.data.id ?? '', services: null, nowMs: nowMs() });
      const desk = await Desk.enrolled({ address: at, code });
      await desk.loaded();
      return desk;
    },
    async close() {
      await server.close();
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
