import { afterEach, describe, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.ts';
import type { Row } from '../../../contract/province.ts';
import { WALL_ROWS, Wallboard } from '../../../contract/wallboard.ts';
import { issueWith, sessionWith, SITES, T0 } from './support.ts';
import { AREA } from './desk.ts';
import { exportsDesk } from './export/support.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => { for (const end of ends.splice(0)) await end(); });
async function board(issues: Parameters<typeof exportsDesk>[0], session: ReturnType<typeof sessionWith> | null = sessionWith(), org: readonly Row[] = []) {
  const desk = await exportsDesk(issues);
  await desk.desk.writer.call('sync.applyPage', { rows: [...org], cursor: 'c2', verdicts: [], atMs: T0 });
  ends.push(desk.end);
  return Wallboard.parse(await desk.queue.handlers.wallboard({}, { session, signal: new AbortController().signal }));
}
/** T0 is midnight in UTC: in Vietnam that day has run for seven hours. */
const MIDNIGHT_MS = T0 - 7 * 3_600_000;
const urgent = (some: Parameters<typeof issueWith>[0]) => issueWith({ id: newId(T0), service: '115', class: 'incident', severity: 'P1', dueAtMs: T0 + 60_000, ...some });

describe('the board', () => {
  test('counts what is open, what came today and what is overdue, line by line and place by place', async () => {
    const shown = await board([
      urgent({ dueAtMs: T0 - 1 }), urgent({ severity: 'P2' }), urgent({ severity: 'P3', receivedAtMs: MIDNIGHT_MS - 1 }),
      urgent({ state: 'closed', receivedAtMs: MIDNIGHT_MS }), issueWith({ id: newId(T0), service: '1022', siteId: SITES[1], dueAtMs: T0 - 5 }),
    ]);
    const of = (service: string) => shown!.lines.find(line => line.service === service);
    expect(of('115')).toEqual({ service: '115', open: 3, today: 3, overdue: 1 });
    expect(of('1022')).toEqual({ service: '1022', open: 1, today: 1, overdue: 1 });
    expect(of('113')).toEqual({ service: '113', open: 0, today: 0, overdue: 0 });
    expect(shown).toMatchObject({ siteName: 'IOC tỉnh', atMs: T0, urgent: { total: 2, overdue: 1 }, sites: [{ name: 'IOC tỉnh', open: 3, overdue: 1 }] });
  });

  test('counts work where it is, whoever received it', async () => {
    const elsewhere = { ...AREA, id: newId(T0), siteId: SITES[1], name: 'Xã Mẫu' };
    const district = { id: SITES[1], code: 'MA', name: 'IOC huyện Mẫu', tier: 'district' };
    const org = ([['area', elsewhere], ['site', district]] as const).map(([kind, data], i): Row => ({ kind, id: data.id, seq: 10 + i, deleted: false, data: { ...data } }));
    const place = (areaId: string | null) => ({ text: 'Ngã ba', areaId, landmark: '', lat: null, lon: null });
    const shown = await board([urgent({ place: place(elsewhere.id), dueAtMs: T0 - 1 }), urgent({ place: place(AREA.id) }), urgent({ place: place(null) })], sessionWith(), org);
    expect(shown!.sites).toEqual(expect.arrayContaining([{ name: 'IOC tỉnh', open: 2, overdue: 0 }, { name: 'IOC huyện Mẫu', open: 1, overdue: 1 }]));
    expect(shown!.rows.find(row => row.area === 'Xã Mẫu')).toMatchObject({ site: 'IOC huyện Mẫu' });
  });

  test('an incident that several lines work counts for each of them; where the district is not the viewer’s, at whoever received it', async () => {
    const elsewhere = { ...AREA, id: newId(T0), siteId: SITES[1] };
    const org: Row[] = [{ kind: 'area', id: elsewhere.id, seq: 10, deleted: false, data: { ...elsewhere } }];
    const joint = urgent({ service: '114', lines: ['115'], dueAtMs: T0 - 1, place: { text: '', areaId: elsewhere.id, landmark: '', lat: null, lon: null } });
    const shown = await board([joint], sessionWith({ scope: { siteIds: [SITES[0]], services: ['115'] } }), org);
    expect(shown).toMatchObject({ lines: [{ service: '115', open: 1, today: 1, overdue: 1 }], urgent: { total: 1 }, sites: [{ name: 'IOC tỉnh', open: 1, overdue: 1 }] });
  });

  test('lists P1 before P2, the earlier due first, and no more than have room', async () => {
    const shown = await board(Array.from({ length: 12 }, (_, i) => urgent({ severity: i % 2 === 0 ? 'P2' : 'P1', dueAtMs: i === 3 ? null : T0 + i * 1_000, displayNo: `115-2026-${String(i).padStart(6, '0')}` })));
    expect(shown!.urgent.total).toBe(12);
    expect(shown!.rows.map(row => Number(row.no.slice(-2)))).toEqual([1, 5, 7, 9, 11, 3, 0]);
    expect(shown!.rows.length).toBe(WALL_ROWS);
  });

  test('tells of no person and of nothing that anybody said', async () => {
    const shown = await board([urgent({
      description: 'Ông Mẫu ngất', place: { text: 'Nhà ông Mẫu, số 5', areaId: AREA.id, landmark: 'cạnh nhà bà Mẫu', lat: null, lon: null }, reporter: { anonymous: false, name: 'Nguyễn Văn Mẫu', phone: '0271555418', relation: 'con' },
      victims: [{ who: 'Ông Mẫu', conscious: 'no', breathing: 'yes', bleeding: 'no' }], original: { ten: 'Mẫu' }, result: 'Ông Mẫu tỉnh', category: 'unconscious',
    })]);
    expect(JSON.stringify(shown)).not.toMatch(/Mẫu|0271|418|ngất/);
    expect(shown!.rows[0]).toMatchObject({ category: 'unconscious', area: AREA.name, site: 'IOC tỉnh', severity: 'P1' });
  });

  test('counts what the one on duty may see, also over a locked desk; nobody signed in sees nothing', async () => {
    const issues = [urgent({}), urgent({ service: '113' })];
    const locked = sessionWith({ locked: true, scope: { siteIds: null, services: ['115'] } });
    expect(await board(issues, locked)).toMatchObject({ lines: [{ service: '115', open: 1 }], urgent: { total: 1 } });
    await expect(board(issues, null)).rejects.toThrow('auth/not-signed-in');
  });
});
