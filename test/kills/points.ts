import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { AttachmentLine } from '../../contract/console.ts';
import { snapshotChunkPath, type SnapshotManifest } from '../../contract/province.ts';
import type { Id } from '../../contract/ids.ts';
import { SERVICES } from '../../contract/org.ts';
import { createRunner } from '../../db/runner.ts';
import { undoTo } from '../db/undo.ts';
import { enrolStation } from '../province/support.ts';
import { upTo, type Chance } from '../support/chance.ts';
import { arm, OPENING } from './arm.ts';
import type { KillConsole } from './console.ts';
import { eventually, type KillStage } from './stage.ts';
import { killWithin } from './wire.ts';

/** What happens at a point: `a` is the console that is killed or that the server's work is for, `b` the other, `id` a record of both. */
export interface Scene { stage: KillStage; a: KillConsole; b: KillConsole; id: Id; chance: Chance }

export interface Point {
  name: string; victim: 'core' | 'server';
  /** Leads to the point; the kill comes by itself while it runs or soon after. */
  lead(scene: Scene): Promise<void>;
  /** What must hold beside the promises, once everything has come back. */
  after?(scene: Scene): Promise<void>;
}

const COMMIT = { after: 'commit_group', then: 'COMMIT' } as const;
const FILE_BYTES = 300_000;
const PIECE_BYTES = 256 * 1024;

/** Some notes, written one after the other; that the core ends meanwhile is what this is about. */
async function notes({ a, id }: Scene, count: number): Promise<void> {
  for (let nth = 0; nth < count; nth += 1) await a.note(id).catch(unlessEnded);
}

function unlessEnded(error: unknown): void {
  if (!(error instanceof Error) || error.message !== 'the core has ended') throw error;
}

/** What waits at a console whose link is silent leaves in one push. */
async function inOnePush(scene: Scene, where: () => void): Promise<void> {
  scene.a.proxy.silence(true);
  await notes(scene, 8);
  where();
  scene.a.proxy.silence(false);
  await scene.a.call('sync', 'tryNow').catch(unlessEnded);
}

async function addFile(console: KillConsole, issueId: Id): Promise<{ attachmentId: Id; content: Buffer }> {
  const content = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10]), Buffer.from('JFIF\0'), randomBytes(FILE_BYTES)]);
  const { uploadId } = await console.call<{ uploadId: Id }>('attachments', 'begin', { issueId, name: 'anh.jpg', bytes: content.length });
  for (let at = 0; at < content.length; at += PIECE_BYTES) await console.call('attachments', 'piece', { uploadId, base64: content.subarray(at, at + PIECE_BYTES).toString('base64') });
  const { attachmentId } = await console.call<{ attachmentId: Id }>('attachments', 'finish', { uploadId, thumb: null });
  return { attachmentId, content };
}

async function lineOf(console: KillConsole, issueId: Id, id: Id): Promise<AttachmentLine | undefined> {
  return (await console.call<AttachmentLine[]>('attachments', 'list', { issueId })).find(line => line.id === id);
}

async function isWhole(console: KillConsole, issueId: Id, id: Id, content: Buffer): Promise<void> {
  await eventually(async () => {
    const line = await lineOf(console, issueId, id);
    if (line?.transfer === 'absent' || line?.transfer === 'failed') await console.call('attachments', 'fetch', { issueId, attachmentId: id });
    return line?.here === true;
  }, 'the file at the other console');
  const pieces: Buffer[] = [];
  for (let from = 0; from < content.length; from += pieces.at(-1)?.length ?? PIECE_BYTES) {
    const { base64 } = await console.call<{ base64: string }>('attachments', 'read', { issueId, attachmentId: id, part: 'file', from });
    pieces.push(Buffer.from(base64, 'base64'));
  }
  if (!Buffer.concat(pieces).equals(content)) throw new Error('the file is not what it was');
}

/** The files of a scene, kept between the kill and what is looked at after it. */
const files = new WeakMap<Scene, { attachmentId: Id; content: Buffer }>();

const afterFile = (taker: 'a' | 'b') => async (scene: Scene): Promise<void> => {
  const file = files.get(scene);
  if (file !== undefined) await isWhole(scene[taker], scene.id, file.attachmentId, file.content);
};

const CORE: Point[] = [
  { name: 'written, not answered', victim: 'core', async lead(scene) {
    arm(scene.a.killFile, { command: 'issue.mutate', at: 'committed' });
    await scene.a.note(scene.id).catch(unlessEnded);
  } },
  { name: 'being written', victim: 'core', async lead(scene) {
    await notes(scene, 1);
    arm(scene.a.killFile, { command: 'issue.mutate', at: 2 + upTo(scene.chance, 12) });
    await scene.a.note(scene.id).catch(unlessEnded);
  } },
  { name: 'while pushing', victim: 'core', async lead(scene) {
    await inOnePush(scene, () => { killWithin(scene.a.proxy, { text: '/v1/sync/push', direction: 'up', after: 1 + upTo(scene.chance, 900) }, () => { scene.a.victim.kill(); }); });
  } },
  { name: 'push answered, not written', victim: 'core', async lead(scene) {
    await inOnePush(scene, () => { arm(scene.a.killFile, { command: 'sync.applyVerdicts', at: 1 }); });
  } },
  { name: 'push reply being written', victim: 'core', async lead(scene) {
    await inOnePush(scene, () => { arm(scene.a.killFile, { command: 'sync.applyVerdicts', at: 2 + upTo(scene.chance, 40) }); });
  } },
  { name: 'in a page', victim: 'core', async lead(scene) {
    arm(scene.a.killFile, { command: 'sync.applyPage', at: 2 + upTo(scene.chance, 40) });
    for (let nth = 0; nth < 4; nth += 1) await scene.b.note(scene.id);
  } },
  { name: 'page written, not told', victim: 'core', async lead(scene) {
    arm(scene.a.killFile, { command: 'sync.applyPage', at: 'committed' });
    await scene.b.receive();
  } },
  { name: 'in a chunk, writing', victim: 'core', async lead(scene) {
    await anewCopy(scene, () => { arm(scene.a.killFile, { command: 'sync.snapshotChunk', at: 2 + upTo(scene.chance, 600) }); });
  } },
  { name: 'in a chunk, on the wire', victim: 'core', async lead(scene) {
    await anewCopy(scene, () => { killWithin(scene.a.proxy, { text: snapshotChunkPath('', 0).slice(0, 18), direction: 'down', after: 1 + upTo(scene.chance, 6_000) }, () => { scene.a.victim.kill(); }); });
  } },
  { name: 'while a file goes up', victim: 'core', after: afterFile('b'), async lead(scene) {
    killWithin(scene.a.proxy, { text: 'PATCH /v1/attachments/uploads', direction: 'up', after: 1 + upTo(scene.chance, 15_000) }, () => { scene.a.victim.kill(); });
    files.set(scene, await addFile(scene.a, scene.id));
  } },
  { name: 'while a file comes down', victim: 'core', after: afterFile('a'), async lead(scene) {
    const file = await addFile(scene.b, scene.id);
    files.set(scene, file);
    await eventually(async () => (await lineOf(scene.b, scene.id, file.attachmentId))?.transfer === 'sent' && await lineOf(scene.a, scene.id, file.attachmentId) !== undefined, 'the file at the province');
    killWithin(scene.a.proxy, { text: `GET /v1/attachments/${scene.id}`, direction: 'down', after: 1 + upTo(scene.chance, 15_000) }, () => { scene.a.victim.kill(); });
    await scene.a.call('attachments', 'fetch', { issueId: scene.id, attachmentId: file.attachmentId }).catch(unlessEnded);
  } },
  { name: 'in a migration at start', victim: 'core', async lead(scene) {
    scene.a.proxy.silence(true);
    await notes(scene, 2);
    await scene.a.stop();
    scene.a.proxy.silence(false);
    scene.a.alter(db => { undoTo(db, 92 - upTo(scene.chance, 3)); });
    arm(scene.a.killFile, { command: OPENING, at: 1 + upTo(scene.chance, 4) });
    if (await scene.a.start()) throw new Error('the migration went through');
  } },
];

/** Leaves the console with its outbox and nothing to follow, as after the province's word to begin anew. */
async function anewCopy(scene: Scene, where: () => void): Promise<void> {
  await scene.a.stop();
  scene.a.alter(db => { createRunner(db).run('sync.forgetCursor', { sameOrder: true }); });
  where();
  await scene.a.start();
}

/** How a server reads the rows of a copy, page by page (province/snapshot-rows.ts). */
const PAGE_OF_COPY = 'WHERE kind = $1 AND id > $2';

const SERVER: Point[] = [
  { name: 'before a commit', victim: 'server', async lead(scene) {
    await inOnePush(scene, () => { arm(scene.stage.province.killFile, { ...COMMIT, at: 'before' }); });
  } },
  { name: 'committed, not answered', victim: 'server', async lead(scene) {
    await inOnePush(scene, () => { arm(scene.stage.province.killFile, { ...COMMIT, at: 'after' }); });
  } },
  { name: 'while making a copy', victim: 'server', async lead(scene) {
    const { province } = scene.stage;
    const services = SERVICES.filter(() => scene.chance() < 0.5);
    const { code } = await province.command('code', '--site', 'BP', '--services', (services.length === 0 ? SERVICES : services).join(','));
    const station = await enrolStation(scene.stage.address, String(code));
    arm(province.killFile, { after: PAGE_OF_COPY, then: PAGE_OF_COPY, at: scene.chance() < 0.5 ? 'before' : 'after' });
    await station.client.sync.snapshot().then(() => { throw new Error('the copy was made'); }, () => undefined);
    copies.set(scene, station);
  }, async after(scene) {
    const station = copies.get(scene);
    // Servers of one database wait half a minute for the one that was at it before another makes the copy: a console asks again, too.
    const copy: { made?: SnapshotManifest | undefined } = {};
    await eventually(async () => (copy.made = await station?.client.sync.snapshot().catch(() => undefined)) !== undefined, 'the copy', 60_000);
    const { id, chunks } = copy.made ?? { id: '', chunks: [] };
    for (const [index, { bytes }] of chunks.entries()) {
      const answer = await fetch(new URL(snapshotChunkPath(id, index), scene.stage.address), { headers: { authorization: `Bearer ${station?.token() ?? ''}` } });
      if ((await answer.arrayBuffer()).byteLength !== bytes) throw new Error(`chunk ${index} of the copy is not whole`);
    }
    if (chunks.length === 0) throw new Error('the copy is empty');
  } },
  { name: 'while answering a pull', victim: 'server', async lead(scene) {
    scene.a.proxy.silence(true);
    for (let nth = 0; nth < 6; nth += 1) await scene.b.note(scene.id);
    await eventually(async () => (await scene.b.status()).pending === 0, 'the other console’s notes at the province');
    killWithin(scene.a.proxy, { text: '/v1/sync/pull', direction: 'down', after: 1 + upTo(scene.chance, 700) }, () => { scene.stage.province.victim.kill(); });
    scene.a.proxy.silence(false);
    await scene.a.call('sync', 'tryNow');
  } },
  { name: 'in a stick import', victim: 'server', async lead(scene) {
    const { a, stage: { province, folder } } = scene;
    await a.proxy.refuse();
    await notes(scene, 6);
    const made = await a.call<{ name: string; base64: string }>('stick', 'exportFile');
    const file = join(folder, made.name);
    writeFileSync(file, Buffer.from(made.base64, 'base64'));
    sticks.set(scene, file);
    arm(province.killFile, { ...COMMIT, at: scene.chance() < 0.5 ? 'before' : 'after' });
    await province.command('import-stick', file).then(() => { throw new Error('the file was taken'); }, () => undefined);
    await a.proxy.accept();
  }, async after(scene) {
    const taken = await scene.stage.province.command('import-stick', sticks.get(scene) ?? '');
    if (taken['fresh'] !== 0) throw new Error(`the file was judged once more: ${JSON.stringify(taken)}`);
  } },
];

const copies = new WeakMap<Scene, Awaited<ReturnType<typeof enrolStation>>>();
const sticks = new WeakMap<Scene, string>();

export const POINTS: readonly Point[] = [...CORE, ...SERVER];
