import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConsoleState, LinkStatus } from '../../contract/console.ts';
import { AppError } from '../../contract/errors.ts';
import { readBuiltFiles } from '../platform/built-files.ts';
import { systemClock } from '../platform/clock.ts';
import { CoreCalls } from '../platform/core-calls.ts';
import { ensureWritableFolder } from '../platform/files.ts';
import { createLog, type Log } from '../platform/log.ts';
import { Supervisor } from '../supervisor.ts';
import { Access } from './access.ts';
import { forkCore } from './fork-core.ts';
import { listen } from './http-server.ts';
import { databaseKey } from './key.ts';
import { createLocalApi } from './local-api.ts';
import { announceConsole, withdrawConsole } from './running.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Which programs make up the console: the real ones, or a test's. */
export interface Parts { coreEntry: string; pages: string }
export const OWN_PARTS: Parts = { coreEntry: join(ROOT, 'dist/core/core-process.js'), pages: join(ROOT, 'dist/renderer') };

export interface Enrolment { address: string; code: string; stationName: string }

export interface ShellOptions {
  dataDir: string;
  /** 0 for any free port. */
  port: number;
  /** Used when the folder is not enrolled yet. */
  enrol: Enrolment | null;
  parts: Parts;
}

export interface Shell {
  /** With a fresh one-time token: it opens one browser. */
  address: string;
  supervisor: Supervisor;
  /** Address of the province server that the console is enrolled at; null before. */
  enrolledAt(): Promise<string | null>;
  /** @throws {AppError} 'enrol/…', 'link/…' */
  enrol(enrolment: Enrolment): Promise<void>;
  close(): Promise<void>;
}

/** A core with its supervisor, before there is any way for a browser to reach it. */
export function prepareCore(dataDir: string, coreEntry: string): { supervisor: Supervisor; calls: CoreCalls; log: Log; closeLog: () => void } {
  if (!existsSync(coreEntry)) throw new AppError('shell/not-built', {});
  ensureWritableFolder(dataDir);
  const keyHex = databaseKey(dataDir);
  const log = createLog({ dataDir, name: 'shell' });
  const supervisor = new Supervisor({ fork: () => forkCore(coreEntry, log), start: { dataDir, keyHex, version: productVersion() }, clock: systemClock, log });
  return { supervisor, calls: new CoreCalls(supervisor), log, closeLog: log.close };
}

/**
 * Starts the console behind a loopback address: folder, key, pages, port, core, enrolment, in this order.
 * Nothing is left running when one of them fails.
 *
 * @throws {AppError} 'shell/…', 'db/…', 'core/gave-up', 'enrol/…', 'link/…'
 */
export async function startShell(options: ShellOptions): Promise<Shell> {
  const { dataDir, parts } = options;
  const files = readBuiltFiles(parts.pages);
  const { supervisor, calls, log, closeLog } = prepareCore(dataDir, parts.coreEntry);
  const access = new Access();
  const local = createLocalApi({ calls, coreState: () => supervisor.state, newEntrance: () => access.newEntrance(), log });
  const { server, port } = await listen({ files, access, supervisor, calls, local }, options.port);
  const close = async (): Promise<void> => {
    await supervisor.stop();
    server.close();
    server.closeAllConnections();
    closeLog();
  };
  try {
    supervisor.start();
    await supervisor.ready();
    if (options.enrol !== null) await enrolOnce(calls, options.enrol);
  } catch (error) {
    await close();
    throw error;
  }
  const origin = `http://127.0.0.1:${port}`;
  announceConsole(dataDir, { origin, token: access.localToken, pid: process.pid });
  return {
    address: origin + access.newEntrance(),
    supervisor,
    enrolledAt: () => enrolledAt(calls),
    async enrol(enrolment) { await calls.call(['station', 'enrol'], enrolment); },
    async close() {
      withdrawConsole(dataDir);
      await close();
    },
  };
}

async function enrolledAt(calls: CoreCalls): Promise<string | null> {
  const { enrolled } = ConsoleState.parse(await calls.call(['station', 'state'], {}));
  return enrolled ? LinkStatus.parse(await calls.call(['sync', 'status'], {})).provinceAddress : null;
}

async function enrolOnce(calls: CoreCalls, enrolment: Enrolment): Promise<void> {
  const state = ConsoleState.parse(await calls.call(['station', 'state'], {}));
  if (!state.enrolled) await calls.call(['station', 'enrol'], enrolment);
}

function productVersion(): string {
  const parsed: unknown = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  if (typeof parsed !== 'object' || parsed === null || !('version' in parsed)) throw new Error('package.json without a version');
  return String(parsed.version);
}
