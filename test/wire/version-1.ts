import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';

/** The answers of a province as version 1 took them, frozen: what they do not allow it refused as foreign. */
const Id = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
const Service = z.enum(['113', '114', '115', '112', '1022', 'field']);
const Scope = z.object({ siteIds: z.array(Id).nullable(), services: z.array(Service).nullable() });
const Row = z.object({ kind: z.enum(['site', 'area', 'unit', 'person', 'issue']), id: Id, seq: z.number().int(), deleted: z.boolean(), data: z.record(z.string(), z.unknown()) });
const Verdict = z.object({
  n: z.number().int(), status: z.enum(['applied', 'merged', 'conflict', 'rejected']), seq: z.number().int(),
  error: z.object({ code: z.string(), facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])) }).optional(),
  lost: z.array(z.object({ field: z.string(), mine: z.unknown(), theirs: z.unknown() })).optional(),
});
const ANSWERS = {
  enrol: z.object({
    deviceId: Id, stationCode: z.string(), site: z.object({ id: Id, code: z.string(), name: z.string(), tier: z.enum(['province', 'district']) }), scope: Scope,
    provinceId: Id, provinceName: z.string(), nowMs: z.number(), sample: z.boolean(), token: z.string().nullish(),
  }),
  challenge: z.object({ nonce: z.string(), nowMs: z.number() }),
  session: z.object({ token: z.string(), expiresInMs: z.number(), epoch: z.string(), scope: Scope, lastN: z.number().int(), nowMs: z.number() }),
  signIn: z.object({ person: z.looseObject({ id: Id, roles: z.array(z.string()) }), personToken: z.string(), nowMs: z.number() }),
  push: z.object({ verdicts: z.array(Verdict), lastN: z.number().int(), nowMs: z.number() }),
  pull: z.object({ rows: z.array(Row), cursor: z.string().max(120), more: z.boolean(), verdicts: z.array(Verdict), lastN: z.number().int(), nowMs: z.number() }),
  snapshot: z.object({
    codec: z.literal('columns-1'), id: z.string().max(80), seq: z.number().int(), cursor: z.string().max(120), rows: z.number().int(), bytes: z.number().int(),
    chunks: z.array(z.object({ sha256: z.string().length(64), bytes: z.number().int(), rows: z.number().int() })),
  }),
} as const;

function recorded<T>(name: string): T {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'recorded', name), 'utf8')) as T;
}

export interface RecordedConsole {
  privateKey: string; schema: number; outbox: Record<string, unknown>[];
  sent: { method: string; path: string; type?: string; encoding?: string; request: string }[];
}
export const consoleOfVersion1 = (): RecordedConsole => recorded('console-1.json');

/** A workstation of version 1 at a real province: it sends what the recorded one sent, and takes only what that one took. */
export class Console1 {
  readonly #address: string;
  readonly #recorded = consoleOfVersion1();
  readonly #key = createPrivateKey({ key: Buffer.from(this.#recorded.privateKey, 'base64'), format: 'der', type: 'pkcs8' });
  #token = '';
  station!: z.infer<typeof ANSWERS.enrol>;

  constructor(address: string) {
    this.#address = address;
  }

  /** @param protocol what it says it is: what it sends has not changed since */
  async enrol(code: string, protocol: number): Promise<void> {
    const publicKey = createPublicKey(this.#key).export({ type: 'spki', format: 'der' }).toString('base64');
    this.station = ANSWERS.enrol.parse(await this.#json('POST', '/v1/enrol', { code, publicKey, stationName: 'Bàn bản 1', protocol }));
    const { deviceId } = this.station;
    const { nonce } = ANSWERS.challenge.parse(await this.#json('POST', '/v1/session/challenge', { deviceId }));
    const signature = sign(null, Buffer.from(nonce), this.#key).toString('base64');
    this.#token = ANSWERS.session.parse(await this.#json('POST', '/v1/session', { deviceId, nonce, signature, protocol })).token;
  }

  /** Sends the recorded requests to this path again, byte for byte. */
  async again(path: string): Promise<Buffer[]> {
    const bodies: Buffer[] = [];
    for (const { type, encoding, request, ...one } of this.#recorded.sent.filter(sent => sent.path === path)) {
      bodies.push(await this.#send(one.method, one.path, Buffer.from(request, 'base64'), { ...(type === undefined ? {} : { 'content-type': type }), ...(encoding === undefined ? {} : { 'content-encoding': encoding }) }));
    }
    return bodies;
  }

  async signIn(): Promise<z.infer<typeof ANSWERS.signIn>> { return ANSWERS.signIn.parse(JSON.parse(String((await this.again('/v1/people/sign-in'))[0]))); }
  async push(): Promise<z.infer<typeof ANSWERS.push>[]> { return (await this.again('/v1/sync/push')).map(body => ANSWERS.push.parse(JSON.parse(String(body)))); }
  async pull(cursor: string): Promise<z.infer<typeof ANSWERS.pull>> { return ANSWERS.pull.parse(await this.#json('GET', `/v1/sync/pull?cursor=${cursor}&limit=250&ackedN=0`)); }
  async snapshot(): Promise<z.infer<typeof ANSWERS.snapshot>> { return ANSWERS.snapshot.parse(await this.#json('GET', '/v1/sync/snapshot')); }
  chunk(id: string, index: number): Promise<Buffer> { return this.#send('GET', `/v1/sync/snapshot/${encodeURIComponent(id)}/${index}`); }

  async #json(method: string, path: string, body?: object): Promise<unknown> {
    return JSON.parse(String(await this.#send(method, path, body === undefined ? undefined : Buffer.from(JSON.stringify(body)), { 'content-type': 'application/json' }))) as unknown;
  }

  async #send(method: string, path: string, body?: Buffer, headers: Record<string, string> = {}): Promise<Buffer> {
    const answer = await fetch(`${this.#address}${path}`, {
      method, headers: { ...(body === undefined ? {} : headers), ...(this.#token === '' ? {} : { authorization: `Bearer ${this.#token}` }) }, ...(body === undefined ? {} : { body: new Uint8Array(body) }),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${String(bytes)}`);
    return bytes;
  }
}

interface RecordedAnswer { path: string; status: number; type: string; answer: string }
export interface Province1 { address: string; account: { login: string; password: string }; asked: string[];
  /** The record that the recorded workstation received. */
  received: string;
  close(): Promise<void> }

/** A province of version 1: to each request the recorded answers in their order, the last one again and again; 404 to what it did not have. */
export async function startProvince1(): Promise<Province1> {
  const { account, answers } = recorded<{ account: Province1['account']; answers: RecordedAnswer[] }>('province-1.json');
  const asked: string[] = [];
  const pages = answers.filter(one => one.path === 'GET /v1/sync/pull').map(one => ANSWERS.pull.parse(JSON.parse(String(Buffer.from(one.answer, 'base64')))));
  const received = pages.flatMap(page => page.rows)[0]?.id ?? '';
  const server = createServer((request, response) => {
    const path = `${request.method} ${(request.url ?? '').split('?')[0]}`;
    asked.push(path);
    const all = answers.filter(one => one.path === path);
    const one = all.length > 1 ? answers.splice(answers.indexOf(all[0]!), 1)[0] : all[0];
    request.resume().on('end', () => {
      response.writeHead(one?.status ?? 404, { 'content-type': one?.type ?? 'application/json' });
      const body = one === undefined ? JSON.stringify({ defined: true, code: 'APP', status: 404, message: 'input/invalid', data: { code: 'input/invalid', facts: { field: 'path' } } }) : Buffer.from(one.answer, 'base64');
      if (path.endsWith('/live')) response.write(body);
      else response.end(body);
    });
  }).listen(0, '127.0.0.1');
  await new Promise(done => { server.once('listening', done); });
  return {
    account, asked, received, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise(done => { server.close(() => { done(); }); server.closeAllConnections(); }),
  };
}
