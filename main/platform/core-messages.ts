import { z } from 'zod';
import { ImportJob, ImportLine } from '../../contract/imports.ts';
import { StickExport, StickReceived } from '../../contract/stick-desk.ts';
import { AppErrorData } from '../../contract/errors.ts';

/** A stick file by command line: `export` and `answers` name a folder, `import` a file. */
export const StickRequest = z.object({
  action: z.enum(['export', 'import', 'answers']), path: z.string().max(4_096), login: z.string().min(1).max(40), password: z.string().min(1).max(200),
});
export type StickRequest = z.infer<typeof StickRequest>;
export const StickReport = z.discriminatedUnion('action', [
  StickExport.extend({ action: z.literal('export'), file: z.string(), left: z.number().int() }),
  z.object({ action: z.literal('import'), received: StickReceived }),
  z.object({ action: z.literal('answers'), files: z.array(z.string()), waiting: z.number().int() }),
]);
export type StickReport = z.infer<typeof StickReport>;

/** What a shell tells its core process. A socket's handle or a message port travels beside the message, not in it. */
export const ToCore = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), dataDir: z.string(), keyHex: z.string().regex(/^[0-9a-f]{64}$/), version: z.string(), resume: z.boolean() }),
  /** An upgrade request that the shell has let in; `head` is what came after the headers, base64. */
  z.object({ type: z.literal('socket'), method: z.string(), url: z.string(), headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])), head: z.string() }),
  /** Electron: the renderer's end of a new channel is on its way to the window; ours comes with this message. */
  z.object({ type: z.literal('port') }),
  /** A procedure that anyone may call, asked by the shell itself (enrolment by command line). */
  z.object({ type: z.literal('call'), n: z.number(), path: z.tuple([z.string(), z.string()]), input: z.unknown() }),
  z.object({ type: z.literal('import'), n: z.number(), path: z.string(), login: z.string(), password: z.string() }),
  z.object({ type: z.literal('import-cancel'), n: z.number() }),
  StickRequest.extend({ type: z.literal('stick'), n: z.number() }),
  z.object({ type: z.literal('stop') }),
]);
export type ToCore = z.infer<typeof ToCore>;

/** What an import leaves to be told line by line, each list as far as it may be listed. */
export const ImportReport = z.object({
  refused: z.array(ImportLine),
  /** Lines that went in, but not all of them as the file has them. */
  warned: z.object({ total: z.number().int(), lines: z.array(ImportLine) }),
});
export type ImportReport = z.infer<typeof ImportReport>;
export const EMPTY_REPORT: ImportReport = { refused: [], warned: { total: 0, lines: [] } };

/** What a core process tells its shell. */
export const FromCore = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), stepsMs: z.record(z.string(), z.number()) }),
  /** The core cannot start, and why; it ends by itself after this. */
  z.object({ type: z.literal('failed'), error: AppErrorData }),
  /** What the alarms of this desk want of the shell, told when it changes and with each beat. */
  z.object({ type: z.literal('alarm'), ringing: z.boolean(), unheard: z.boolean() }),
  z.object({ type: z.literal('answer'), n: z.number(), output: z.unknown().optional(), error: AppErrorData.optional() }),
  z.object({ type: z.literal('import-job'), n: z.number(), job: ImportJob }),
  z.object({ type: z.literal('import-end'), n: z.number(), report: ImportReport, error: AppErrorData.optional() }),
]);
export type FromCore = z.infer<typeof FromCore>;
