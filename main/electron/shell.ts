import { join } from 'node:path';
import { app, dialog, Menu, powerSaveBlocker, session, utilityProcess, type BrowserWindow } from 'electron';
import { AppError, type AppErrorData } from '../../contract/errors.ts';
import { systemClock } from '../platform/clock.ts';
import { CoreCalls } from '../platform/core-calls.ts';
import type { Log } from '../platform/log.ts';
import { Supervisor } from '../supervisor.ts';
import { callAttention } from './alarm-call.ts';
import { connectWindow } from './broker.ts';
import { onShift } from './closing.ts';
import type { CommandLine } from './command-line.ts';
import { coreChild } from './core-child.ts';
import { reviveWindow } from './crash.ts';
import { loadKey } from './keychain.ts';
import { serveScreens } from './protocol.ts';
import { systemKeyStore } from './safe-storage.ts';
import { CLOSE_QUESTION, FAILURE_BUTTONS, sentencesOf, WINDOW_LOST } from './sentences.ts';
import { guardContents, guardSession } from './session-guards.ts';
import { OtherWindows } from './other-windows.ts';
import { focusWindow, openWindow } from './window.ts';

/** Where the built parts lie, seen from this file once bundled (out/main/index.js). */
const SCREENS = join(import.meta.dirname, '../renderer');
const PRELOAD = join(import.meta.dirname, '../preload/index.cjs');
const CORE = join(import.meta.dirname, '../core/core-process.js');
const ENROL_WITHIN_MS = 30_000;

interface ShellOptions { given: CommandLine; dataDir: string; log: Log }

/** From `ready` on: guards, key, core, window. A step that fails says so in a dialog and leaves the data as it was. */
export async function runShell({ given, dataDir, log }: ShellOptions): Promise<void> {
  try {
    const devTools = !app.isPackaged;
    const desk: { shell: Shell | null } = { shell: null };
    guardContents(log, url => { desk.shell?.openOther(url); });
    guardSession(session.defaultSession, devTools, log);
    serveScreens(session.defaultSession, SCREENS);
    setMenu();
    const key = await loadKey(dataDir, systemKeyStore(), given.allowUnsafeKey);
    log.info({ keyId: key.keyId, backend: key.backend, isNew: key.isNew }, 'database key ready');
    const supervisor = new Supervisor({
      fork: () => coreChild(utilityProcess.fork(CORE, [], { serviceName: 'IOC core', stdio: 'ignore' })),
      start: { dataDir, keyHex: key.keyHex, version: app.getVersion() }, clock: systemClock, log,
    });
    desk.shell = new Shell(supervisor, dataDir, devTools, log);
    desk.shell.run(given);
  } catch (error) {
    await failToStart(error, log);
  }
}

/** Says in a dialog why there is no window, and ends; after `ready`. */
export async function failToStart(error: unknown, log: Log): Promise<void> {
  log.error({ error }, 'shell cannot start');
  await showFailure(asData(error), false);
  app.exit(1);
}

class Shell {
  readonly #supervisor: Supervisor;
  readonly #core: CoreCalls;
  readonly #dataDir: string;
  readonly #devTools: boolean;
  readonly #log: Log;
  readonly #others: OtherWindows;
  #window: BrowserWindow | null = null;
  #ending = false;

  constructor(supervisor: Supervisor, dataDir: string, devTools: boolean, log: Log) {
    this.#supervisor = supervisor;
    this.#core = new CoreCalls(supervisor);
    this.#dataDir = dataDir;
    this.#devTools = devTools;
    this.#log = log;
    this.#others = new OtherWindows({ preload: PRELOAD, devTools, supervisor, log });
  }

  /** A page with a window of its own: the wallboard, what is printed. It goes with the console's window. */
  openOther(url: string): void {
    if (!this.#ending) this.#others.open(url, this.#window);
  }

  run(given: CommandLine): void {
    this.#supervisor.onState(state => { if (state.name === 'gave-up') void this.#coreGaveUp(state.error); });
    this.#supervisor.onMessage(message => { if (message.type === 'alarm') callAttention(this.#window, message); });
    this.#supervisor.start();
    if (given.enrol !== null) void this.#enrol(given.enrol);
    this.#open();
    powerSaveBlocker.start('prevent-app-suspension');
    // What the second start was told is not obeyed: it asked for a window, and here is one.
    app.on('second-instance', () => { focusWindow(this.#window); });
    app.on('activate', () => { focusWindow(this.#window); });
    app.on('before-quit', event => { if (!this.#ending) { event.preventDefault(); void this.#askToClose(); } });
    app.on('window-all-closed', () => { void this.#end(); });
    process.on('SIGINT', () => { void this.#end(); });
    process.on('SIGTERM', () => { void this.#end(); });
  }

  #open(): void {
    const window = openWindow({ preload: PRELOAD, placeFile: join(this.#dataDir, 'shell', 'window.json'), devTools: this.#devTools });
    this.#window = window;
    connectWindow(window, this.#supervisor, this.#log);
    reviveWindow(window, systemClock, this.#log, () => { void this.#windowLost(); });
    window.on('close', event => { if (!this.#ending) { event.preventDefault(); void this.#askToClose(); } });
    // Windows is being shut down or signed out of: there is no time for a question.
    window.on('session-end', () => { void this.#end(); });
  }

  /** Closing stops the alarms of this desk: while somebody is on shift it takes a second yes, and the safe answer is the first. */
  async #askToClose(): Promise<void> {
    const name = await onShift(this.#core);
    if (name !== null) {
      const { title, message, detail, stay, close } = CLOSE_QUESTION;
      const question = { type: 'warning' as const, title, message: message(name), detail, buttons: [stay, close], defaultId: 0, cancelId: 0, noLink: true };
      focusWindow(this.#window);
      const { response } = this.#window === null ? await dialog.showMessageBox(question) : await dialog.showMessageBox(this.#window, question);
      if (response !== 1) return;
    }
    await this.#end();
  }

  async #end(): Promise<void> {
    if (this.#ending) return;
    this.#ending = true;
    await this.#supervisor.stop();
    this.#others.close();
    this.#window?.destroy();
    this.#log.info({}, 'shell stopped');
    app.quit();
  }

  async #coreGaveUp(error: AppErrorData): Promise<void> {
    if (await showFailure(error, true)) this.#supervisor.start();
    else await this.#end();
  }

  async #windowLost(): Promise<void> {
    await dialog.showMessageBox({ type: 'error', title: 'IOC Console', message: WINDOW_LOST.what, detail: WINDOW_LOST.todo, buttons: [FAILURE_BUTTONS.close] });
    await this.#end();
  }

  async #enrol(enrol: NonNullable<CommandLine['enrol']>): Promise<void> {
    try {
      await this.#supervisor.ready();
      await this.#core.call(['station', 'enrol'], enrol, ENROL_WITHIN_MS);
    } catch (error) {
      const data = asData(error);
      this.#log.warn({ error }, 'enrolment by command line failed');
      // Enrolled before: the shortcut still carries the code, and nothing is wrong.
      if (data.code !== 'enrol/already-enrolled' && !this.#ending) await showFailure(data, false);
    }
  }
}

/** @returns whether the person wants another try */
async function showFailure(error: AppErrorData, mayRetry: boolean): Promise<boolean> {
  const { what, todo } = sentencesOf(error);
  const buttons = mayRetry ? [FAILURE_BUTTONS.retry, FAILURE_BUTTONS.close] : [FAILURE_BUTTONS.close];
  const { response } = await dialog.showMessageBox({ type: 'error', title: 'IOC Console', message: what, detail: todo, buttons, defaultId: 0, cancelId: buttons.length - 1, noLink: true });
  return mayRetry && response === 0;
}

function asData(error: unknown): AppErrorData {
  return error instanceof AppError ? { code: error.code, facts: error.facts } : { code: 'internal/unexpected', facts: {} };
}

/** No menu but on macOS, where copy and paste live in it. */
function setMenu(): void {
  Menu.setApplicationMenu(process.platform === 'darwin' ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }]) : null);
}
