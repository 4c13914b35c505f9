import { generateKeyPairSync } from 'node:crypto';
import { zstdCompressSync } from 'node:zlib';
import { z } from 'zod';
import { AppError } from '../../contract/errors.ts';
import { newId } from '../../contract/ids.ts';
import { Mutation, PullOutput, type Row } from '../../contract/province.ts';
import { PUSH_MEDIA_TYPE, pushBodyOf, readPushBody } from '../../contract/push-body.ts';
import { rowsOfSnapshotChunk, snapshotChunkOf } from '../../contract/snapshot.ts';
import { parseStick } from '../../contract/stick-file.ts';
import { checkSignature, openStick, sealStick, unpackedBlocks } from '../../contract/stick-seal.ts';
import { mutationsOfBlock } from '../../contract/stick-body.ts';
import { readIssue } from '../../db/stores/issues.ts';
import { called } from '../../main/sync/client.ts';
import { readJson } from '../../province/http.ts';
import { parsePush } from '../../province/push.ts';
import { STICK_TOOLS } from '../../province/stick-tools.ts';
import type { Chance } from '../support/chance.ts';
import { mutateBytes, mutateJson } from './mutate.ts';
import { goodPush, type Stage } from './stage.ts';

/**
 * A kind of message. `make` gives one that has been tampered with; `decode` reads it as far as no database is needed, `take` all the
 * way in. Both end with an `AppError`, or without when the message is still one; anything else is a defect.
 */
export interface Kind { make(stage: Stage, chance: Chance): Buffer; decode(message: Buffer, stage: Stage): unknown; take(message: Buffer, stage: Stage): unknown }

const Push = z.object({ mutations: z.array(Mutation).max(2_000) });
const badInput = (): AppError => new AppError('input/invalid');

function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const found = schema.safeParse(value);
  if (!found.success) throw badInput();
  return found.data;
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new AppError('input/invalid', {}, { cause });
  }
}

const judged = (mutations: Mutation[]): unknown => parsePush({ deviceId: newId(0), mutations, nowMs: 0, onBroken: () => undefined });

/** Over a real socket to the province: a refusal, or verdicts; as many new records as these say; nothing for the operator of the server. */
async function pushed(stage: Stage, message: Buffer, type: string): Promise<void> {
  const before = await count(stage);
  const answer = await fetch(`${stage.address}/v1/sync/push`, { method: 'POST', headers: { 'content-type': type, authorization: `Bearer ${stage.station.token()}` }, body: new Uint8Array(message) });
  const said = await answer.json() as { lastN: number; verdicts: { status: string; error?: { code: string } }[]; data?: { code: string } };
  if (stage.reports.length > 0) throw new Error('the province was surprised', { cause: stage.reports.splice(0)[0] });
  const [issues, lastN] = await count(stage);
  if (answer.status >= 500) throw new Error(`answered ${answer.status}`);
  if (answer.status !== 200) {
    if (issues !== before[0] || lastN !== before[1]) throw new Error('a refused push has changed something');
    throw new AppError('input/invalid', { status: answer.status });
  }
  if (said.verdicts.some(({ error }) => error?.code === 'internal/unexpected')) throw new Error('a mutation broke an assumption');
  if (said.lastN !== lastN) throw new Error('the count of what was judged is another one than was said');
  const applied = said.verdicts.filter(({ status }) => status === 'applied').length;
  if (issues - before[0] > applied) throw new Error('more records than verdicts that applied');
  stage.lastN = lastN;
}

async function count({ query, station }: Stage): Promise<[number, number]> {
  const [row] = await query<{ issues: number; last: number }>(`SELECT (SELECT count(*)::int FROM record WHERE kind = 'issue') AS issues, (SELECT last_n FROM device WHERE id = '${station.deviceId}') AS last`);
  return [row?.issues ?? 0, row?.last ?? 0];
}

/** What a desk's database holds, in a few numbers. */
function standing({ desk }: Stage): string {
  return JSON.stringify(desk.db.prepare(`SELECT (SELECT count(*) FROM issue) AS i, (SELECT sum(version) FROM issue) AS v, (SELECT group_concat(id || data) FROM org_row) AS o,
    (SELECT count(*) FROM fo) AS f, (SELECT cursor FROM sync_state) AS c, (SELECT pulled_seq FROM sync_state) AS p, (SELECT count(*) FROM outbox) AS b, (SELECT count(*) FROM snapshot_chunk) AS s`).get());
}

/** Runs a command of the desk's writer: all of it, or an `AppError` and nothing. */
function into(stage: Stage, work: () => void): void {
  const before = standing(stage);
  try {
    work();
  } catch (error) {
    if (standing(stage) !== before) throw new Error('what was refused has changed the database', { cause: error });
    throw error;
  }
}

function readable({ desk }: Stage, rows: readonly Row[]): void {
  for (const row of rows) if (row.kind === 'issue') readIssue(desk.db, row.id);
}

async function answered<T>(stage: Stage, message: Buffer, type: string, ask: () => Promise<T>): Promise<T> {
  Object.assign(stage.answer, { type, body: message });
  return called(ask());
}

const signer = generateKeyPairSync('ed25519');
const deviceKey = { publicKey: signer.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'), privateKey: signer.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64') };
const provincePair = STICK_TOOLS.newPair();

/** It is signed: only the very file that was sealed may be opened. */
async function openedStick(message: Buffer, stage: Stage): Promise<void> {
  const file = parseStick(message);
  checkSignature(STICK_TOOLS, file, deviceKey.publicKey);
  for await (const block of unpackedBlocks(STICK_TOOLS, openStick(STICK_TOOLS, file, provincePair))) mutationsOfBlock(block);
  if (!message.equals(stage.good.get('stick') ?? message.subarray(1))) throw new Error('a changed file was opened');
}

const few = (stage: Stage): Row[] => stage.page.rows.slice(-12);
const pageOf = (stage: Stage): object => ({ rows: few(stage), cursor: stage.page.cursor, more: false, verdicts: [{ n: 1, status: 'applied', seq: 3 }, { n: 2, status: 'merged', seq: 3, lost: [{ field: 'severity', mine: 'P1', theirs: 'P2' }] }], lastN: 2, nowMs: 1 });

function once(stage: Stage, name: string, make: () => Uint8Array): Uint8Array {
  const bytes = stage.good.get(name) ?? make();
  stage.good.set(name, bytes);
  return bytes;
}

export const KINDS: Readonly<Record<string, Kind>> = {
  'push-json': {
    make: (stage, chance) => { const text = mutateJson(chance, { mutations: goodPush(stage) }); return chance() < 0.2 ? mutateBytes(chance, Buffer.from(text)) : Buffer.from(text); },
    decode: message => judged(checked(Push, readJson(message)).mutations),
    take: (message, stage) => pushed(stage, message, 'application/json'),
  },
  'push-columns': {
    make: (stage, chance) => mutateBytes(chance, pushBodyOf(goodPush(stage))),
    decode: message => judged(checked(Push, readPushBody(message, 16 << 20)).mutations),
    take: (message, stage) => pushed(stage, message, PUSH_MEDIA_TYPE),
  },
  page: {
    make: (stage, chance) => { const text = mutateJson(chance, pageOf(stage)); return chance() < 0.2 ? mutateBytes(chance, Buffer.from(text)) : Buffer.from(text); },
    decode: message => checked(PullOutput, asJson(message.toString('utf8'))),
    take: async (message, stage) => {
      const page = await answered(stage, message, 'application/json', () => stage.client.sync.pull({ cursor: '', limit: 40 }, { context: {} }));
      into(stage, () => { stage.desk.runner.run('sync.applyPage', { rows: page.rows, cursor: page.cursor, verdicts: page.verdicts, atMs: 1 }); });
      readable(stage, page.rows);
    },
  },
  session: {
    make: (stage, chance) => Buffer.from(mutateJson(chance, { token: 'a'.repeat(43), expiresInMs: 900_000, epoch: newId(0), scope: { siteIds: [stage.siteId], services: ['114'] }, lastN: 4, stick: { sealKey: 'x', signKey: 'y' }, nowMs: 1 })),
    decode: message => asJson(message.toString('utf8')),
    take: (message, stage) => answered(stage, message, 'application/json', () => stage.client.session.open({ deviceId: stage.station.deviceId, nonce: 'x', signature: 'y', protocol: 2 }, { context: {} })),
  },
  chunk: {
    make: (stage, chance) => mutateBytes(chance, once(stage, 'chunk', () => snapshotChunkOf(few(stage)))),
    decode: message => { for (const row of rowsOfSnapshotChunk(message)) if (typeof row.id !== 'string') throw new Error('a row without its id'); },
    take: (message, stage) => {
      const manifest = { codec: 'columns-1' as const, id: 'thu', seq: 1, cursor: 'c', rows: 1, bytes: 1, chunks: [{ sha256: '0'.repeat(64), bytes: 1, rows: 1 }] };
      stage.desk.runner.run('sync.snapshotBegin', { manifest });
      const packed = zstdCompressSync(message);
      if (message.length % 3 === 0) packed[packed.length >> 1] = (packed[packed.length >> 1] ?? 0) ^ 4;
      into(stage, () => { stage.desk.runner.run('sync.snapshotChunk', { manifestId: 'thu', index: 0, bytes: packed }); });
    },
  },
  stick: {
    make: (stage, chance) => {
      const facts = { kind: 'up' as const, provinceId: newId(0), deviceId: newId(0), stationCode: 'BP-01', createdAtMs: 1, firstN: 1, lastN: 5, count: 5, replyKey: provincePair.publicKey };
      return mutateBytes(chance, once(stage, 'stick', () =>
        sealStick(STICK_TOOLS, facts, [zstdCompressSync(pushBodyOf(goodPush(stage)))], { toKey: provincePair.publicKey, signKey: deviceKey.privateKey })));
    },
    decode: openedStick, take: openedStick,
  },
  live: {
    make: (_stage, chance) => mutateBytes(chance, Buffer.from('event: message\ndata: {"seq":12}\n\n: \n\nevent: message\nid: 7\nretry: 10\ndata: {"seq":13}\n\nevent: done\ndata: {}\n\n')),
    decode: message => message.toString('utf8').split('\n\n'),
    take: (message, stage) => answered(stage, message, 'text/event-stream', async () => {
      for await (const { seq } of await stage.client.sync.live(undefined, { context: {} })) if (!Number.isInteger(seq)) throw new Error('a signal without its number');
    }),
  },
};
