import { generateKeyPairSync } from 'node:crypto';
import { newId, type Id } from '../../contract/ids.ts';
import type { Person, Site } from '../../contract/org.ts';
import { openServer } from '../../province/server-database.ts';
import type { Database } from '../../province/sql.ts';
import { postgresMissing, startPostgres, type TemporaryPostgres } from '../province/postgres.ts';
import { startProgram, type ProvinceReady, type Running } from '../support/processes.ts';
import type { ConsoleIdentity } from './province-console.ts';

export interface ProvinceWorld { postgres: TemporaryPostgres; province: Running<ProvinceReady>; db: Database; identities: ConsoleIdentity[]; end(): Promise<void> }

/** A PostgreSQL that flushes every commit, the sample province on it in one server process, and its enrolled consoles. */
export async function startWorld(consoles: number, records: number): Promise<ProvinceWorld> {
  const missing = postgresMissing();
  if (missing !== null) throw new Error(`this bench needs Debian's postgresql: ${missing}`);
  const postgres = startPostgres({ durable: true });
  try {
    const province = await startProgram<ProvinceReady>('province/index.ts', ['serve', '--port', '0', '--sample', String(records), '--json'], { DATABASE_URL: postgres.url });
    const db = await openServer(postgres.url);
    return {
      postgres, province, db, identities: await enrolAll(db, consoles),
      async end() {
        await province.stop();
        await db.close();
        postgres.stop();
      },
    };
  } catch (error) {
    postgres.stop();
    throw error;
  }
}

/** Straight into the tables: a thousand codes are not what is measured. The sites take turns, the province's own among them. */
async function enrolAll(db: Database, count: number): Promise<ConsoleIdentity[]> {
  const sites = (await db.query<{ data: Site }>("SELECT data FROM record WHERE kind = 'site' AND NOT deleted ORDER BY id")).map(row => row.data);
  const people = (await db.query<{ data: Person }>("SELECT r.data FROM record r JOIN account a ON a.person_id = r.id WHERE r.kind = 'person' ORDER BY r.id")).map(row => row.data);
  const identities: ConsoleIdentity[] = [];
  for (let index = 0; index < count; index += 1) {
    const site = sites[index % sites.length];
    const writer = people.find(person => person.siteId === site?.id && person.roles.includes('ca_truong')) ?? people.find(person => person.siteId === site?.id && person.roles.includes('truc_ban'));
    if (site === undefined || writer === undefined) throw new Error(`nobody writes at ${site?.code}`);
    identities.push(await enrolOne(db, { site, personId: writer.id, stationCode: `${site.code}-D${index}` }));
  }
  return identities;
}

async function enrolOne(db: Database, { site, personId, stationCode }: { site: Site; personId: Id; stationCode: string }): Promise<ConsoleIdentity> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const deviceId = newId(Date.now());
  const scope = { siteIds: site.tier === 'province' ? null : [site.id], services: null };
  await db.query(`WITH d AS (INSERT INTO device (id, station_code, station_name, site_id, public_key, scope, enrolled_at_ms) VALUES ($1, $2, $2, $3, $4, $5, $6) RETURNING id)
    INSERT INTO person_grant (device_id, person_id, granted_at_ms) SELECT id, $7, $6 FROM d`,
    [deviceId, stationCode, site.id, publicKey.export({ type: 'spki', format: 'der' }).toString('base64'), JSON.stringify(scope), Date.now(), personId]);
  return { deviceId, privateKey, personId, siteId: site.id };
}
