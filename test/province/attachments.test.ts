import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attachmentPath, UPLOADS_PATH } from '../../contract/attachment.ts';
import { newId, type Id } from '../../contract/ids.ts';
import { accountOf, enrolStation, provinceFolder, refusalOf, reportOfFire, startProvince, type RunningProvince, type Station } from './support.ts';

interface Desk { station: Station; person: Id; site: Id }
const world: { province: RunningProvince; main: Desk; district: Desk } = {} as typeof world;

beforeAll(async () => {
  world.province = await startProvince(await provinceFolder(), ['--codes', '1']);
  const away = world.province.accounts.find(({ role, site }) => role === 'truc_ban' && site !== 'BP');
  world.main = await desk('BP', accountOf(world.province, 'ca_truong', 'BP'));
  world.district = await desk(away?.site ?? '', away ?? { login: '', password: '' });
}, 60_000);
afterAll(async () => {
  await world.province?.stop();
  if (world.province) rmSync(world.province.folder, { recursive: true, force: true });
});

async function desk(site: string, account: { login: string; password: string }): Promise<Desk> {
  const station = await enrolStation(world.province.address, world.province.codes.find(code => code.site === site)?.code ?? '');
  const { person } = await station.signIn(account);
  return { station, person: person.id, site: person.siteId };
}

/** The heads of a small picture, then chance. */
const PNG = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000400049444154', 'hex');
const png = (bytes: number): Buffer => Buffer.concat([PNG, randomBytes(bytes - PNG.length)]);
const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** A new record that names the file. @returns its id */
async function recordWith({ station, person, site }: Desk, file: { sha256: string; bytes: number; mime?: string }): Promise<Id> {
  const id = newId(Date.now());
  const attachment = { id: newId(Date.now()), mime: 'image/png', name: 'anh.png', thumb: null, ...file };
  const { verdicts } = await station.client.sync.push({ mutations: [
    station.mutation('issue.receive', person, reportOfFire(site, { id })), station.mutation('issue.attach', person, { id, attachment }),
  ] });
  expect(verdicts.map(({ status }) => status)).toEqual(['applied', 'applied']);
  return id;
}

const request = (station: Station, path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${world.province.address}${path}`, { ...init, headers: { ...init.headers, authorization: `Bearer ${station.token()}` } });
const TUS = { 'tus-resumable': '1.0.0' };

const create = (station: Station, uploadId: string, bytes: number): Promise<Response> =>
  request(station, UPLOADS_PATH, { method: 'POST', headers: { ...TUS, 'upload-length': String(bytes), 'upload-metadata': `id ${Buffer.from(uploadId).toString('base64')}` } });
const patch = (station: Station, uploadId: string, offset: number, body: Buffer): Promise<Response> =>
  request(station, `${UPLOADS_PATH}/${uploadId}`, { method: 'PATCH', headers: { ...TUS, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }, body: new Uint8Array(body) });

async function codeOf(response: Response): Promise<string> {
  return (await response.json() as { data: { code: string } }).data.code;
}

/** Sends a file in two pieces. @returns the answer to the last */
async function send({ station }: Desk, issueId: Id, sha256: string, content: Buffer): Promise<Response> {
  const { uploadId, stored, offset } = await station.client.attachments.offer({ issueId, sha256 });
  expect([stored, offset]).toEqual([false, null]);
  expect((await create(station, uploadId, content.length)).status).toBe(201);
  const half = Math.floor(content.length / 2);
  expect((await patch(station, uploadId, 0, content.subarray(0, half))).status).toBe(204);
  expect((await station.client.attachments.offer({ issueId, sha256 })).offset).toBe(half);
  return patch(station, uploadId, half, content.subarray(half));
}

const unfinished = (): string[] => readdirSync(join(world.province.folder, 'attachments/unfinished'));

describe('the province', () => {
  test('takes a file that a record names, stores it by its hash, and gives any part of it', async () => {
    const content = png(50_000);
    const sha256 = hashOf(content);
    const issueId = await recordWith(world.main, { sha256, bytes: content.length });
    const path = attachmentPath(issueId, sha256);
    expect(await codeOf(await request(world.main.station, path))).toBe('attachment/not-there-yet');
    expect((await send(world.main, issueId, sha256, content)).status).toBe(204);
    expect(await world.main.station.client.attachments.offer({ issueId, sha256 })).toMatchObject({ stored: true });
    expect(readFileSync(join(world.province.folder, 'attachments/files', sha256.slice(0, 2), sha256)).equals(content)).toBe(true);
    expect(Buffer.from(await (await request(world.main.station, path)).arrayBuffer()).equals(content)).toBe(true);
    const part = await request(world.main.station, path, { headers: { range: 'bytes=100-299' } });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 100-299/${content.length}`]);
    expect(Buffer.from(await part.arrayBuffer()).equals(content.subarray(100, 300))).toBe(true);
    expect(unfinished()).toEqual([]);
  });

  test('looks at what has come: another content, or another kind than the record says, is thrown away', async () => {
    const content = png(9_000);
    const elsewhere = hashOf(png(9_000));
    const other = await recordWith(world.main, { sha256: elsewhere, bytes: content.length });
    const wrong = await send(world.main, other, elsewhere, content);
    expect([wrong.status, await codeOf(wrong)]).toEqual([422, 'attachment/damaged']);
    const script = Buffer.from(`<!doctype html><script>${'x'.repeat(5_000)}</script>`);
    const disguised = await recordWith(world.main, { sha256: hashOf(script), bytes: script.length });
    const refused = await send(world.main, disguised, hashOf(script), script);
    expect([refused.status, await codeOf(refused)]).toEqual([422, 'attachment/wrong-type']);
    const pdfNamed = await recordWith(world.main, { sha256: hashOf(content), bytes: content.length, mime: 'application/pdf' });
    expect(await codeOf(await send(world.main, pdfNamed, hashOf(content), content))).toBe('attachment/wrong-type');
    expect(unfinished()).toEqual([]);
    expect(existsSync(join(world.province.folder, 'attachments/files', hashOf(script).slice(0, 2), hashOf(script)))).toBe(false);
  });

  test('takes no more bytes than were announced, and nothing that no record names', async () => {
    const content = png(4_000);
    const issueId = await recordWith(world.main, { sha256: hashOf(content), bytes: content.length });
    const { uploadId } = await world.main.station.client.attachments.offer({ issueId, sha256: hashOf(content) });
    expect((await create(world.main.station, uploadId, content.length + 1)).status).toBe(422);
    expect((await create(world.main.station, `${uploadId}x`, content.length)).status).toBe(422);
    expect((await create(world.main.station, uploadId, content.length)).status).toBe(201);
    expect((await patch(world.main.station, uploadId, 0, Buffer.concat([content, content]))).status).toBe(413);
    expect(await refusalOf(world.main.station.client.attachments.offer({ issueId, sha256: 'ab'.repeat(32) }))).toMatchObject({ code: 'attachment/not-found' });
    expect(await refusalOf(world.main.station.client.attachments.offer({ issueId: newId(1), sha256: hashOf(content) }))).toMatchObject({ code: 'attachment/not-found' });
    expect((await fetch(`${world.province.address}${attachmentPath(issueId, hashOf(content))}`)).status).toBe(422);
  });

  test('gives and takes nothing of a record outside the station’s scope; to know a hash gives no file', async () => {
    const content = png(20_000);
    const sha256 = hashOf(content);
    const issueId = await recordWith(world.main, { sha256, bytes: content.length });
    expect((await send(world.main, issueId, sha256, content)).status).toBe(204);
    const { station } = world.district;
    expect(await codeOf(await request(station, attachmentPath(issueId, sha256)))).toBe('attachment/not-found');
    expect(await refusalOf(station.client.attachments.offer({ issueId, sha256 }))).toMatchObject({ code: 'attachment/not-found' });
    const own = await recordWith(world.district, { sha256, bytes: content.length });
    expect(await codeOf(await request(station, attachmentPath(own, sha256)))).toBe('attachment/not-there-yet');
    const offered = await station.client.attachments.offer({ issueId: own, sha256 });
    expect(offered.stored).toBe(false);
    expect(await codeOf(await create(world.main.station, offered.uploadId, content.length))).toBe('attachment/not-found');
    expect((await send(world.district, own, sha256, content)).status).toBe(204);
    expect((await request(station, attachmentPath(own, sha256))).status).toBe(200);
  });

  test('lets nobody leave more than a gigabyte half sent, and forgets what was not gone on with for a week', async () => {
    const { station } = world.district;
    const mb = 1024 * 1024;
    for (let i = 0; i < 10; i += 1) {
      const sha256 = hashOf(randomBytes(8));
      await station.client.attachments.offer({ issueId: await recordWith(world.district, { sha256, bytes: 100 * mb }), sha256 });
    }
    const sha256 = hashOf(randomBytes(8));
    const issueId = await recordWith(world.district, { sha256, bytes: 100 * mb });
    expect(await refusalOf(station.client.attachments.offer({ issueId, sha256 }))).toEqual({ code: 'attachment/quota', facts: { limit: 1024 } });
    const old = unfinished();
    expect(old.length).toBeGreaterThan(0);
    const weekAgo = new Date(Date.now() - 8 * 24 * 3_600_000);
    for (const name of old) utimesSync(join(world.province.folder, 'attachments/unfinished', name), weekAgo, weekAgo);
    await world.province.stop();
    world.province = await startProvince(world.province.folder);
    for (let tries = 0; unfinished().length > 0 && tries < 500; tries += 1) await new Promise(resolve => setTimeout(resolve, 20));
    expect(unfinished()).toEqual([]);
  });
});
