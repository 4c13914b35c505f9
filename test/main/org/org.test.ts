import { createPublicKey, sign, verify, createPrivateKey } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConsoleState } from '../../../contract/console.ts';
import { AppError } from '../../../contract/errors.ts';
import { newId } from '../../../contract/ids.ts';
import type { Person, Site, Unit } from '../../../contract/org.ts';
import type { EnrolOutput, RowKind } from '../../../contract/province.ts';
import { openDatabase, type Database } from '../../../db/open.ts';
import { startWriter } from '../../../db/writer.ts';
import type { Writer } from '../../../db/writer-api.ts';
import { createDirectory, isWanted } from '../../../main/org/directory.ts';
import { createStation, type Station } from '../../../main/org/station.ts';
import { systemClock } from '../../../main/platform/clock.ts';
import { call } from '../../support/desk.ts';
import { temporaryFolder } from '../../support/processes.ts';

const KEY = '3c'.repeat(32);
const site: Site = { id: newId(1), code: 'MAU', name: 'Trung tâm mẫu', tier: 'province' };
const unit = (name: string, more: Partial<Unit> = {}): Unit => ({
  id: newId(Date.now()), siteId: site.id, name, kind: 'công an', handling: true, services: ['113'], phone: '0271 555 418', focalPoint: null,
  lat: null, lon: null, effectiveFromMs: 0, effectiveToMs: null, ...more,
});

describe('what a workstation is', () => {
  const folder = { current: temporaryFolder('org') };
  let writer: Writer;
  let reader: Database;
  let asked: { address: string; publicKey: string }[];
  let refusal: AppError | null;

  beforeEach(async () => {
    folder.current = temporaryFolder('org');
    const file = `${folder.current.path}/console.db`;
    writer = await startWriter({ file, keyHex: KEY, thread: false });
    reader = openDatabase({ file, keyHex: KEY, role: 'reader' });
    asked = [];
    refusal = null;
  });
  afterEach(async () => { reader.close(); await writer.close(); folder.current.remove(); });

  const build = (): Station => createStation({
    reader, writer, clock: systemClock, version: '1.2.3', currentSession: () => null, tiles: () => [], lockAfterMs: () => 600_000,
    enrol: async (address, input): Promise<EnrolOutput> => {
      asked.push({ address, publicKey: input.publicKey });
      if (refusal !== null) throw refusal;
      return { deviceId: newId(5), stationCode: 'MAU-01', site, scope: { siteIds: null, services: null }, provinceId: newId(6), provinceName: 'Tỉnh mẫu', sample: true, nowMs: 0 };
    },
  });
  const enrol = (station: Station, address = 'http://127.0.0.1:8600/'): Promise<ConsoleState> =>
    Promise.resolve(station.handlers.enrol({ address, code: 'ABCDE-FGHJK', stationName: 'Bàn 1' }, call()));

  it('is nothing before enrolment, and itself after it, also after a restart', async () => {
    const station = build();
    expect(await station.handlers.state({}, call())).toMatchObject({ enrolled: false, site: null, version: '1.2.3', lockAfterMs: 600_000, people: [] });
    expect(await enrol(station)).toMatchObject({ enrolled: true, stationCode: 'MAU-01', stationName: 'Bàn 1', provinceName: 'Tỉnh mẫu', site: { code: 'MAU' }, demo: true });
    expect(build().station()).toEqual(station.station());
    expect(station.station()?.address).toBe('http://127.0.0.1:8600');
  });

  it('shows the province the public half of the key that it keeps', async () => {
    const station = build();
    await enrol(station);
    const privateKey = createPrivateKey({ key: Buffer.from(station.station()?.privateKey ?? '', 'base64'), format: 'der', type: 'pkcs8' });
    const publicKey = createPublicKey({ key: Buffer.from(asked[0]?.publicKey ?? '', 'base64'), format: 'der', type: 'spki' });
    expect(verify(null, Buffer.from('thử'), publicKey, sign(null, Buffer.from('thử'), privateKey))).toBe(true);
    expect(publicKey.asymmetricKeyType).toBe('ed25519');
  });

  it('is enrolled once: a second code is refused before anybody is asked', async () => {
    const station = build();
    await enrol(station);
    await expect(enrol(station)).rejects.toMatchObject({ code: 'enrol/already-enrolled' });
    expect(asked).toHaveLength(1);
  });

  it('stays nothing when the province refuses, and may try another code', async () => {
    const station = build();
    refusal = new AppError('enrol/code-expired');
    await expect(enrol(station)).rejects.toMatchObject({ code: 'enrol/code-expired' });
    expect(station.station()).toBeNull();
    refusal = null;
    expect((await enrol(station)).enrolled).toBe(true);
  });

  it('takes only addresses of web servers', async () => {
    await expect(enrol(build(), 'ftp://127.0.0.1/')).rejects.toMatchObject({ code: 'input/invalid' });
  });

  it('keeps its settings', async () => {
    const station = build();
    expect(await station.handlers.settings({}, call())).toMatchObject({ language: 'vi' });
    await station.handlers.saveSettings({ language: 'en', theme: 'dark', scale: 1.5 }, call());
    expect(await build().handlers.settings({}, call())).toEqual({ language: 'en', theme: 'dark', scale: 1.5 });
  });

  it('lists people by given name and finds units with or without accents', async () => {
    const person = (name: string): Person => ({
      id: newId(7), siteId: site.id, unitId: null, login: name, name, title: '', roles: ['truc_ban'], services: [], active: true,
    });
    const data: { kind: RowKind; data: { id: string } }[] = [
      ...['Trần Văn Đức', 'Lê Thị Dung', 'Phạm Minh An', 'Bùi Minh An'].map(name => ({ kind: 'person' as const, data: person(name) })),
      ...['Công an phường Hoà Bình', 'Công an phường An Lộc'].map(name => ({ kind: 'unit' as const, data: unit(name) })),
    ];
    await writer.call('sync.applyPage', {
      rows: data.map((row, index) => ({ kind: row.kind, id: row.data.id, seq: index + 1, deleted: false, data: { ...row.data } })), cursor: 'c', verdicts: [], atMs: 1,
    });
    const directory = createDirectory({ reader });
    const signedIn = { ...call(), session: null as never };
    expect(directory.people({}, signedIn).map(one => one.name)).toEqual(['Bùi Minh An', 'Phạm Minh An', 'Lê Thị Dung', 'Trần Văn Đức']);
    expect(directory.units({ text: 'hoa binh' }, signedIn).map(one => one.name)).toEqual(['Công an phường Hoà Bình']);
  });
});

describe('a unit that is looked for', () => {
  it.each([
    ['every word, in any order', unit('Công an phường Hoà Bình'), { text: 'binh cong' }, true],
    ['a word that is not there', unit('Công an phường Hoà Bình'), { text: 'hòa lộc' }, false],
    ['digits of the phone', unit('Đội mẫu'), { text: '555' }, true],
    ['the head, or who stands in for the focal point', unit('Đội mẫu', { head: { name: 'Đặng Hữu Phỏng', phone: '' }, focalPoint: { name: 'Tạ Dụ', phone: '', hours: '', deputy: { name: 'Vũ Kim Nháp', phone: '' } } }), { text: 'nháp phỏng' }, true],
    ['only those that handle', unit('Phòng mẫu', { handling: false }), { handlingOnly: true }, false],
    ['of a service', unit('Đội mẫu', { services: ['114'] }), { service: '113' as const }, false],
    ['of every service', unit('Đội mẫu', { services: [] }), { service: '113' as const }, true],
    ['not yet in force', unit('Đội mẫu', { effectiveFromMs: 2_000 }), {}, false],
    ['no longer in force', unit('Đội mẫu', { effectiveToMs: 1_000 }), {}, false],
  ])('fits: %s', (_, candidate, filter, expected) => {
    expect(isWanted(candidate, filter, 1_000)).toBe(expected);
  });
});
