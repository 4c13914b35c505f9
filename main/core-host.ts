import type { Socket } from 'node:net';
import { createRouterClient } from '@orpc/server';
import { ORPCError } from '@orpc/client';
import { AppError, AppErrorData } from '../contract/errors.ts';
import { systemClock } from './platform/clock.ts';
import type { Core, CreateCore } from './platform/core-api.ts';
import { EMPTY_REPORT, type FromCore, type ToCore } from './platform/core-messages.ts';
import { lockFolder, type FolderLock } from './platform/files.ts';
import { createLog, type Log } from './platform/log.ts';
import type { Parent } from './core-parent.ts';
import { createWireServer, type WirePort, type WireServer } from './wire/serve.ts';

/** An orderly end that takes longer than this is not coming; the database is safe without it (WAL, synchronous=FULL). */
const CLOSE_WITHIN_MS = 8_000;
const EXIT_CRASHED = 70;

type Start = Extract<ToCore, { type: 'start' }>;
interface Running { core: Core; wire: WireServer; lock: FolderLock; log: Log; imports: Map<number, AsyncIterator<unknown>> }

/**
 * Runs a core in this process for a parent: waits for 'start', serves until 'stop' or until the parent is gone, and ends
 * the process. Crash handlers come first, so that whatever fails later leaves a line in the diary.
 */
export function hostCore(parent: Parent, createCore: CreateCore): void {
  const host = new CoreHost(parent, createCore);
  process.on('uncaughtException', error => { host.crash(error); });
  process.on('unhandledRejection', error => { host.crash(error); });
  // Ctrl+C and a closed terminal reach the whole group; the shell decides, and tells us.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});
  process.on('SIGTERM', () => { void host.stop('SIGTERM'); });
  parent.onGone(() => { void host.stop('parent gone'); });
  parent.onMessage((message, handle) => { host.take(message, handle); });
}

class CoreHost {
  readonly #parent: Parent;
  readonly #createCore: CreateCore;
  #log: Log | null = null;
  #starting: Promise<Running | null> | null = null;
  #running: Running | null = null;
  #stopping = false;

  constructor(parent: Parent, createCore: CreateCore) {
    this.#parent = parent;
    this.#createCore = createCore;
  }

  take(message: ToCore, handle: Socket | WirePort | undefined): void {
    switch (message.type) {
      case 'start': this.#starting ??= this.#start(message); return;
      case 'stop': void this.stop('asked'); return;
      case 'socket': this.#takeSocket(message, handle); return;
      case 'port': if (this.#running !== null && isPort(handle)) this.#running.wire.servePort(handle); return;
      case 'call': void this.#call(message); return;
      case 'stick': void this.#answer(message.n, () => this.#need().core.stickCommand(message)); return;
      case 'import': void this.#import(message); return;
      case 'import-cancel': void this.#running?.imports.get(message.n)?.return?.(); return;
      default: throw new Error('unreachable message');
    }
  }

  crash(error: unknown): void {
    this.#log?.error({ error }, 'core crashed');
    process.exit(EXIT_CRASHED);
  }

  async stop(reason: string): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    setTimeout(() => { process.exit(EXIT_CRASHED); }, CLOSE_WITHIN_MS).unref();
    const running = await this.#starting;
    if (running) {
      running.wire.close();
      await Promise.all([...running.imports.values()].map(jobs => jobs.return?.()));
      await running.core.close();
      running.lock.release();
      running.log.info({ reason }, 'core stopped');
    }
    process.exit(0);
  }

  async #start(start: Start): Promise<Running | null> {
    const log = createLog({ dataDir: start.dataDir, name: 'core' });
    this.#log = log;
    const steps = new Stopwatch();
    let lock: FolderLock | null = null;
    try {
      lock = lockFolder(start.dataDir, systemClock.nowMs());
      steps.done('lock');
      if (lock.afterCrash) log.warn({}, 'the last stop was not a clean one');
      const core = await this.#createCore({ dataDir: start.dataDir, keyHex: start.keyHex, version: start.version, resume: start.resume, log });
      steps.done('core');
      this.#running = { core, lock, log, wire: createWireServer(core.router, log), imports: new Map() };
      log.info({ stepsMs: steps.ms, version: start.version, resume: start.resume }, 'core ready');
      core.onAlarm(call => { this.#parent.post({ type: 'alarm', ...call }); });
      this.#parent.post({ type: 'ready', stepsMs: steps.ms });
      return this.#running;
    } catch (error) {
      log.error({ error, stepsMs: steps.ms }, 'core cannot start');
      lock?.release();
      this.#parent.post({ type: 'failed', error: asData(error) }, () => { process.exit(1); });
      return null;
    }
  }

  #takeSocket(message: Extract<ToCore, { type: 'socket' }>, handle: Socket | WirePort | undefined): void {
    if (!isSocket(handle)) return;
    if (this.#running === null || this.#stopping) handle.destroy();
    else this.#running.wire.serveSocket(message, handle);
  }

  async #call(message: Extract<ToCore, { type: 'call' }>): Promise<void> {
    const { n, path: [part, name] } = message;
    await this.#answer(n, () => {
      const procedure = childOf(childOf(createRouterClient(this.#need().core.router), part), name);
      if (typeof procedure !== 'function') throw new Error(`no procedure ${part}.${name}`);
      return procedure(message.input) as unknown;
    });
  }

  async #answer(n: number, work: () => unknown): Promise<void> {
    try {
      this.#parent.post({ type: 'answer', n, output: await work() });
    } catch (error) {
      this.#parent.post({ type: 'answer', n, error: this.#unexpected(error) });
    }
  }

  async #import(message: Extract<ToCore, { type: 'import' }>): Promise<void> {
    const { n } = message;
    const done = { jobId: null as string | null };
    const post = (end: Omit<Extract<FromCore, { type: 'import-end' }>, 'type' | 'n'>): void => { this.#parent.post({ type: 'import-end', n, ...end }); };
    try {
      const { core, imports } = this.#need();
      const jobs = core.importFile(message.path, message.login, message.password)[Symbol.asyncIterator]();
      imports.set(n, jobs);
      for (let step = await jobs.next(); step.done !== true; step = await jobs.next()) {
        done.jobId = step.value.id;
        this.#parent.post({ type: 'import-job', n, job: step.value });
      }
      post({ report: done.jobId === null ? EMPTY_REPORT : core.importReport(done.jobId) });
    } catch (error) {
      post({ report: EMPTY_REPORT, error: this.#unexpected(error) });
    } finally {
      this.#running?.imports.delete(n);
    }
  }

  #need(): Running {
    if (this.#running === null || this.#stopping) throw new AppError('core/starting');
    return this.#running;
  }

  #unexpected(error: unknown): AppErrorData {
    const data = asData(error);
    if (data.code === 'internal/unexpected') this.#log?.error({ error }, 'call of the shell failed unexpectedly');
    return data;
  }
}

class Stopwatch {
  readonly ms: Record<string, number> = {};
  #atMs = performance.now();

  done(step: string): void {
    const nowMs = performance.now();
    this.ms[step] = Math.round(nowMs - this.#atMs);
    this.#atMs = nowMs;
  }
}

function asData(error: unknown): AppErrorData {
  if (error instanceof AppError) return { code: error.code, facts: error.facts };
  const fromWire = error instanceof ORPCError ? AppErrorData.safeParse(error.data) : undefined;
  return fromWire?.success === true ? fromWire.data : { code: 'internal/unexpected', facts: {} };
}

function childOf(value: unknown, key: string): unknown {
  const holder = (typeof value === 'object' && value !== null) || typeof value === 'function';
  return holder ? Reflect.get(value, key) : undefined;
}

function isSocket(handle: Socket | WirePort | undefined): handle is Socket {
  return handle !== undefined && 'destroy' in handle;
}

function isPort(handle: Socket | WirePort | undefined): handle is WirePort {
  return handle !== undefined && 'postMessage' in handle && !('destroy' in handle);
}
