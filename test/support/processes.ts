import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { putSampleCluster } from './sample-cluster.ts';

export const ROOT = join(import.meta.dirname, '../..');

/** What `province/index.ts` says when it is ready. */
export interface ProvinceReady {
  address: string; engine: string; provinceId: string; provinceName: string; seq: number;
  codes: { site: string; code: string }[];
  accounts: { login: string; password: string; role: string; name: string; site: string }[];
}

/** A program of ours that runs until it is stopped; `output` is what it printed so far. */
export interface Running<Ready> {
  ready: Ready; child: ChildProcess; output(): string;
  /** Ends it as an operator would (SIGTERM) and waits. */
  stop(): Promise<void>;
  /** Ends it as a power cut would (SIGKILL) and waits. */
  kill(): Promise<void>;
}

/** A temporary folder of this test's own, removed by `remove()`. */
export function temporaryFolder(name: string): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), `ioc-${name}-`));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) };
}

/**
 * Starts one of our programs and waits for the message that says it is ready.
 *
 * @throws {Error} with everything it printed, when it ends before that
 */
export async function startProgram<Ready>(script: string, args: string[], env: Record<string, string> = {}): Promise<Running<Ready>> {
  const child = fork(join(ROOT, script), args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env: { ...process.env, ...env }, execArgv: [] });
  const printed: string[] = [];
  child.stdout?.on('data', data => printed.push(String(data)));
  child.stderr?.on('data', data => printed.push(String(data)));
  const output = (): string => printed.join('');
  const ready = await new Promise<Ready>((resolve, reject) => {
    child.once('message', message => resolve(message as Ready));
    child.once('exit', code => reject(new Error(`${script} ended with ${code} before it was ready:\n${output()}`)));
  });
  const end = (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => new Promise(done => {
    if (child.exitCode !== null || child.signalCode !== null) return done();
    child.once('exit', () => done());
    child.kill(signal);
  });
  return { ready, child, output, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

/** A real province server on loopback over a folder (or 'memory'), or over a PostgreSQL server. `port` 0 takes a free one. */
export async function startProvince(options: { data: string; databaseUrl?: string; port?: number; sample?: 'none' | 'small' | 'full' | number; codes?: string }): Promise<Running<ProvinceReady>> {
  if (options.databaseUrl === undefined && options.data !== 'memory' && (options.sample ?? 'small') === 'small') await putSampleCluster(options.data);
  return startProgram<ProvinceReady>('province/index.ts', [
    'serve', '--port', String(options.port ?? 0), '--data', options.data, '--sample', String(options.sample ?? 'small'),
    ...(options.codes === undefined ? [] : ['--codes', options.codes]), '--json',
  ], options.databaseUrl === undefined ? {} : { DATABASE_URL: options.databaseUrl });
}

/** What `main/browser/index.ts` says when it is ready. */
export interface ConsoleReady { address: string; pid: number }

/** A real console in its browser shell; enrols itself when a province and a code are given. `timeZone`: what the PC is set to, if not to that of this machine. */
export function startConsole(options: { data: string; port?: number; province?: string; code?: string; name?: string; timeZone?: string }): Promise<Running<ConsoleReady>> {
  return startProgram<ConsoleReady>('main/browser/index.ts', [
    '--data', options.data, '--port', String(options.port ?? 0), '--no-open', '--json',
    ...(options.province === undefined ? [] : ['--province', options.province]),
    ...(options.code === undefined ? [] : ['--code', options.code]),
    ...(options.name === undefined ? [] : ['--name', options.name]),
  ], options.timeZone === undefined ? {} : { TZ: options.timeZone });
}
