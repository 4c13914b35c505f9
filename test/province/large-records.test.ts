import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, type Id } from '../../contract/ids.ts';
import { RECORD_LIMITS } from '../../contract/issue.ts';
import { accountOf, enrolStation, provinceFolder, reportOfFire, startProvince, type PulledRow, type RunningProvince, type Station } from './support.ts';

const world: { province: RunningProvince; writer: Station; reader: Station; site: Id; person: Id } = {} as typeof world;
/** A page's records come to 8 MB and its last one; a console takes 32 MB in one answer. All of the records below are larger than this. */
const PAGE_TAKES = 9 << 20;
const RECORDS = 150;

beforeAll(async () => {
  world.province = await startProvince(await provinceFolder(), ['--codes', '2']);
  const [one, two] = world.province.codes.filter(({ site }) => site === 'BP').map(({ code }) => code);
  world.writer = await enrolStation(world.province.address, one ?? '');
  world.reader = await enrolStation(world.province.address, two ?? '');
  const { person } = await world.writer.signIn(accountOf(world.province, 'ca_truong', 'BP'));
  world.person = person.id;
  world.site = person.siteId;
}, 60_000);

afterAll(async () => {
  await world.province?.stop();
  if (world.province) rmSync(world.province.folder, { recursive: true, force: true });
});

const large = () => reportOfFire(world.site, { id: newId(Date.now()), original: { lời: 'nước '.repeat(RECORD_LIMITS.originalChars / 5 - 10) } });

test('records as large as they may be are judged a commit at a time, and come to another station in pages that it takes', async () => {
  const { cursor: start } = await pageAfter('', 2_000);
  const mutations = Array.from({ length: RECORDS }, () => world.writer.mutation('issue.receive', world.person, large()));
  const pushes: number[] = [];
  for (let from = 0; from < mutations.length;) {
    const { verdicts } = await world.writer.client.sync.push({ mutations: mutations.slice(from) });
    expect(verdicts.length).toBeGreaterThan(0);
    expect(verdicts.every(verdict => verdict.status === 'applied')).toBe(true);
    pushes.push(verdicts.length);
    from += verdicts.length;
  }
  expect(pushes.length).toBeGreaterThan(1);
  const seen = new Set<Id>();
  let all = 0;
  for (let cursor = start, more = true; more;) {
    const page = await pageAfter(cursor, 2_000);
    const bytes = Buffer.byteLength(JSON.stringify(page.rows));
    expect(bytes).toBeLessThan(PAGE_TAKES);
    all += bytes;
    for (const row of page.rows) seen.add(row.id);
    ({ cursor, more } = page);
  }
  expect(all).toBeGreaterThan(PAGE_TAKES);
  expect(mutations.filter(mutation => !seen.has(String(mutation.payload['id'])))).toEqual([]);
}, 60_000);

async function pageAfter(cursor: string, limit: number): Promise<{ rows: PulledRow[]; cursor: string; more: boolean }> {
  const page = await world.reader.client.sync.pull({ cursor, limit });
  return { rows: page.rows as PulledRow[], cursor: page.cursor, more: page.more };
}

test('a record that is larger is refused at the door, one mutation at a time', async () => {
  const huge = { ...large(), original: { lời: 'x'.repeat(RECORD_LIMITS.originalChars + 1) } };
  const { verdicts } = await world.writer.client.sync.push({ mutations: [
    world.writer.mutation('issue.receive', world.person, huge), world.writer.mutation('issue.receive', world.person, reportOfFire(world.site)),
  ] });
  expect(verdicts).toMatchObject([{ status: 'rejected', error: { code: 'input/invalid', facts: { field: 'original' } } }, { status: 'applied' }]);
});
