import type { InjectOptions } from 'fastify';
import type { Id } from '../../contract/ids.ts';
import type { Scope, Service, Site } from '../../contract/org.ts';
import type { Row } from '../../contract/province.ts';
import { openSpan } from '../../province/epoch.ts';
import { migrate } from '../../province/migrate.ts';
import { createApp, type ProvinceApp } from '../../province/server.ts';
import { openEmbedded, type Database, type Sql } from '../../province/sql.ts';
import { commitChanges, type RowWrite } from '../../province/store.ts';
import type { VirtualTime } from './time.ts';

/** A request as it arrives, and what goes back. */
export interface Wire { method: 'GET' | 'POST'; path: string; headers: Record<string, string>; body: Uint8Array | null }
export interface Answer { status: number; type: string; headers: Record<string, string>; body: Buffer }

export interface DeviceSeed { id: Id; code: string; siteId: Id; publicKey: string; scope: Scope; people: Id[] }

/** The end of a server process, as those who were waiting for it see it. */
export class Gone extends Error {}

const WALL_MS = Date.UTC(2026, 10, 24, 3, 0, 0);

/** One engine for many runs: each begins with the empty, migrated province. */
export class ProvinceEngine {
  readonly db: Database;
  readonly #tables: string[];
  readonly #kept = new Set<string>();

  private constructor(db: Database, tables: string[]) {
    this.db = db;
    this.#tables = tables;
  }

  /** @param folder where its data lies, made here: one that is in memory by itself the engine would make the slow way */
  static async open(folder: string): Promise<ProvinceEngine> {
    const db = await openEmbedded(folder);
    await migrate(db, { name: 'Tỉnh thử', nowMs: WALL_MS });
    const tables = await db.query<{ name: string }>("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'");
    const engine = new ProvinceEngine(db, tables.map(table => table.name));
    await engine.keep('fresh');
    return engine;
  }

  /** Keeps everything as it is now, under a name. */
  async keep(name: string): Promise<void> {
    if (!this.#kept.has(name)) await this.db.script(`CREATE SCHEMA ${name}; ${this.#tables.map(table => `CREATE TABLE ${name}.${table} AS TABLE public.${table} WITH NO DATA;`).join('')}`);
    this.#kept.add(name);
    await this.db.script(this.#tables.map(table => `DELETE FROM ${name}.${table}; INSERT INTO ${name}.${table} SELECT * FROM public.${table};`).join(''));
  }

  /** Puts back what was kept, as from a backup. */
  async restore(name: string): Promise<void> {
    await this.db.script(`SET session_replication_role = replica;
      ${this.#tables.map(table => `DELETE FROM public.${table}; INSERT INTO public.${table} OVERRIDING SYSTEM VALUE SELECT * FROM ${name}.${table};`).join('')}
      SET session_replication_role = origin`);
  }
}

/** What the next transaction meets; taken once. */
export type Ambush = 'killed-before-commit' | 'killed-after-commit' | 'raced';

/** A province server that can end at any moment and start again on what it had committed. */
export class SimProvince {
  readonly engine: ProvinceEngine;
  readonly #time: VirtualTime;
  #running: { server: ProvinceApp; life: { over: boolean } } | null = null;
  #ambush: Ambush | null = null;
  onAmbushed: (ambush: Ambush) => void = () => undefined;
  /** The process has ended by itself: whoever watches over it may start it again. */
  onEnded: () => void = () => undefined;
  /** Answers 500 for so long. */
  troubleUntilMs = 0;

  constructor(engine: ProvinceEngine, time: VirtualTime) {
    this.engine = engine;
    this.#time = time;
  }

  get up(): boolean {
    return this.#running !== null;
  }

  nowMs(): number {
    return WALL_MS + Math.round(this.#time.nowMs());
  }

  async start(): Promise<void> {
    if (this.#running !== null) return;
    const life = { over: false };
    await openSpan(this.engine.db);
    const server = await createApp({ db: this.#mortal(life), folder: null, attachments: null, key: null, nowMs: () => this.nowMs(), report: () => undefined });
    await server.app.ready();
    this.#running = { server, life };
  }

  /** Ends at once: what was not committed never was. */
  async kill(): Promise<void> {
    const running = this.#running;
    this.#running = null;
    if (running === null) return;
    running.life.over = true;
    await running.server.close();
  }

  ambush(kind: Ambush): void {
    this.#ambush = kind;
  }

  /** @throws {Gone} when there is no server, or none any more */
  async handle(wire: Wire): Promise<Answer> {
    const running = this.#running;
    if (running === null) throw new Gone();
    if (this.#time.nowMs() < this.troubleUntilMs) return { status: 500, type: 'application/json', headers: {}, body: Buffer.from('{}') };
    const answer = await running.server.app.inject(injected(wire));
    if (running.life.over) throw new Gone();
    return { status: answer.statusCode, type: String(answer.headers['content-type'] ?? ''), headers: plain(answer.headers), body: answer.rawPayload };
  }

  /** The live stream's bytes as they come, until the server ends. */
  async listen(wire: Wire): Promise<NodeJS.ReadableStream> {
    if (this.#running === null) throw new Gone();
    const answer = await this.#running.server.app.inject({ ...injected(wire), payloadAsStream: true });
    return answer.stream();
  }

  /** Changes one record as an administrator does. @returns whether there is such a record */
  async change(id: Id, to: { siteId?: Id; deleted?: boolean; data?: Record<string, unknown> }): Promise<boolean> {
    const [row] = await this.engine.db.query<{ seq: number; siteId: Id; service: Service; data: Record<string, unknown> }>(
      `SELECT seq, site_id AS "siteId", service, data FROM record WHERE kind = 'issue' AND NOT deleted AND id = $1`, [id]);
    if (row === undefined) return false;
    const siteId = to.siteId ?? row.siteId;
    await this.write([{ kind: 'issue', id, siteId, service: row.service, deleted: to.deleted ?? false, data: { ...row.data, siteId, ...to.data }, before: row.data, expected: row.seq }]);
    return true;
  }

  /** Writes as an administrator does, past the stations. */
  async write(rows: RowWrite[]): Promise<number> {
    return this.engine.db.transaction(tx => commitChanges(tx, { rows }));
  }

  async rows(where: string, params: unknown[] = []): Promise<(Row & { data: Record<string, unknown> })[]> {
    return this.engine.db.query(`SELECT kind, id, seq, deleted, data FROM record WHERE ${where} ORDER BY id`, params);
  }

  async head(): Promise<number> {
    const [head] = await this.engine.db.query<{ seq: number }>('SELECT seq FROM sync_head');
    return head?.seq ?? 0;
  }

  /** What a device may see. */
  async scopeOf(deviceId: Id): Promise<Scope> {
    const [device] = await this.engine.db.query<{ scope: Scope }>('SELECT scope FROM device WHERE id = $1', [deviceId]);
    if (device === undefined) throw new Error('every console of a run is enrolled');
    return device.scope;
  }

  async enrol(device: DeviceSeed): Promise<void> {
    const { db } = this.engine;
    await db.query('INSERT INTO device (id, station_code, station_name, site_id, public_key, scope, enrolled_at_ms) VALUES ($1, $2, $2, $3, $4, $5, 0)',
      [device.id, device.code, device.siteId, device.publicKey, JSON.stringify(device.scope)]);
    for (const person of device.people) await db.query('INSERT INTO person_grant (device_id, person_id, granted_at_ms) VALUES ($1, $2, 0)', [device.id, person]);
  }

  #end(life: { over: boolean }): void {
    if (life.over) return;
    life.over = true;
    this.onEnded();
  }

  /** The engine as this server process has it: gone with it, and open to an ambush at each commit. */
  #mortal(life: { over: boolean }): Database {
    const { db } = this.engine;
    const alive = <T>(work: () => Promise<T>): Promise<T> => {
      if (life.over) return Promise.reject(new Gone());
      return this.#time.during(work());
    };
    return {
      engine: db.engine,
      query: (text, params) => alive(() => db.query(text, params)),
      script: text => alive(() => db.script(text)),
      transaction: work => alive(() => this.#transaction(work, life)),
      listen: (channel, ear) => alive(() => db.listen(channel, ear)),
      close: () => Promise.resolve(),
    };
  }

  async #transaction<T>(work: (tx: Sql) => Promise<T>, life: { over: boolean }): Promise<T> {
    const ambush = this.#ambush;
    if (ambush !== null) { this.#ambush = null; this.onAmbushed(ambush); }
    const result = await this.engine.db.transaction(async tx => {
      const done = await work(tx);
      if (ambush === 'raced') throw Object.assign(new Error('another writer was faster'), { code: '40001' });
      if (ambush === 'killed-before-commit') this.#end(life);
      if (life.over) throw new Gone();
      return done;
    });
    if (ambush === 'killed-after-commit') this.#end(life);
    if (life.over) throw new Gone();
    return result;
  }
}

function injected({ method, path, headers, body }: Wire): InjectOptions {
  return { method, url: path, headers: { host: 'province.invalid', ...headers }, ...(body === null ? {} : { payload: Buffer.from(body) }) };
}

function plain(headers: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

export function organisationRow(kind: RowWrite['kind'], data: { id: Id } & object, siteId: Id | null): RowWrite {
  return { kind, id: data.id, siteId, service: null, deleted: false, data: { ...data }, expected: 0 };
}

export const siteData = (id: Id, code: string, tier: Site['tier']): Site => ({ id, code, name: `IOC ${code}`, tier });
