import { generateKeyPairSync } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../contract/ids.ts';
import { draftOf } from '../../contract/policy/draft.ts';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';
import { PolicyRow, type PolicyPack } from '../../contract/policy/pack.ts';
import { nextDay } from '../../contract/time.ts';
import { isSigned } from '../../db/stores/policy.ts';
import { spendPersonToken } from '../../province/accounts.ts';
import { saveToken, sha256 } from '../../province/devices.ts';
import { migrate } from '../../province/migrate.ts';
import { openEmbedded } from '../../province/sql.ts';
import { commitChanges } from '../../province/store.ts';
import { accountOf, clientOf, enrolStation, provinceFolder, pullAll, refusalOf, startProvince, type RunningProvince, type Station } from './support.ts';
import { emptyEmbedded } from '../support/embedded.ts';

const world = {} as { folder: string; running: RunningProvince; station: Station; signKey: string; other: Station };
beforeAll(async () => {
  world.folder = await provinceFolder();
  await makeAdministrator('dongphu.truc1');
  world.running = await startProvince(world.folder, ['--codes', '3']);
  const code = (site: string): string => world.running.codes.splice(world.running.codes.findIndex(one => one.site === site), 1)[0]!.code;
  world.station = await enrolStation(world.running.address, code('BP'));
  world.other = await enrolStation(world.running.address, code('BP'));
  const enrolled = await clientOf(world.running.address).enrol({ code: code('BP'), stationName: 'Khóa', publicKey: generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' }).toString('base64') });
  world.signKey = enrolled.stick?.signKey ?? '';
}, 120_000);
afterAll(async () => {
  await world.running.stop();
  rmSync(world.folder, { recursive: true, force: true });
});

/** Somebody of a district becomes an administrator there. */
async function makeAdministrator(login: string): Promise<void> {
  const db = await openEmbedded(join(world.folder, 'pg'));
  await db.transaction(async tx => {
    const [row] = await tx.query<{ id: string; seq: number; site_id: string | null; data: Record<string, unknown> }>("SELECT id, seq, site_id, data FROM record WHERE kind = 'person' AND data->>'login' = $1", [login]);
    await commitChanges(tx, { rows: [{ kind: 'person', id: row!.id, siteId: row!.site_id, service: null, deleted: false, data: { ...row!.data, roles: ['quan_tri'] }, expected: row!.seq }] });
  });
  await db.close();
}

const newPack = (change: Partial<PolicyPack> = {}): PolicyPack => ({ ...draftOf(DEFAULT_PACK, { id: newId(Date.now()), nowMs: Date.now() }).pack, ...change });
const admin = () => accountOf(world.running, 'quan_tri', 'BP');
const token = async (station = world.station): Promise<string> => (await station.signIn(admin())).personToken;
const issue = async (pack: PolicyPack, fromNow = false, station = world.station) => station.client.admin.issuePolicy({ personToken: await token(station), pack, fromNow });
const policies = async (): Promise<PolicyRow[]> => [...(await pullAll(world.station.client)).rows.values()].filter(row => row.kind === 'policy' && !row.deleted).map(row => row.data as unknown as PolicyRow);

describe('a pack that an administrator issues from a station', () => {
  test('is signed by the province, names who issued it and by which key, and comes to every station; a change to it would be seen', async () => {
    const pack = newPack({ title: 'Quy chế thử' });
    expect(await issue(pack)).toMatchObject({ id: pack.id, code: pack.code, effectiveFromMs: nextDay(Date.now()), already: false });
    const row = (await policies()).find(one => one.id === pack.id)!;
    expect(PolicyRow.parse(row)).toMatchObject({ title: 'Quy chế thử', keyId: expect.stringMatching(/^[0-9a-f]{16}$/) as string, issuedBy: { name: expect.stringMatching(/\p{L}/u) as string } });
    expect([isSigned(row, world.signKey), isSigned({ ...row, issuedBy: { ...row.issuedBy!, name: 'Người khác' } }, world.signKey), isSigned({ ...row, issuedAtMs: 1 }, world.signKey)]).toEqual([true, false, false]);
  });

  test('with other rules of duty has them signed too, and one of an older console, which does not know of them, is issued and read as it is', async () => {
    const pack = newPack({ code: 'bp-lich-truc' });
    const establishment = pack.rosters!.establishment.map(one => (one.desk === '115' ? { ...one, people: 4 } : one));
    const { rosters: _, ...older } = newPack({ code: 'bp-ban-cu' });
    for (const one of [{ ...pack, rosters: { ...pack.rosters!, establishment } }, older]) {
      await issue(one);
      const row = (await policies()).find(({ id }) => id === one.id)!;
      expect(row.rosters).toEqual('rosters' in one ? one.rosters : undefined);
      const forged = { ...row, rosters: { establishment: [], profiles: [] } };
      expect([isSigned(row, world.signKey), isSigned(forged, world.signKey)]).toEqual([true, false]);
    }
    const wrong = newPack({ rosters: { ...pack.rosters!, establishment: establishment.map(one => ({ ...one, offSite: one.people + 1 })) } });
    expect(await refusalOf(issue(wrong))).toMatchObject({ code: 'policy/not-valid', facts: { problem: 'moreOffSite' } });
  });

  test('is not issued over one that whoever issues has not seen; seen, it is', async () => {
    const seen = Math.max(...(await policies()).map(row => row.issuedAtMs));
    const [first, second] = [newPack({ code: 'bp-thu-a' }), newPack({ code: 'bp-thu-b' })];
    const issueKnowing = async (pack: PolicyPack, knownUntilMs: number) => world.station.client.admin.issuePolicy({ personToken: await token(), pack, fromNow: false, knownUntilMs });
    const issued = await issueKnowing(first, seen);
    expect(await refusalOf(issueKnowing(second, seen))).toMatchObject({ code: 'policy/another-meanwhile', facts: { code: 'bp-thu-a' } });
    expect((await policies()).some(row => row.id === second.id)).toBe(false);
    expect((await issueKnowing(first, seen)).already).toBe(true);
    expect(await issueKnowing(second, issued.issuedAtMs)).toMatchObject({ id: second.id, already: false });
  });

  test('is issued once, however often it is asked for: an answer that was lost is given again, at another station and at the same moment too', async () => {
    const pack = newPack();
    const tokens = [await token(), await token(), await token(world.other)];
    const ask = (at: number) => (at === 2 ? world.other : world.station).client.admin.issuePolicy({ personToken: tokens[at]!, pack, fromNow: false });
    const answers = await Promise.all([ask(0), ask(1), ask(2)]);
    expect(answers.map(one => one.already).sort()).toEqual([false, true, true]);
    expect(new Set(answers.map(one => one.issuedAtMs)).size).toBe(1);
    expect((await policies()).filter(one => one.id === pack.id)).toHaveLength(1);
    expect(await refusalOf(issue({ ...pack, title: 'Khác' }))).toEqual({ code: 'policy/already-issued', facts: { code: pack.code } });
  });

  test('may be in force at once; asked again later it still is the same', async () => {
    const pack = newPack({ effectiveFromMs: 0 });
    const first = await issue(pack, true);
    expect(Math.abs(first.effectiveFromMs - Date.now())).toBeLessThan(60_000);
    expect(await issue(pack, true)).toEqual({ ...first, already: true });
  });

  test('is refused, and nothing changes, when it would reach into the past, is wrong in itself, or is none', async () => {
    const before = await policies();
    expect(await refusalOf(issue(newPack({ effectiveFromMs: Date.now() - 3_600_000 })))).toMatchObject({ code: 'policy/past' });
    const pack = newPack();
    expect(await refusalOf(issue({ ...pack, calendar: { ...pack.calendar, days: [...pack.calendar.days, pack.calendar.days[0]!] } }))).toMatchObject({ code: 'policy/not-valid', facts: { problem: 'twice' } });
    expect(await refusalOf(issue({ ...pack, warnShare: { value: 7, source: null } }))).toMatchObject({ code: 'input/invalid', facts: { field: 'pack.warnShare.value' } });
    // The id of something else does not become a pack.
    const person = [...(await pullAll(world.station.client)).rows.values()].find(row => row.kind === 'person')!;
    expect(await refusalOf(issue({ ...pack, id: person.id }))).toMatchObject({ code: 'policy/already-issued' });
    expect(await policies()).toEqual(before);
  });

  test('takes an administrator of the province, who has just shown the password at that station', async () => {
    const pack = newPack();
    const ask = (personToken: string, station = world.station) => refusalOf(station.client.admin.issuePolicy({ personToken, pack, fromNow: false }));
    for (const role of ['ca_truong', 'lanh_dao_ioc', 'truc_ban', 'kiem_tra']) expect(await ask((await world.station.signIn(accountOf(world.running, role, 'BP'))).personToken), role).toMatchObject({ code: 'auth/forbidden' });
    const district = await world.station.signIn({ login: 'dongphu.truc1', password: admin().password });
    expect([district.person.roles, await ask(district.personToken)]).toEqual([['quan_tri'], expect.objectContaining({ code: 'auth/forbidden' })]);
    expect(await ask('x'.repeat(43))).toMatchObject({ code: 'auth/not-signed-in' });
    const elsewhere = await token(world.other);
    expect(await ask(elsewhere)).toMatchObject({ code: 'auth/not-signed-in' });
    expect((await refusalOf(clientOf(world.running.address).admin.issuePolicy({ personToken: elsewhere, pack, fromNow: false }))).code).toBe('device/token-expired');
  });
});

test('a token that has served ends two minutes later; one that has less time left gets no more', async () => {
  const db = await emptyEmbedded();
  await migrate(db, { name: 'Tỉnh Mẫu', nowMs: 0 });
  const [deviceId, personId] = [newId(1), newId(2)];
  await db.query("INSERT INTO device (id, station_code, station_name, site_id, public_key, scope, enrolled_at_ms) VALUES ($1, 'T-01', 'Thử', $2, '', '{}', 0)", [deviceId, personId]);
  const expiry = async (personToken: string) => (await db.query<{ at: number }>('SELECT expires_at_ms AS at FROM session_token WHERE hash = $1', [sha256(personToken)]))[0]?.at;
  await saveToken(db, { token: 'long', deviceId, personId, expiresAtMs: 9_000_000 });
  await saveToken(db, { token: 'short', deviceId, personId, expiresAtMs: 60_000 });
  for (const personToken of ['long', 'short']) await spendPersonToken(db, { deviceId, personToken, nowMs: 0 });
  await spendPersonToken(db, { deviceId: personId, personToken: 'long', nowMs: -120_000 });
  expect([await expiry('long'), await expiry('short')]).toEqual([120_000, 60_000]);
  await db.close();
});

describe('a pack that is not in force yet', () => {
  test('is taken back, by whoever may issue; once it is in force it stays', async () => {
    const [later, now] = [newPack(), newPack()];
    await issue(later);
    await issue(now, true);
    const withdraw = async (id: string) => world.station.client.admin.withdrawPolicy({ personToken: await token(), id });
    const shift = (await world.station.signIn(accountOf(world.running, 'ca_truong', 'BP'))).personToken;
    expect(await refusalOf(world.station.client.admin.withdrawPolicy({ personToken: shift, id: later.id }))).toMatchObject({ code: 'auth/forbidden' });
    expect([await withdraw(later.id), await withdraw(later.id), await withdraw(newId(Date.now()))]).toEqual([{ withdrawn: true }, { withdrawn: false }, { withdrawn: false }]);
    expect((await policies()).map(one => one.id)).not.toContain(later.id);
    expect(await refusalOf(withdraw(now.id))).toMatchObject({ code: 'policy/in-force' });
    expect((await policies()).map(one => one.id)).toContain(now.id);
    // What was taken back does not come back by an answer that was lost.
    expect(await refusalOf(issue(later))).toMatchObject({ code: 'policy/already-issued' });
  });
});
