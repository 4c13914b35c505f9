import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LinkStatus, Session } from '../../contract/console.ts';
import { newId, type Id } from '../../contract/ids.ts';
import type { MutationName } from '../../contract/mutations/payloads.ts';
import type { Database } from '../../db/open.ts';
import { openDatabase } from '../../db/open.ts';
import { readIssue, type StoredIssue } from '../../db/stores/issues.ts';
import { startWriter } from '../../db/writer.ts';
import type { Writer } from '../../db/writer-api.ts';
import { createAuth, type Auth } from '../../main/auth/auth.ts';
import { createStation, type Station } from '../../main/org/station.ts';
import type { Call } from '../../main/platform/call.ts';
import { systemClock, type Clock } from '../../main/platform/clock.ts';
import { createStick, type Stick } from '../../main/stick/stick.ts';
import { enrolAt } from '../../main/sync/enrol.ts';
import type { Sync } from '../../main/sync/api.ts';
import { stickRelay } from '../../main/sync/relay.ts';
import { createSync } from '../../main/sync/sync.ts';
import { silentLog } from './silent-log.ts';

export interface DeskOptions {
  /** Where the desk believes its province to be; usually a proxy. */
  address: string;
  code: string; name?: string; clock?: Clock; idleTimeoutMs?: number; lockAfterMs?: number; compareEveryMs?: number;
  /** Do not start to sync after enrolment. */
  quiet?: boolean;
  /** Writes in a thread of its own, as a console does. */
  thread?: boolean;
}

export const KEY = '5a'.repeat(32);
/** A call as the wire makes one. */
export const call = (session: Session | null = null): Call => ({ session, signal: new AbortController().signal });

/** A workstation without its window: real database, real sockets, the capabilities that sync and sign-in need. */
export class Desk {
  readonly dir: string;
  readonly #options: DeskOptions;
  writer!: Writer;
  reader!: Database;
  station!: Station;
  sync!: Sync;
  auth!: Auth;
  stick!: Stick;

  constructor(options: DeskOptions) {
    this.#options = options;
    this.dir = mkdtempSync(join(tmpdir(), 'ioc-desk-'));
  }

  /** A desk that has been enrolled and is syncing. */
  static async enrolled(options: DeskOptions): Promise<Desk> {
    const desk = new Desk(options);
    await desk.open();
    await desk.station.handlers.enrol({ address: options.address, code: options.code, stationName: options.name ?? 'Bàn thử' }, call());
    if (options.quiet !== true) desk.sync.start();
    return desk;
  }

  /** Opens the database and builds the capabilities, as the core does. */
  async open(resume = false): Promise<void> {
    const file = join(this.dir, 'console.db');
    const clock = this.#options.clock ?? systemClock;
    this.writer = await startWriter({ file, keyHex: KEY, thread: this.#options.thread ?? false });
    this.reader = openDatabase({ file, keyHex: KEY, role: 'reader' });
    const shared = { reader: this.reader, writer: this.writer, clock };
    this.station = createStation({
      ...shared, enrol: enrolAt, version: '0.0.0',
      currentSession: () => this.auth.currentSession(), tiles: () => this.auth.tiles(), lockAfterMs: () => this.auth.lockAfterMs,
      onEnrolled: firstToken => { this.sync.enrolled(firstToken); },
    });
    const { idleTimeoutMs, lockAfterMs, compareEveryMs } = this.#options;
    this.sync = createSync({ ...shared, station: this.station.station, log: silentLog, onProvinceTime: nowMs => { this.auth.provinceSays(nowMs); }, onStickKeys: keys => { this.stick.keysTold(keys); },
      ...(idleTimeoutMs === undefined ? {} : { idleTimeoutMs }), ...(compareEveryMs === undefined ? {} : { compareEveryMs }) });
    this.stick = createStick({
      ...shared, log: silentLog, correctedNowMs: this.sync.correctedNowMs, station: this.station.station, linkIsUp: this.sync.linkIsUp, relay: stickRelay({ station: this.station.station, clock }),
    });
    this.sync.onStatus(() => { this.stick.lookForLink(); });
    this.auth = createAuth({
      ...shared, link: this.sync.link, station: this.station.station, correctedNowMs: this.sync.correctedNowMs, resume, ...(lockAfterMs === undefined ? {} : { lockAfterMs }),
    });
  }

  /** Closes and opens again, as after a restart of the core. */
  async restart(resume = true): Promise<void> {
    await this.stop();
    await this.open(resume);
    this.sync.start();
  }

  async stop(): Promise<void> {
    await this.stick.close();
    await this.sync.stop();
    this.auth.close();
    this.reader.close();
    await this.writer.close();
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.dir, { recursive: true, force: true });
  }

  signIn(login: string, password: string): Promise<Session> {
    return this.auth.handlers.signIn({ login, password }, call());
  }

  status(): LinkStatus {
    return this.sync.handlers.status({}, call()) as LinkStatus;
  }

  find(id: Id): StoredIssue | null {
    return readIssue(this.reader, id);
  }

  /** Takes a report in, as the person of the session. @returns its id */
  async receive(session: Session, description: string): Promise<Id> {
    const id = newId(Date.now());
    await this.mutate(session, 'issue.receive', {
      id, class: 'issue', service: '1022', siteId: session.siteId, channel: 'phone', receivedAtMs: Date.now(), severity: 'P3', description,
      place: { text: 'Đường Mẫu 1', areaId: null, landmark: '', lat: null, lon: null },
      reporter: { anonymous: true, name: '', phone: '', relation: '' },
    });
    return id;
  }

  async mutate(session: Session, name: MutationName, payload: Record<string, unknown>): Promise<void> {
    const actor = { personId: session.personId, unitId: session.unitId, roles: session.roles, scope: session.scope };
    await this.writer.call('issue.mutate', { actor, name, payload, atMs: this.sync.correctedNowMs(), draftId: null });
  }

  async loaded(): Promise<void> {
    await until(() => this.status().loading === null && this.status().link === 'up', 'the first copy');
  }

  async settled(): Promise<void> {
    await until(() => this.status().pending === 0, 'nothing unsent');
  }
}

/** Waits for something to become true; the time is only a stop for a test that would hang. */
export async function until(isTrue: () => boolean, what: string, atMostMs = 45_000): Promise<void> {
  const endMs = Date.now() + atMostMs;
  while (!isTrue()) {
    if (Date.now() > endMs) throw new Error(`waited in vain for ${what}`);
    await new Promise(resolve => setTimeout(resolve, 15));
  }
}
