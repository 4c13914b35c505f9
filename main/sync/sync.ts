import type { LinkStatus } from '../../contract/console.ts';
import { AppError } from '../../contract/errors.ts';
import { pendingCounts } from '../../db/outbox.ts';
import { readRepairedRows } from '../../db/stores/replica.ts';
import { countParkedRows, readBeforeCopy, readSyncState } from '../../db/stores/sync.ts';
import { readTextFrom } from '../../db/text-behind.ts';
import type { DbChange, StationRecord } from '../../db/writer-api.ts';
import { enrolled } from '../platform/enrolled.ts';
import { systemTimers, type Timers } from '../platform/timers.ts';
import type { Sync, SyncDeps } from './api.ts';
import { provinceDesk } from './admin.ts';
import { approveRemoval } from './approval.ts';
import {
  afterFailure, afterSuccess, askedNow, brokeBeside, gotOn, liveEnded, liveProved, looking, lookRows, newsCame, nextStep, startState, wroteHere,
  type Done, type EngineState, type StepName,
} from './engine.ts';
import { ProvinceLine } from './line.ts';
import { listenLive } from './live.ts';
import { keepsOrder, Pages } from './pages.ts';
import { ProvinceClock } from './province-clock.ts';
import { pushOnce } from './push.ts';
import { compareWithProvince } from './repair.ts';
import { StatusReporter } from './reporter.ts';
import { roads } from './roads.ts';
import { askOver, type Asked } from './sign-in.ts';
import { followSession } from './session.ts';
import { FirstCopy } from './snapshot.ts';
import { linkStatus, loadingShare, type LinkState } from './status.ts';
import { TextFollower } from './text-follower.ts';
import { transportTo } from './transport.ts';
import { Waker } from './waker.ts';

/** A local write waits this long for its neighbours before it is sent. */
const COALESCE_MS = 20;
const TROUBLE_MS = 1_000;

/** Keeps this workstation and its province in step: carries out what the engine decides, one step after the other. */
export function createSync(deps: SyncDeps): Sync {
  const runner = new SyncRunner(deps);
  const tryNow = (): LinkStatus => { runner.tryNow(); return runner.status(); };
  const approval = { writer: deps.writer, correctedNowMs: () => runner.correctedNowMs(), tryNow };
  return {
    handlers: { status: () => runner.status(), tryNow, approveRemoval: (input, call) => approveRemoval(approval, input, call) },
    start: () => { runner.start(); }, stop: () => runner.stop(),
    ...provinceDesk((call, waitMs) => runner.ask(call, waitMs)),
    ...roads({ isFree: () => runner.isFree(), line: () => runner.line(), onFailed: error => { runner.failedBeside(error); } }),
    enrolled: firstToken => { runner.enrolled(firstToken); },
    linkIsUp: () => runner.linkIsUp(), status: () => runner.status(),
    correctedNowMs: () => runner.correctedNowMs(),
    onStatus: listener => runner.onStatus(listener), bytes: () => runner.bytes(),
  };
}

/** Everything that belongs to one line; made anew when the workstation is enrolled or its province's address changes. */
interface Session { line: ProvinceLine; pages: Pages; copy: FirstCopy; stopLive: () => void; abort: AbortController }

class SyncRunner {
  readonly #deps: SyncDeps;
  readonly #clock: ProvinceClock;
  readonly #timers: Timers;
  readonly #chance: () => number;
  readonly #waker: Waker;
  readonly #text: TextFollower;
  readonly #reporter = new StatusReporter(() => this.status());
  #engine: EngineState = startState(0);
  #session: Session | null = null;
  #running: Promise<void> | null = null;
  #stopped = false;
  #unsubscribe: () => void = () => undefined;
  #link: LinkState = { up: null, sinceMs: null };
  #lastSyncAtMs: number | null = null;
  /** The copy is in, what changed since it was made is not. */
  #catchingUp = false;
  /** Unsent mutations when last counted. */
  #pending = 0;
  #bytesOfFormerLines = { up: 0, down: 0 };
  #firstToken: string | null = null;
  #isWorking = false;

  constructor(deps: SyncDeps) {
    this.#deps = deps;
    this.#timers = deps.timers ?? systemTimers;
    this.#chance = deps.chance ?? Math.random;
    this.#waker = new Waker(this.#timers);
    this.#clock = new ProvinceClock(deps);
    // Of the pages that were read while all was written none is as it was: their memory goes back.
    this.#text = new TextFollower(deps, () => { deps.reader.pragma('shrink_memory'); });
  }

  start(): void {
    if (this.#running !== null) return;
    this.#readState();
    this.#unsubscribe = this.#deps.writer.onChange(change => { this.#changed(change); });
    this.#engine = startState(this.#timers.nowMs(), this.#deps.compareEveryMs);
    this.#running = this.#run();
    if (this.#textIsBehind()) this.#text.start();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unsubscribe();
    this.#reporter.stop();
    this.#waker.wake();
    this.#endSession();
    await Promise.all([this.#running, this.#text.stop()]);
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      try {
        const step = this.#decide();
        if (step.do === 'wait') await this.#waker.wait(step.untilMs - this.#timers.nowMs());
        else await this.#perform(step.do);
      } catch (error) {
        // Trouble of this machine (a busy or full disk) must not end the exchange for good.
        this.#deps.log.error({ error: String(error) }, 'sync could not go on');
        await this.#waker.wait(TROUBLE_MS);
      }
    }
  }

  #decide(): ReturnType<typeof nextStep> {
    const station = this.#deps.station();
    if (station === null) return nextStep(this.#engine, { nowMs: this.#timers.nowMs(), enrolled: false, hasCursor: false, pending: false });
    this.#sessionFor(station);
    return nextStep(this.#engine, {
      nowMs: this.#timers.nowMs(), enrolled: true, hasCursor: readSyncState(this.#deps.reader).cursor !== null,
      pending: pendingCounts(this.#deps.reader).pending > 0,
    });
  }

  async #perform(step: StepName): Promise<void> {
    const session = this.#session;
    if (session === null) throw new Error('a step without a session');
    this.#isWorking = step !== 'open-live';
    try {
      const done = await this.#carryOut(step, session);
      this.#engine = afterSuccess(this.#engine, step, done, this.#timers.nowMs());
      if (step === 'pull' && session.pages.behind) this.#engine = newsCame(this.#engine, this.#timers.nowMs());
      if (step !== 'open-live') this.#noteLink(true);
      if (step === 'open-session' || step === 'pull') this.#deps.onProvinceTime?.(this.correctedNowMs());
    } catch (error) {
      if (this.#stopped) return;
      await this.#failed(step, session, error);
    } finally {
      this.#isWorking = false;
    }
    this.#reporter.changed();
  }

  async #carryOut(step: StepName, session: Session): Promise<Done> {
    switch (step) {
      // One that is open already would prove nothing: another is asked for.
      case 'open-session': await (this.#engine.sessionOpen ? session.line.forget() : session.line).open(); return {};
      case 'snapshot': return this.#copyOn(session);
      case 'push': return { size: await pushOnce({ ...this.#deps, line: session.line, batch: this.#engine.pushBatch, signal: session.abort.signal }) };
      case 'pull': return this.#pull(session);
      case 'open-live': this.#openLive(session); return {};
      case 'compare': return { more: !(await compareWithProvince({ ...this.#deps, line: session.line, signal: session.abort.signal })).done };
    }
  }

  async #copyOn(session: Session): Promise<Done> {
    this.#catchingUp = await session.copy.step();
    if (this.#catchingUp && this.#textIsBehind()) this.#text.start();
    return {};
  }

  #textIsBehind(): boolean {
    return readTextFrom(this.#deps.reader) !== null;
  }

  async #pull(session: Session): Promise<Done> {
    const { cursor, ackedN } = readSyncState(this.#deps.reader);
    if (cursor === null) throw new Error('a look without a cursor');
    const rows = lookRows(this.#engine, { nowMs: this.#timers.nowMs(), pending: pendingCounts(this.#deps.reader).pending > 0 });
    this.#engine = looking(this.#engine, this.#timers.nowMs());
    const { more, size } = await session.pages.next({ cursor, rows, ackedN });
    const done: Done = rows === 0 ? { more } : { more, size };
    if (more) return done;
    this.#lastSyncAtMs = this.#deps.clock.nowMs();
    this.#catchingUp = false;
    return done;
  }

  #openLive(session: Session): void {
    session.stopLive();
    session.stopLive = listenLive({
      line: session.line, timers: this.#timers,
      onNews: seq => {
        if (session.pages.news(seq)) this.#engine = newsCame(this.#engine, this.#timers.nowMs());
        this.#waker.wake();
      },
      onProved: () => { this.#engine = liveProved(this.#engine); },
      onEnd: error => {
        this.#engine = liveEnded(this.#engine, { code: error.code, facts: error.facts }, this.#timers.nowMs(), this.#chance());
        if (error.code === 'device/token-expired') session.line.forget();
        this.#waker.wake();
      },
    });
  }

  async #failed(step: StepName, session: Session, cause: unknown): Promise<void> {
    const error = cause instanceof AppError ? cause : new AppError('internal/unexpected', {}, { cause });
    this.#deps.log.warn({ step, code: error.code, ...error.facts, ...(cause instanceof AppError ? {} : { error: String(cause) }) }, 'sync step failed');
    if (step === 'snapshot' && session.copy.gotOn()) this.#engine = gotOn(this.#engine, error.code);
    this.#engine = afterFailure(this.#engine, step, { code: error.code, facts: error.facts }, this.#timers.nowMs(), this.#chance());
    if (!this.#engine.sessionOpen) session.line.forget();
    if (!this.#engine.liveOpen) session.stopLive();
    if (this.#engine.lanes.link.failures > 0) this.#noteLink(false);
    if (error.code === 'sync/out-of-order' && typeof error.facts['expected'] === 'number') await this.#forgotten(error.facts['expected'] - 1);
    if (error.code !== 'sync/restart') return;
    session.pages.restart();
    await this.#deps.writer.call('sync.forgetCursor', { sameOrder: keepsOrder(error) });
  }

  /** The province was restored from an older copy: what it has forgotten of ours is offered again, under a new first copy. */
  async #forgotten(lastN: number): Promise<void> {
    const { again } = await this.#deps.writer.call('sync.provinceRestored', { lastN });
    if (again === 0) return;
    this.#session?.pages.restart();
    this.#deps.log.warn({ lastN, again }, 'the province has forgotten changes of ours; they are offered again');
  }

  #sessionFor(station: StationRecord): void {
    const now = this.#session?.line.station;
    if (now?.address === station.address && now.deviceId === station.deviceId) return;
    this.#endSession();
    const { writer, clock } = this.#deps;
    const abort = new AbortController();
    const onForgotten = (lastN: number): Promise<void> => this.#forgotten(lastN);
    const line = new ProvinceLine({ station, clock, transport: transportTo(station.address, this.#deps), token: this.#firstToken, onOffset: sample => { this.#clock.note(sample); },
      ackedN: () => readSyncState(this.#deps.reader).ackedN, onForgotten, onStickKeys: this.#deps.onStickKeys, onSession: said => followSession(this.#deps, said) });
    this.#firstToken = null;
    const shared = { line, writer, clock, signal: abort.signal };
    const pages = new Pages({ ...shared, onForgotten });
    const copy = new FirstCopy({
      ...shared, before: () => readBeforeCopy(this.#deps.reader), onProgress: () => { this.#reporter.changed(); },
      onFetched: cursor => { pages.lookAhead({ cursor, rows: this.#engine.pageRows, ackedN: readSyncState(this.#deps.reader).ackedN }); },
    });
    this.#session = { line, abort, stopLive: () => undefined, pages, copy };
  }

  #endSession(): void {
    const session = this.#session;
    if (session === null) return;
    const { up, down } = session.line.transport.bytes();
    this.#bytesOfFormerLines = { up: this.#bytesOfFormerLines.up + up, down: this.#bytesOfFormerLines.down + down };
    this.#session = null;
    session.stopLive();
    session.abort.abort();
    session.line.close();
  }

  /**
   * What a person asks of the province. It does not wait for the engine's next try: whoever stands at the screen is
   * the best reason to try now.
   */
  async ask<T>(call: Asked<T>, waitMs: number): Promise<T> {
    const station = enrolled(this.#deps.station());
    this.#sessionFor(station);
    const line = this.#session?.line;
    if (line === undefined) throw new AppError('link/unreachable', { reason: 'stopped' });
    // A session tells first whose province answers: a password is for ours only.
    const answer = await askOver(this.#engine.verified ? line : line.forget(), call, { waitMs, onFailed: error => { this.failedBeside(error); } });
    if (!this.linkIsUp()) this.tryNow();
    return answer;
  }

  /** A file or a sign-in did not come through. */
  failedBeside(error: unknown): void {
    if (!(error instanceof AppError)) return;
    this.#engine = brokeBeside(this.#engine, error.code, this.#timers.nowMs());
    this.#waker.wake();
  }

  enrolled(firstToken: string | null): void {
    this.#firstToken = firstToken;
    this.tryNow();
  }

  tryNow(): void {
    this.#engine = askedNow(this.#engine, this.#timers.nowMs());
    this.#waker.wake();
  }

  /** Nothing is to be pushed or pulled, and the province has proved to be ours: what is less urgent may go. */
  isFree(): boolean {
    if (this.#isWorking || this.#stopped || this.#deps.station() === null || !this.#engine.sessionOpen || !this.#engine.verified) return false;
    if (this.#engine.lanes.push.failures > 0 || this.#engine.lanes.pull.failures > 0) return false;
    const step = this.#decide();
    return step.do === 'wait' || step.do === 'open-live';
  }

  line(): ProvinceLine | null {
    return this.#session?.line ?? null;
  }

  linkIsUp(): boolean {
    return this.#link.up === true;
  }

  correctedNowMs(): number {
    return this.#clock.correctedNowMs();
  }

  bytes(): { up: number; down: number } {
    const now = this.#session?.line.transport.bytes() ?? { up: 0, down: 0 };
    return { up: this.#bytesOfFormerLines.up + now.up, down: this.#bytesOfFormerLines.down + now.down };
  }

  status(): LinkStatus {
    const { cursor } = readSyncState(this.#deps.reader);
    const station = this.#deps.station();
    return linkStatus({
      engine: this.#engine, link: this.#link, counts: pendingCounts(this.#deps.reader), offset: this.#clock.offset,
      lastSyncAtMs: this.#lastSyncAtMs, loading: station === null ? null : loadingShare({ hasCursor: cursor !== null, copied: this.#session?.copy.progress ?? 0, catchingUp: this.#catchingUp }), repairedRows: readRepairedRows(this.#deps.reader), parkedRows: countParkedRows(this.#deps.reader), textBehind: this.#textIsBehind(),
      address: station?.address ?? '', wallAheadMs: this.#deps.clock.nowMs() - this.#timers.nowMs(),
    });
  }

  onStatus(listener: (status: LinkStatus) => void): () => void {
    return this.#reporter.on(listener);
  }

  #readState(): void {
    const state = readSyncState(this.#deps.reader);
    this.#pending = pendingCounts(this.#deps.reader).pending;
    this.#lastSyncAtMs = state.lastSyncAtMs;
    this.#clock.resume(state);
  }

  #changed(change: DbChange): void {
    if (!change.tables.some(table => table === 'issue' || table === 'sync' || table === 'attention')) return;
    const { pending } = pendingCounts(this.#deps.reader);
    // Rows that came down change tables too; only a new mutation is a reason to send.
    if (pending > this.#pending) {
      this.#engine = wroteHere(this.#engine);
      this.#waker.wakeSoon(COALESCE_MS);
    }
    this.#pending = pending;
    this.#reporter.changed();
  }

  #noteLink(up: boolean): void {
    if (this.#link.up === up) return;
    this.#link = { up, sinceMs: this.#deps.clock.nowMs() };
    this.#deps.log.info({ up }, 'link changed');
  }
}
