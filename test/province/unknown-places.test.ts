import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { newId } from '../../contract/ids.ts';
import { accountOf, enrolStation, provinceFolder, pullAll, reportOfFire, startProvince } from './support.ts';

test('over the wire, too, a report for a site or an area that nobody has is refused alone; the others go in', async () => {
  const folder = await provinceFolder();
  const province = await startProvince(folder, ['--codes', 'BP']);
  try {
    const station = await enrolStation(province.address, province.codes[0]?.code ?? '');
    const account = accountOf(province, 'ca_truong', 'BP');
    const { person } = await station.signIn(account);
    const area = [...(await pullAll(station.client)).rows.values()].find(row => row.kind === 'area');
    const place = (areaId: unknown) => ({ text: 'Ngã tư Mẫu', areaId, lat: null, lon: null });
    const reports = [{ siteId: newId(Date.now()) }, { place: place(newId(Date.now())) }, { place: place(area?.id) }];
    const { verdicts } = await station.client.sync.push({ mutations: reports.map(changes => station.mutation('issue.receive', person.id, reportOfFire(person.siteId, changes))) });
    expect(verdicts.map(verdict => verdict.error?.code ?? verdict.status)).toEqual(['issue/outside-scope', 'issue/bad-value', 'applied']);
  } finally {
    await province.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
