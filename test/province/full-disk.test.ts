import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../contract/console.ts';
import type { Id } from '../../contract/ids.ts';
import { openServer } from '../../province/server-database.ts';
import { numbered, records } from '../main/sync/support.ts';
import { Desk, until } from '../support/desk.ts';
import { startProvince, temporaryFolder, type ProvinceReady, type Running } from '../support/processes.ts';
import { postgresMissing, startPostgres, type TemporaryPostgres } from './postgres.ts';

const missing = postgresMissing();
if (missing !== null) console.warn(`skipped: a full disk under PostgreSQL (${missing})`);
const DISK_MB = 120;
const RECORDS = 30, NOTES = 12;

describe.skipIf(missing !== null)('a disk that is full under the province’s PostgreSQL', () => {
  const folder = temporaryFolder('full-postgres');
  const world = {} as { postgres: TemporaryPostgres; province: Running<ProvinceReady>; desk: Desk; other: Desk; session: Session };

  beforeAll(async () => {
    world.postgres = startPostgres({ diskMb: DISK_MB });
    if (world.postgres.disk === null) console.warn('skipped: a full disk under PostgreSQL (this user may not mount a disk)');
    world.province = await startProvince({ data: folder.path, databaseUrl: world.postgres.url, codes: 'BP,BP' });
    const { codes, accounts, address } = world.province.ready;
    world.desk = await Desk.enrolled({ address, code: codes[0]?.code ?? '' });
    world.other = await Desk.enrolled({ address, code: codes[1]?.code ?? '' });
    await Promise.all([world.desk.loaded(), world.other.loaded()]);
    const account = accounts.find(({ role, site }) => role === 'truc_ban' && site === 'BP');
    world.session = await world.desk.signIn(account?.login ?? '', account?.password ?? '');
  });
  afterAll(async () => {
    for (const desk of [world.desk, world.other]) await desk?.close();
    await world.province?.stop();
    world.postgres?.stop();
    folder.remove();
  });

  /** More than the database has taken of the disk ahead. */
  async function writeMuch(): Promise<Id[]> {
    const ids: Id[] = [];
    for (let nth = 0; nth < RECORDS; nth += 1) {
      const id = await world.desk.receive(world.session, 'Ghi khi đĩa của tỉnh đầy '.repeat(40));
      ids.push(id);
      for (let note = 0; note < NOTES; note += 1) await world.desk.mutate(world.session, 'issue.note', { id, note: `${note} `.repeat(200) });
    }
    return ids;
  }

  /** Takes all that is left of the log's place: the server ends all it does, and cannot recover before there is room. */
  async function fillTheLog(): Promise<void> {
    const db = await openServer(world.postgres.url);
    await expect((async () => { for (;;) await db.query("SELECT pg_logical_emit_message(false, 'test', repeat('x', 200000))"); })()).rejects.toThrow(/terminat|closed|ECONNRESET|EPIPE/i);
    await db.close();
  }

  async function judgedOnce(ids: readonly Id[]): Promise<void> {
    const { desk, other, postgres } = world;
    await until(() => ids.every(id => numbered(desk, id) && numbered(other, id)) && desk.status().pending === 0 && desk.status().lastError === null, 'the exchange to go on');
    await until(() => desk.find(ids.at(-1) ?? '')?.sync === 0, 'the last row');
    for (const id of ids) expect(desk.find(id)?.issue.history.filter(entry => entry.action === 'issue.note')).toHaveLength(NOTES);
    expect(records(desk)).toEqual(records(other));
    expect(desk.status().refused).toBe(0);
    const db = await openServer(postgres.url);
    const [stored] = await db.query<{ verdicts: number; last: number; numbers: number }>(`SELECT count(*)::int AS verdicts, (SELECT sum(last_n)::int FROM device) AS last,
      (SELECT count(DISTINCT data->>'displayNo')::int FROM record WHERE id = ANY($1::uuid[])) AS numbers FROM verdict`, [ids]);
    await db.close();
    expect(stored?.verdicts).toBe(stored?.last);
    expect(stored?.numbers).toBe(ids.length);
  }

  test.for([['there is no room for rows', false], ['there is no room for its log either, and the server ends', true]] as const)('%s: the province answers with an error, takes nothing wrong, and with room again everything is judged once', async ([, log], { skip }) => {
    const { postgres, desk, province } = world;
    if (postgres.disk === null) return skip();
    postgres.disk.fill();
    if (log) await fillTheLog();
    const ids = await writeMuch();
    await until(() => desk.status().lastError?.code === 'link/server-error', 'the error');
    expect(desk.status().pending).toBeGreaterThan(0);
    expect(province.child.exitCode).toBe(null);
    postgres.disk.empty();
    await until(() => postgres.isReady(), 'PostgreSQL');
    await judgedOnce(ids);
  });
});
