import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { generateKeyPairSync } from 'node:crypto';
import { BULK, type BulkJob, type BulkRequest } from '../../contract/bulk.ts';
import type { LinkStatus } from '../../contract/console.ts';
import { AppError } from '../../contract/errors.ts';
import type { Id } from '../../contract/ids.ts';
import type { Issue } from '../../contract/issue.ts';
import type { Actor } from '../../contract/mutations/facts.ts';
import type { MutationName } from '../../contract/mutations/payloads.ts';
import type { Scope } from '../../contract/org.ts';
import { allRows, blobToId, getRow, type Database } from '../../db/database.ts';
import { openDatabase } from '../../db/open.ts';
import { createRunner } from '../../db/runner.ts';
import { readUndoableLines } from '../../db/stores/bulk.ts';
import { readIssue } from '../../db/stores/issues.ts';
import { readStation } from '../../db/stores/station.ts';
import { readPulledSeq, readSyncState } from '../../db/stores/sync.ts';
import type { DbChange, StationRecord, Writer, WriterCommand } from '../../db/writer-api.ts';
import type { Sync } from '../../main/sync/api.ts';
import { createSync } from '../../main/sync/sync.ts';
import type { Random } from '../../province/sample/random.ts';
import { silentLog } from '../support/silent-log.ts';
import type { Fault } from './faults.ts';
import { createSimTransport, type Weather } from './link.ts';
import type { SimProvince } from './province.ts';
import type { VirtualTime } from './time.ts';

/** Sooner than a real console: a run lasts an hour or two. */
export const COMPARE_EVERY_MS = 3 * 60_000;
export const KEY = '5a'.repeat(32);
const key = generateKeyPairSync('ed25519');
/** One key for every console: what it proves is tested elsewhere. */
export const PUBLIC_KEY = key.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
export const PRIVATE_KEY = key.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');

/** A change that the console has said to be saved. Its number may become another one: where a record has to be offered again first. */
export interface Said { n: number; name: MutationName; issueId: Id; byId: Id; atMs: number; note: string | null }

export interface DeskDeps {
  folder: string; template: string; station: StationRecord; actor: Actor;
  time: VirtualTime; random: Random; weather: Weather; note: (fault: Fault) => void; province: SimProvince; stranger: SimProvince;
}

/** What belongs to one life of a console's process. */
interface Life { over: boolean; db: Database; reader: Database; sync: Sync; writer: Writer }

/** A workstation: real database, real exchange; only time, disk trouble and the link are made. */
export class SimDesk {
  readonly deps: DeskDeps;
  readonly said: Said[] = [];
  /** What the wall clock is wrong by, ms. */
  clockOffMs = 0;
  diskFull = false;
  #life: Life | null = null;
  #lives = 0;
  /** The lowest seq that the next page may leave behind. */
  #floor = 0;
  readonly #moments = new Set<number>();
  #bulk: BulkJob | null = null;

  constructor(deps: DeskDeps) {
    this.deps = deps;
  }

  get life(): Life {
    if (this.#life === null) throw new Error('the console is not running');
    return this.#life;
  }

  nowMs(): number {
    return this.deps.province.nowMs() + this.clockOffMs;
  }

  open(): void {
    const folder = join(this.deps.folder, String(this.#lives));
    const file = join(folder, 'console.db');
    if (this.#lives === 0) {
      mkdirSync(folder, { recursive: true });
      cpSync(this.deps.template, file);
    }
    const { time, random } = this.deps;
    const life = { over: false } as Life;
    life.db = openDatabase({ file, keyHex: KEY, role: 'writer' });
    life.writer = this.#writer(life);
    life.reader = openDatabase({ file, keyHex: KEY, role: 'reader' });
    life.sync = createSync({
      reader: life.reader, writer: life.writer, clock: { nowMs: () => this.nowMs() }, station: () => life.over ? null : readStation(life.reader), log: silentLog,
      timers: time, chance: () => random.unit(), compareEveryMs: COMPARE_EVERY_MS, transport: () => createSimTransport(this.deps, life),
    });
    this.#life = life;
    this.diskFull = false;                     // somebody has made room
    life.sync.start();
  }

  /** The process ends, wherever it is; what was committed is all that is left. */
  kill(): void {
    const { life } = this;
    this.#life = null;
    life.over = true;
    const [from, to] = [join(this.deps.folder, String(this.#lives)), join(this.deps.folder, String(++this.#lives))];
    mkdirSync(to);
    for (const end of ['', '-wal', '.open']) if (existsSync(join(from, `console.db${end}`))) cpSync(join(from, `console.db${end}`), join(to, `console.db${end}`));
    this.deps.time.after(0, () => void this.#bury(life, from));
  }

  async close(): Promise<void> {
    const { life } = this;
    this.#life = null;
    life.over = true;
    await this.#bury(life, this.deps.folder);
  }

  async #bury(life: Life, folder: string): Promise<void> {
    await life.sync.stop();
    life.reader.close();
    life.db.close();
    rmSync(folder, { recursive: true, force: true });
  }

  /** The door for writes, as in the core; shut once the process is gone. */
  #writer(life: Life): Writer {
    const runner = createRunner(life.db);
    const listeners = new Set<(change: DbChange) => void>();
    return {
      call: (command, input) => new Promise((resolve, reject) => {
        this.deps.time.sign();
        if (life.over) return;                   // nobody hears a process that has ended
        try {
          const ran = runner.run(command, input);
          this.#watch(command, life);
          if (ran.change !== null) for (const listener of listeners) listener(ran.change);
          resolve(ran.output);
          ran.upkeep();
        } catch (error) {
          if (error instanceof AppError && error.code === 'db/disk-full') this.deps.note('disk-full');
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      }),
      onChange(listener) { listeners.add(listener); return () => { listeners.delete(listener); }; },
      close: () => Promise.resolve(),
    };
  }

  /** Cursors never go back, but where the exchange begins anew. */
  #watch(command: WriterCommand, { db }: Life): void {
    if (command === 'sync.forgetCursor' || command === 'sync.provinceRestored') this.#floor = 0;
    const seq = readPulledSeq(db);
    if (seq < this.#floor) throw new Error(`${this.deps.station.stationCode}: ${command} took the cursor from ${this.#floor} back to ${seq}`);
    this.#floor = seq;
  }

  /** Nothing more fits on the disk, since something else has taken what was free; or everything does again. */
  setDisk(full: boolean): void {
    this.diskFull = full;
    const { db } = this.life;
    db.exec('CREATE TABLE IF NOT EXISTS ballast(bytes)');
    if (!full) {
      db.pragma(`max_page_count=${2 ** 30}`);
      db.exec('DELETE FROM ballast');
      return;
    }
    const pages = db.pragma('page_count', { simple: true }) as number;
    db.pragma(`max_page_count=${pages}`);
    try {
      for (;;) db.exec('INSERT INTO ballast VALUES (zeroblob(2000))');
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'SQLITE_FULL')) throw error;
    }
  }

  /** What a person does at this desk. @returns whether the console has said that it is saved */
  act(name: MutationName, payload: Record<string, unknown>): Promise<boolean> {
    return this.actAs(this.deps.actor, name, payload);
  }

  /** The same as whoever the console takes for somebody: what the province thinks of it is another matter. */
  async actAs(actor: Actor, name: MutationName, payload: Record<string, unknown>): Promise<boolean> {
    try {
      const atMs = this.#moment();
      const { n, id } = await this.life.writer.call('issue.mutate', { actor, name, payload, atMs, draftId: null });
      this.said.push({ n, name, issueId: id, byId: actor.personId, atMs, note: name === 'issue.note' ? String(payload['note']) : null });
      return true;
    } catch (error) {
      if (error instanceof AppError) return false;
      throw error;
    }
  }

  /** One action on many records, in one transaction; without a request, what the last one did is taken back. @returns whether it was written */
  async bulk(actor: Actor, id: Id, request: BulkRequest | null, ids: readonly Id[]): Promise<boolean> {
    const last = this.#bulk;
    if (request === null && last === null) return false;
    const items = request === null ? readUndoableLines(this.life.reader, last!.id) : ids.map((one, line) => ({ line, id: one }));
    const atMs = this.#moment();
    const job: BulkJob = {
      id, action: request?.action ?? last!.action, undoOf: request === null ? last!.id : null, status: 'running', total: items.length,
      done: 0, unchanged: 0, refused: 0, partly: 0, error: null, startedAtMs: atMs, endedAtMs: null, undoUntilMs: null,
    };
    try {
      const { lines } = await this.life.writer.call('bulk.batch', { job, actor, atMs, items, request });
      const name = BULK[job.action].mutation;
      for (const line of lines) if (line.end === 'done') this.said.push({ n: 0, name, issueId: line.id, byId: actor.personId, atMs, note: name === 'issue.note' ? String(request?.given['note']) : null });
      this.#bulk = request === null ? null : job;
      return true;
    } catch (error) {
      if (error instanceof AppError) return false;
      throw error;
    }
  }

  /** Now, as this console reckons. No two changes have the same moment, so that each can be told from the others. */
  #moment(): number {
    let atMs = this.life.sync.correctedNowMs();
    while (this.#moments.has(atMs)) atMs += 1;
    this.#moments.add(atMs);
    return atMs;
  }

  /** How many changes have been written here. */
  get written(): number {
    return getRow<{ value: number }>(this.life.reader, `SELECT value FROM counter WHERE name = 'mutation'`)?.value ?? 0;
  }

  find(id: Id): Issue | null {
    return readIssue(this.life.reader, id)?.issue ?? null;
  }

  issueIds(): Id[] {
    return allRows<{ id: Uint8Array }>(this.life.reader, 'SELECT id FROM issue ORDER BY id').map(row => blobToId(row.id));
  }

  /** What the console itself says of its link. */
  trouble(): object {
    const { link, lastError, loading } = this.life.sync.handlers.status({}, { session: null, signal: new AbortController().signal }) as LinkStatus;
    return { link, lastError, loading };
  }

  /** Records whose changes wait for somebody else to offer the record again. */
  heldIds(): Set<Id> {
    return new Set(allRows<{ id: Uint8Array }>(this.life.reader, 'SELECT DISTINCT issue_id AS id FROM outbox WHERE n < 0').map(row => blobToId(row.id)));
  }

  /** What this console believes that it may see. */
  get scope(): Scope {
    return (readStation(this.life.reader) ?? this.deps.station).scope;
  }

  /** Unsent, held back, and how far the cursor is. */
  state(): { pending: number; held: number; cursor: string | null; ackedN: number; pulledSeq: number } {
    const counts = getRow<{ pending: number; held: number }>(this.life.reader,
      'SELECT sum(acked_seq IS NULL AND n > 0) AS pending, sum(n < 0) AS held FROM outbox');
    const { cursor, ackedN } = readSyncState(this.life.reader);
    return { pending: counts?.pending ?? 0, held: counts?.held ?? 0, cursor, ackedN, pulledSeq: readPulledSeq(this.life.reader) };
  }
}
