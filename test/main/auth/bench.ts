import type { Session } from '../../../contract/console.ts';
import { AppError, type ErrorCode } from '../../../contract/errors.ts';
import { newId } from '../../../contract/ids.ts';
import type { Person, Site } from '../../../contract/org.ts';
import { openDatabase, type Database } from '../../../db/open.ts';
import { startWriter } from '../../../db/writer.ts';
import type { StationRecord, Writer } from '../../../db/writer-api.ts';
import { createAuth, type Auth } from '../../../main/auth/auth.ts';
import { call } from '../../support/desk.ts';
import { temporaryFolder } from '../../support/processes.ts';

const KEY = '7b'.repeat(32);
export const DAY_MS = 86_400_000;
export const site: Site = { id: newId(1), code: 'MAU', name: 'Trung tâm mẫu', tier: 'district' };
export const person = (login: string, name: string, more: Partial<Person> = {}): Person => ({
  id: newId(2), siteId: site.id, unitId: null, login, name, title: 'Trực ban', roles: ['truc_ban'], services: [], active: true, ...more,
});

/** A desk with a database of its own and a province that is a list of accounts. */
export class Bench {
  readonly folder = temporaryFolder('auth');
  /** What the machine's clock says, which anybody may set. */
  nowMs = 1_760_000_000_000;
  /** How long the process has run; begins anew with each. */
  steadyMs = 0;
  /** How far the province's clock is ahead, as measured last. */
  offsetMs = 0;
  linkTrouble: ErrorCode | null = null;
  readonly accounts = new Map<string, { person: Person; password: string }>();
  readonly station: StationRecord = {
    deviceId: newId(3), stationCode: 'MAU-01', stationName: 'Bàn 1', site, scope: { siteIds: [site.id], services: ['113', '1022'] },
    provinceId: newId(4), provinceName: 'Tỉnh mẫu', address: 'http://127.0.0.1:1', privateKey: '', sample: true,
  };
  writer!: Writer;
  reader!: Database;
  auth!: Auth;

  async open(options: { resume?: boolean; lockAfterMs?: number } = {}): Promise<this> {
    const file = `${this.folder.path}/console.db`;
    this.writer = await startWriter({ file, keyHex: KEY, thread: false });
    this.reader = openDatabase({ file, keyHex: KEY, role: 'reader' });
    this.auth = createAuth({
      reader: this.reader, writer: this.writer, clock: { nowMs: () => this.nowMs }, station: () => this.station, resume: options.resume ?? false,
      correctedNowMs: () => this.nowMs + this.offsetMs, steadyMs: () => this.steadyMs,
      ...(options.lockAfterMs === undefined ? {} : { lockAfterMs: options.lockAfterMs }),
      link: { signIn: async input => this.#atProvince(input) },
    });
    return this;
  }

  async restart(options: { resume?: boolean; lockAfterMs?: number } = {}): Promise<void> {
    await this.shut();
    this.steadyMs = 0;
    await this.open(options);
  }

  /** The province's rows, as sync brings them. */
  async replicate(...people: Person[]): Promise<void> {
    const rows = people.map((data, index) => ({ kind: 'person' as const, id: data.id, seq: index + 1, deleted: false, data: { ...data } }));
    await this.writer.call('sync.applyPage', { rows, cursor: 'c', verdicts: [], atMs: this.nowMs });
  }

  async account(of: Person, password: string): Promise<void> {
    this.accounts.set(of.login, { person: of, password });
    await this.replicate(of);
  }

  signIn(login: string, password: string): Promise<Session> {
    return this.auth.handlers.signIn({ login, password }, call());
  }

  unlock(password: string): Promise<Session> {
    return this.auth.handlers.unlock({ password }, call());
  }

  audit(): string[] {
    return this.reader.prepare<[], { action: string }>('SELECT action FROM audit ORDER BY seq').all().map(row => row.action);
  }

  async shut(): Promise<void> {
    this.auth.close();
    this.reader.close();
    await this.writer.close();
  }

  async #atProvince(input: { login: string; password: string }): Promise<{ person: Person; personToken: string; nowMs: number }> {
    if (this.linkTrouble !== null) throw new AppError(this.linkTrouble);
    const account = this.accounts.get(input.login);
    if (account?.password !== input.password) throw new AppError('auth/wrong-password');
    return { person: account.person, personToken: 'token', nowMs: this.nowMs + this.offsetMs };
  }
}
