import { sign, type KeyObject } from 'node:crypto';
import http from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Id } from '../../contract/ids.ts';
import { PROTOCOL_VERSION, type Mutation, type Verdict } from '../../contract/province.ts';

const unpack = promisify(gunzip);
const PAGE_ROWS = 500;
const AGAIN_MS = 1_000;

/** What a console of the measurement is: a device key, the person who writes on it, and where. */
export interface ConsoleIdentity { deviceId: Id; privateKey: KeyObject; personId: Id; siteId: Id }
export interface PulledIssue { kind: string; id: Id; seq: number; data: { history?: unknown[] } }
interface Page { rows: PulledIssue[]; cursor: string; more: boolean; verdicts: Verdict[]; lastN: number }

/**
 * A console as the province sees one: own connections, key, token, pushes, looks, live stream. What it pulls it only tells.
 * It pushes JSON: making columns takes a workstation 10 ms, which a thousand in one process do not have.
 */
export class LightConsole {
  readonly identity: ConsoleIdentity;
  looks = 0;
  /** Exchanges that failed and were tried again. */
  failures = 0;
  readonly #address: URL;
  readonly #agent = new http.Agent({ keepAlive: true, maxSockets: 4 });
  readonly #onRows: (console: LightConsole, rows: PulledIssue[]) => void;
  readonly #unsent: { mutation: Mutation; done: (verdict: Verdict) => void; failed: (error: unknown) => void }[] = [];
  #token = '';
  #cursor = '';
  #n = 0;
  #pushing = false;
  #looking = false;
  #newsSeq = 0;
  #seenSeq = 0;
  #live: http.ClientRequest | null = null;

  constructor(address: string, identity: ConsoleIdentity, onRows: (console: LightConsole, rows: PulledIssue[]) => void) {
    this.#address = new URL(address);
    this.identity = identity;
    this.#onRows = onRows;
  }

  /** Proves the key, as after every start. */
  async openSession(): Promise<void> {
    const { deviceId, privateKey } = this.identity;
    const { nonce } = await this.#ask<{ nonce: string }>('POST', '/v1/session/challenge', { deviceId });
    const signature = sign(null, Buffer.from(nonce), privateKey).toString('base64');
    this.#token = (await this.#ask<{ token: string }>('POST', '/v1/session', { deviceId, nonce, signature, protocol: PROTOCOL_VERSION })).token;
  }

  /** Stands where the copy of its scope stands, and listens. */
  async follow(): Promise<void> {
    this.#cursor = (await this.#ask<{ cursor: string }>('GET', '/v1/sync/snapshot')).cursor;
    await new Promise<void>((resolve, reject) => {
      this.#live = http.get(new URL('/v1/sync/live', this.#address), { agent: this.#agent, headers: { authorization: `Bearer ${this.#token}` } }, response => {
        response.on('data', (data: Buffer) => { this.#news(data.toString()); });
        response.on('error', () => undefined);
        resolve();
      });
      this.#live.on('error', reject);
    });
  }

  deafen(): void {
    this.#live?.destroy();
    this.#live = null;
  }

  close(): void {
    this.deafen();
    this.#agent.destroy();
  }

  /** Writes a mutation and sends it with whatever else waits. @returns when its verdict has come */
  write(name: string, payload: Record<string, unknown>): Promise<Verdict> {
    this.#n += 1;
    const mutation: Mutation = { n: this.#n, name, actorId: this.identity.personId, atMs: Date.now(), payload, provisionalNo: `T-${this.#n}` };
    return new Promise((done, failed) => {
      this.#unsent.push({ mutation, done, failed });
      if (!this.#pushing) void this.#pushAll();
    });
  }

  async #pushAll(): Promise<void> {
    this.#pushing = true;
    while (this.#unsent.length > 0) {
      const sent = [...this.#unsent];
      try {
        const { verdicts } = await this.#ask<{ verdicts: Verdict[] }>('POST', '/v1/sync/push', { mutations: sent.map(item => item.mutation) });
        this.#unsent.splice(0, sent.length);
        for (const [index, { done, failed }] of sent.entries()) {
          const verdict = verdicts[index];
          if (verdict?.status === 'applied') done(verdict); else failed(new Error(`not applied: ${JSON.stringify(verdict)}`));
        }
      } catch {
        // As a console does: an exchange that failed is tried again, and gives the stored verdicts.
        this.failures += 1;
        await pause(AGAIN_MS);
      }
    }
    this.#pushing = false;
    // One's own changes come back as rows.
    if (this.#live !== null) void this.#look();
  }

  #news(text: string): void {
    for (const [, seq] of text.matchAll(/"seq":(\d+)/g)) this.#newsSeq = Math.max(this.#newsSeq, Number(seq));
    if (this.#newsSeq > this.#seenSeq) void this.#look();
  }

  async #look(): Promise<void> {
    if (this.#looking || this.#cursor === '') return;
    this.#looking = true;
    try {
      do {
        const covered = this.#newsSeq;
        this.looks += 1;
        const page = await this.#ask<Page>('GET', `/v1/sync/pull?cursor=${encodeURIComponent(this.#cursor)}&limit=${PAGE_ROWS}&ackedN=${this.#n}`);
        this.#cursor = page.cursor;
        if (!page.more) this.#seenSeq = Math.max(this.#seenSeq, covered);
        this.#onRows(this, page.rows);
      } while (this.#newsSeq > this.#seenSeq);
    } catch {
      this.failures += 1;
      setTimeout(() => { void this.#look(); }, AGAIN_MS).unref();
    } finally {
      this.#looking = false;
    }
  }

  async #ask<T>(method: 'GET' | 'POST', path: string, input?: object): Promise<T> {
    const body = input === undefined ? null : Buffer.from(JSON.stringify(input));
    const answer = await new Promise<{ status: number; gzip: boolean; bytes: Buffer }>((resolve, reject) => {
      const request = http.request(new URL(path, this.#address), {
        method, agent: this.#agent, headers: {
          'accept-encoding': 'gzip', ...(this.#token === '' ? {} : { authorization: `Bearer ${this.#token}` }),
          ...(body === null ? {} : { 'content-type': 'application/json', 'content-length': body.length }),
        },
      }, response => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.once('end', () => { resolve({ status: response.statusCode ?? 0, gzip: response.headers['content-encoding'] === 'gzip', bytes: Buffer.concat(parts) }); });
        response.once('error', reject);
      });
      request.once('error', reject);
      request.end(body ?? undefined);
    });
    const text = (answer.gzip ? await unpack(answer.bytes) : answer.bytes).toString();
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return JSON.parse(text) as T;
  }
}
