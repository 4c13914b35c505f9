import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postgresMissing, startPostgres, type TemporaryPostgres } from './postgres.ts';
import { accountOf, enrolStation, issueOf, pullAll, reportOfFire, startProvince, type RunningProvince } from './support.ts';

const missing = postgresMissing();
if (missing !== null) console.warn(`skipped: the whole server on PostgreSQL (${missing})`);

describe.skipIf(missing !== null)('with DATABASE_URL', () => {
  const world: { postgres: TemporaryPostgres; province: RunningProvince; folder: string } = {} as typeof world;
  beforeAll(async () => {
    world.postgres = startPostgres();
    world.folder = mkdtempSync(join(tmpdir(), 'ioc-province-pg-'));
    world.province = await startProvince(world.folder, ['--sample', 'small', '--codes', 'BP,CT'], { DATABASE_URL: world.postgres.url });
  });
  afterAll(async () => {
    await world.province?.stop();
    world.postgres?.stop();
    rmSync(world.folder, { recursive: true, force: true });
  });

  test('two stations pushing to the same records at the same time both get verdicts, and end with the same rows', async () => {
    expect(world.province.engine).toBe('postgresql');
    const [here, there] = await Promise.all(world.province.codes.map(({ code }) => enrolStation(world.province.address, code)));
    if (here === undefined || there === undefined) throw new Error('two codes were asked for');
    const account = accountOf(world.province, 'truc_ban', 'CT');
    const { person } = await here.signIn(account);
    await there.signIn(account);
    const reports = Array.from({ length: 30 }, () => reportOfFire(person.siteId, { service: person.services[0] ?? '114' }));
    const classOf = (service: unknown) => (['113', '114', '115', '112'].includes(String(service)) ? 'incident' : 'issue');
    const received = await here.client.sync.push({ mutations: reports.map(report => here.mutation('issue.receive', person.id, { ...report, class: classOf(report['service']) })) });
    expect(received.verdicts.every(verdict => verdict.status === 'applied')).toBe(true);
    const edits = (station: typeof here, order: typeof reports, severity: string) => station.client.sync.push({
      mutations: order.map(report => station.mutation('issue.edit', person.id, { id: report['id'], fields: { severity: { from: 'P2', to: severity } } })),
    });
    const answers = await Promise.all([edits(here, reports, 'P1'), edits(there, reports.toReversed(), 'P3')]);
    const statuses = answers.map(answer => [...new Set(answer.verdicts.map(verdict => verdict.status))]).sort();
    expect(statuses).toEqual([['applied'], ['conflict']]);
    const [mine, theirs] = [await pullAll(here.client), await pullAll(there.client)];
    const winner = answers[0]?.verdicts[0]?.status === 'applied' ? 'P1' : 'P3';
    for (const report of reports) {
      const id = String(report['id']);
      expect(issueOf(mine.rows.get(id)).severity).toBe(winner);
      expect(theirs.rows.get(id)).toEqual(mine.rows.get(id));
    }
    expect((await there.client.sync.snapshot()).rows).toBe(theirs.rows.size);
  });
});
