import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Session } from '../../../contract/console.ts';
import { attachmentsOf } from '../../../contract/issue.ts';
import { Desk, until } from '../../support/desk.ts';
import { PORTALS, PortalDoor, type Taken } from '../../support/portal-door.ts';
import { startProvince, temporaryFolder, type ProvinceReady, type Running } from '../../support/processes.ts';
import { numbered, records } from '../sync/support.ts';
import { eventually, Files, photo } from './support.ts';

/** Requests about a file, of the desk that sends it and of the one that fetches it; where it goes on is asked by an offer, not by HEAD. */
const REQUESTS: Record<string, Omit<Taken, 'portal'> & { by: 'sender' | 'fetcher' }> = {
  'the question where a file goes on': { by: 'sender', method: 'POST', path: /^\/v1\/attachments\/offer/ },
  'the creation of an upload': { by: 'sender', method: 'POST', path: /^\/v1\/attachments\/uploads/ },
  'a piece in the middle': { by: 'sender', method: 'PATCH', path: /^\/v1\/attachments\/uploads\//, after: 1 },
  'a fetch in the middle': { by: 'fetcher', method: 'GET', path: /^\/v1\/attachments\//, after: 1 },
};
const CELLS = Object.keys(REQUESTS).flatMap(request => Object.keys(PORTALS).map(portal => [request, portal] as const));
/** More than is fetched unasked, and several pieces. */
const BYTES = 400_000;

interface Place { door: PortalDoor; desk: Desk; session: Session }
const folder = temporaryFolder('files-portal');
const world = {} as { province: Running<ProvinceReady>; sender: Place; fetcher: Place };
const open: Files[] = [];

async function place(nth: number): Promise<Place> {
  const { address, codes, accounts } = world.province.ready;
  const door = await PortalDoor.before(address);
  const desk = await Desk.enrolled({ address: door.address, code: codes[nth]?.code ?? '' });
  await desk.loaded();
  const account = accounts.filter(({ role, site }) => role === 'truc_ban' && site === 'BP')[nth];
  return { door, desk, session: await desk.signIn(account?.login ?? '', account?.password ?? '') };
}

beforeAll(async () => {
  world.province = await startProvince({ data: folder.path, codes: 'BP,BP' });
  [world.sender, world.fetcher] = await Promise.all([place(0), place(1)]);
});
afterEach(async () => { for (const files of open.splice(0)) await files.close(); });
afterAll(async () => {
  for (const at of [world.sender, world.fetcher]) for (const one of [at?.desk, at?.door]) await one?.close();
  await world.province?.stop();
  folder.remove();
});

function files({ desk, session }: Place): Files {
  const made = new Files(desk, session);
  open.push(made);
  return made;
}

test.each(CELLS)('%s met by %s: told by its code, records go on meanwhile, and so does the file by itself', async (request, portal) => {
  const { sender, fetcher } = world;
  const { by, ...taken } = REQUESTS[request] ?? { by: 'sender', path: /x/ };
  const stopped = world[by];
  const [atSender, atFetcher] = [files(sender), files(fetcher)];
  const content = photo(BYTES);
  const issueId = await sender.desk.receive(sender.session, 'Có tệp, mạng đòi đăng nhập');
  await until(() => numbered(fetcher.desk, issueId), 'the record at the other desk');

  stopped.door.take({ ...taken, portal: PORTALS[portal] ?? (() => undefined) });
  const id = await atSender.add(issueId, 'anh.jpg', content);
  const isSent = async (): Promise<boolean> => (await atSender.line(issueId, id))?.transfer === 'sent';
  if (by === 'fetcher') {
    await eventually(isSent, 'the file at the province');
    await until(() => attachmentsOf(fetcher.desk.find(issueId)?.issue ?? {}).length === 1, 'its name at the other desk');
    await atFetcher.fetch(issueId, id);
  }
  const line = () => (by === 'sender' ? atSender : atFetcher).line(issueId, id);
  await eventually(async () => (await line())?.error?.code === 'link/foreign-answer', 'the portal to be told');
  expect(await line()).toMatchObject(by === 'sender' ? { transfer: 'sending', here: true } : { transfer: 'loading', here: false });
  const meanwhile = await stopped.desk.receive(stopped.session, 'Tin khẩn khi tệp bị chặn');
  await until(() => [sender, fetcher].every(({ desk }) => numbered(desk, meanwhile)), 'the record that was written meanwhile');
  await until(() => stopped.door.seen > 1, 'another try');
  expect(stopped.desk.status()).toMatchObject({ link: 'up', lastError: null });

  stopped.door.letAllThrough();
  await eventually(isSent, 'the file at the province');
  await until(() => attachmentsOf(fetcher.desk.find(issueId)?.issue ?? {}).length === 1, 'its name at the other desk');
  await atFetcher.fetch(issueId, id);
  await eventually(async () => (await atFetcher.line(issueId, id))?.here === true, 'the file at the other desk');
  expect((await atFetcher.read(issueId, id)).equals(content)).toBe(true);
  expect((await line())?.error).toBeNull();
  await until(() => fetcher.desk.status().pending + sender.desk.status().pending === 0, 'nothing unsent');
  expect(records(fetcher.desk)).toEqual(records(sender.desk));
});
