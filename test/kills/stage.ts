import { setTimeout as pause } from 'node:timers/promises';
import type { LinkStatus } from '../../contract/console.ts';
import { clientOf, enrolStation, type Station } from '../province/support.ts';
import { temporaryFolder } from '../support/processes.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';
import { disarm } from './arm.ts';
import { KillConsole } from './console.ts';
import { check, type Ending } from './promises.ts';
import { KillProvince, type Engine } from './province.ts';

/** What a whole recovery may take. */
const SETTLED_WITHIN_MS = 40_000;

/** A province, two consoles behind a proxy each, and a station that only looks. All but the last are processes that are killed. */
export class KillStage {
  readonly #folder = temporaryFolder('kills');
  readonly province: KillProvince;
  readonly consoles: KillConsole[] = [];
  witness!: Station;

  private constructor(engine: Engine) {
    this.province = new KillProvince(this.#folder.path, engine);
  }

  static async open(engine: Engine): Promise<KillStage> {
    const stage = new KillStage(engine);
    await stage.province.start();
    const { address, codes, accounts } = stage.province.ready;
    const account = accounts.find(({ role, site }) => role === 'ca_truong' && site === 'BP');
    if (account === undefined) throw new Error('the sample has a shift leader');
    stage.witness = await enrolStation(address, codes.pop()?.code ?? '');
    for (const name of ['A', 'B']) {
      const proxy = await TcpProxy.start({ targetPort: stage.province.port });
      const console = new KillConsole({ name, folder: stage.#folder.path, proxy, account });
      stage.consoles.push(console);
      await console.start();
      await console.call('station', 'enrol', { address: proxy.address, code: codes.pop()?.code ?? '', stationName: `Bàn ${name}` });
      await console.signIn();
    }
    await stage.settle();
    return stage;
  }

  get folder(): string { return this.#folder.path; }
  get address(): string { return this.province.ready.address; }

  /** Brings back whatever has been killed, and waits until both consoles have everything and nothing waits. */
  async settle(): Promise<Ending> {
    for (const { killFile } of [this.province, ...this.consoles]) disarm(killFile);
    if (hasEnded(this.province)) await this.province.start();
    for (const console of this.consoles) {
      if (!hasEnded(console)) continue;
      console.checkLeft();
      await console.start();
      await console.signIn();
    }
    const waiting = { for: '' };
    await eventually(async () => { waiting.for = await this.#missing(); return waiting.for === ''; }, () => `both consoles to have everything: ${waiting.for}`);
    return check(this.address, this.witness, this.consoles);
  }

  /** What is not yet as it must become; empty when all is. */
  async #missing(): Promise<string> {
    const { seq } = await clientOf(this.address).health();
    for (const console of this.consoles) {
      const { link, pending, loading, lastError } = await console.call<LinkStatus>('sync', 'tryNow');
      const outbox = console.read(db => db.prepare<[], number>('SELECT count(*) FROM outbox').pluck().get());
      if (link !== 'up' || pending > 0 || loading !== null || console.cursorSeq() !== seq || outbox !== 0) {
        return JSON.stringify({ console: console.name, link, pending, loading, lastError, at: console.cursorSeq(), seq, outbox });
      }
    }
    return '';
  }

  async close(): Promise<void> {
    for (const console of this.consoles) {
      console.victim.kill();
      await console.victim.ended;
      await console.proxy.close();
    }
    await this.province.close();
    this.#folder.remove();
  }
}

/** Asks until it is so. @throws {Error} when it takes too long */
export async function eventually(isSo: () => Promise<boolean>, what: string | (() => string), withinMs = SETTLED_WITHIN_MS): Promise<void> {
  const endMs = Date.now() + withinMs;
  while (!await isSo()) {
    if (Date.now() > endMs) throw new Error(`waited in vain for ${typeof what === 'string' ? what : what()}`);
    await pause(40);
  }
}

function hasEnded({ victim: { child } }: KillConsole | KillProvince): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
