import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LinkStatus, Session } from '../../contract/console.ts';
import { AppError, type AppErrorData } from '../../contract/errors.ts';
import { newId, type Id } from '../../contract/ids.ts';
import type { Issue } from '../../contract/issue.ts';
import { openDatabase, type Database } from '../../db/open.ts';
import { readIssue } from '../../db/stores/issues.ts';
import { readSyncState } from '../../db/stores/sync.ts';
import type { FromCore, ToCore } from '../../main/platform/core-messages.ts';
import type { TcpProxy } from '../support/tcp-proxy.ts';
import { startVictim, type Victim } from './program.ts';

const KEY = '5a'.repeat(32);

/** A change by the words that only it has, or by its record; `told`: its author heard that it is saved before the process ended. */
export interface Said { key: string; name: string; issueId: Id; told: boolean }

interface Waiting { resolve(output: unknown): void; reject(error: Error): void }

/** A console's core in a process of its own, as its shell starts it, and what was said to whoever sits at it. */
export class KillConsole {
  readonly name: string;
  readonly proxy: TcpProxy;
  readonly said: Said[] = [];
  readonly killFile: string;
  readonly #dir: string;
  readonly #account: { login: string; password: string };
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  victim!: Victim;
  session!: Session;
  /** The largest seq that its cursor has had. */
  seq = 0;

  constructor(at: { name: string; folder: string; proxy: TcpProxy; account: { login: string; password: string } }) {
    this.name = at.name;
    this.proxy = at.proxy;
    this.#account = at.account;
    this.#dir = join(at.folder, at.name);
    this.killFile = join(at.folder, `${at.name}.kill`);
    mkdirSync(this.#dir, { recursive: true });
  }

  get file(): string { return join(this.#dir, 'console.db'); }

  /** Starts the core. @returns false when it was killed before it was ready */
  async start(): Promise<boolean> {
    this.victim = startVictim('dist/core/core-process.js', [], { preload: 'in-writer.ts', killFile: this.killFile });
    const { child, ended } = this.victim;
    const ready = new Promise<FromCore>(resolve => child.once('message', message => { resolve(message as FromCore); }));
    child.on('message', message => { this.#take(message as FromCore); });
    void ended.then(() => {
      for (const call of this.#waiting.values()) call.reject(new Error('the core has ended'));
      this.#waiting.clear();
    });
    this.#post({ type: 'start', dataDir: this.#dir, keyHex: KEY, version: '0.0.0', resume: true });
    const first = await Promise.race([ready, ended]);
    if (typeof first === 'string') return false;
    if (first.type !== 'ready') throw new Error(`${this.name} cannot start: ${JSON.stringify(first)} ${this.victim.output()}`);
    return true;
  }

  async stop(): Promise<void> {
    this.#post({ type: 'stop' });
    await this.victim.ended;
  }

  /** A procedure, as a screen calls it. @throws {AppError} what the core answers; an Error when it ends first */
  async call<T>(part: string, name: string, input: object = {}): Promise<T> {
    if (!this.victim.child.connected) throw new Error('the core has ended');
    this.#asked += 1;
    const n = this.#asked;
    const answer = new Promise<unknown>((resolve, reject) => { this.#waiting.set(n, { resolve, reject }); });
    this.#post({ type: 'call', n, path: [part, name], input });
    return await answer as T;
  }

  /** Signed in, whatever the last end of the core has left of the session. */
  async signIn(): Promise<void> {
    const { session } = await this.call<{ session: Session | null }>('station', 'state');
    this.session = session === null || session.locked ? await this.call<Session>('auth', 'signIn', this.#account) : session;
    await this.call('auth', 'touch');
  }

  status(): Promise<LinkStatus> { return this.call<LinkStatus>('sync', 'status'); }

  /** Runs a look at the database beside the core, which may be running or not. */
  read<T>(look: (db: Database) => T): T {
    const db = openDatabase({ file: this.file, keyHex: KEY, role: 'reader' });
    try {
      return look(db);
    } finally {
      db.close();
    }
  }

  find(id: Id): Issue | undefined {
    return this.read(db => readIssue(db, id)?.issue);
  }

  /** The seq of its cursor; 0 while it has none. */
  cursorSeq(): number {
    return seqOf(this.read(db => readSyncState(db).cursor));
  }

  /** Opens the database for writing, while no core runs. */
  alter(work: (db: Database) => void): void {
    const db = openDatabase({ file: this.file, keyHex: KEY, role: 'writer' });
    work(db);
    db.close();
  }

  /** What the kill has left, looked at in a copy so that the next start finds it as it was. */
  checkLeft(): void {
    const copy = join(this.#dir, 'copy.db');
    for (const end of ['', '-wal']) if (existsSync(this.file + end)) copyFileSync(this.file + end, copy + end);
    const db = openDatabase({ file: copy, keyHex: KEY, role: 'writer' });
    const found = db.pragma('integrity_check');
    db.close();
    if (JSON.stringify(found) !== '[{"integrity_check":"ok"}]') throw new Error(`${this.name}: ${JSON.stringify(found)}`);
  }

  /** Takes a report in. @returns its id */
  async receive(): Promise<Id> {
    const id = newId(Date.now());
    await this.#write('issue.receive', id, mark => ({
      id, class: 'issue', service: '1022', siteId: this.session.siteId, channel: 'phone', receivedAtMs: Date.now(), severity: 'P3', description: mark,
      place: { text: 'Đường Mẫu 1', areaId: null, landmark: '', lat: null, lon: null }, reporter: { anonymous: true, name: '', phone: '', relation: '' },
    }));
    return id;
  }

  note(id: Id): Promise<void> { return this.#write('issue.note', id, mark => ({ id, note: mark })); }
  /** A new description, and with `alsoSeverity` a second field. */
  edit(id: Id, alsoSeverity: boolean): Promise<void> {
    const from = this.find(id)?.description;
    return this.#write('issue.edit', id, mark => ({ id, fields: { description: { from, to: mark }, ...(alsoSeverity ? { severity: { from: 'P3', to: 'P2' } } : {}) } }));
  }

  verify(id: Id): Promise<void> { return this.#write('issue.startVerification', id, () => ({ id })); }

  async #write(name: string, issueId: Id, payloadOf: (mark: string) => Record<string, unknown>): Promise<void> {
    const payload = payloadOf(`⟦${this.name}-${this.said.length + 1}⟧ Gọi lại, đã rõ ${newId(Date.now())}${newId(Date.now())}`);
    const said: Said = { key: keyOf(name, payload), name, issueId, told: false };
    this.said.push(said);
    await this.call('issues', 'mutate', { name, payload });
    said.told = true;
  }

  #post(message: ToCore): void {
    if (this.victim.child.connected) this.victim.child.send(message, () => undefined);
  }

  #take(message: FromCore): void {
    if (message.type !== 'answer') return;
    const waiting = this.#waiting.get(message.n);
    this.#waiting.delete(message.n);
    if (message.error === undefined) waiting?.resolve(message.output);
    else waiting?.reject(errorOf(message.error));
  }
}

/** The seq that a cursor stands for; 0 when there is none. */
export function seqOf(cursor: string | null): number {
  return Number(cursor?.split('.')[2] ?? 0);
}

/** What a change is known by, here and in the log of judged ones. */
export function keyOf(name: string, payload: object): string {
  const text = JSON.stringify(payload);
  // An edit also has the words that it replaces; its own come last.
  return [...text.matchAll(/⟦[^⟧]+⟧/g)].at(-1)?.[0] ?? `${name} ${text}`;
}

function errorOf({ code, facts }: AppErrorData): Error {
  return new AppError(code, facts);
}
