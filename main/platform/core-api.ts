import type { AnyRouter } from '@orpc/server';
import type { ImportJob } from '../../contract/imports.ts';
import type { Id } from '../../contract/ids.ts';
import type { ImportReport, StickReport, StickRequest } from './core-messages.ts';
import type { Log } from './log.ts';

export interface CoreOptions {
  dataDir: string;
  /** 256-bit database key, 64 hex digits. */
  keyHex: string;
  version: string;
  /** True after a crash: whoever was signed in still is. */
  resume: boolean;
  log: Log;
}

/** Everything that a core process serves, once its capabilities stand. */
export interface Core {
  /** From `createDispatch`. */
  router: AnyRouter;
  /** Calls back with each beat of an alarm, and when what rings has changed; `unheard`: no window plays it. */
  onAlarm(listener: (call: { ringing: boolean; unheard: boolean }) => void): void;
  /** Imports a file in the name of someone whose password is checked first; ending the iteration early cancels. */
  importFile(path: string, login: string, password: string): AsyncIterable<ImportJob>;
  /** Makes or takes in a stick file in the name of someone whose password is checked first. */
  stickCommand(request: StickRequest): Promise<StickReport>;
  /** The lines of an import that a person must look at, in order of the file. */
  importReport(jobId: Id): ImportReport;
  close(): Promise<void>;
}

export type CreateCore = (options: CoreOptions) => Promise<Core>;
