import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { closeWriter, openDatabase } from './open.ts';
import { createRunner } from './runner.ts';
import type { DbChange, Writer, WriterCommand, WriterCommands } from './writer-api.ts';
import { fromWire, type FromWriter, type ToWriter, type WriterData } from './writer-messages.ts';

export interface WriterOptions {
  file: string; keyHex: string;
  /** false runs the commands in this thread, for tests. */
  thread: boolean;
  /** Told of trouble that no caller is waiting for: failed upkeep. Nothing is lost by it. */
  onTrouble?: (error: Error) => void;
}

/**
 * Opens (and migrates) the database for writing.
 *
 * @throws {AppError} as `openDatabase`
 */
export function startWriter(options: WriterOptions): Promise<Writer> {
  return options.thread ? startThread(options) : Promise.resolve().then(() => startHere(options));
}

type Listener = (change: DbChange) => void;

function startHere({ file, keyHex, onTrouble }: WriterOptions): Writer {
  const db = openDatabase({ file, keyHex, role: 'writer' });
  const runner = createRunner(db);
  const listeners = new Set<Listener>();
  return {
    async call(command, input) {
      const ran = runner.run(command, input);
      if (ran.change !== null) for (const listener of listeners) listener(ran.change);
      try {
        ran.upkeep();
      } catch (error) {
        onTrouble?.(error instanceof Error ? error : new Error(String(error)));
      }
      return ran.output;
    },
    onChange: listener => subscribe(listeners, listener),
    async close() {
      if (db.open) closeWriter(db, file);
    },
  };
}

function subscribe(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

interface Waiting { resolve: (output: never) => void; reject: (error: Error) => void }

async function startThread({ file, keyHex, onTrouble }: WriterOptions): Promise<Writer> {
  // The built console has the same two files side by side as .js.
  const entry = new URL(`./writer-thread${extname(import.meta.url)}`, import.meta.url);
  const worker = new Worker(entry, { workerData: { file, keyHex } satisfies WriterData });
  const listeners = new Set<Listener>();
  const waiting = new Map<number, Waiting>();
  const gone = { error: null as Error | null };
  const exited = new Promise<void>(resolve => worker.once('exit', () => resolve()));
  const ready = Promise.withResolvers<void>();
  const fail = (error: Error): void => {
    gone.error ??= error;
    ready.reject(error);
    for (const call of waiting.values()) call.reject(error);
    waiting.clear();
  };
  worker.on('message', (message: FromWriter) => {
    if ('change' in message) for (const listener of listeners) listener(message.change);
    else if ('ready' in message) ready.resolve();
    else if ('startFailed' in message) fail(fromWire(message.startFailed));
    else if ('upkeepFailed' in message) onTrouble?.(fromWire(message.upkeepFailed));
    else answer(waiting, message);
  });
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('the writer has ended')));
  await ready.promise;
  const calls = { next: 1 };
  return {
    call<C extends WriterCommand>(command: C, input: WriterCommands[C][0]): Promise<WriterCommands[C][1]> {
      if (gone.error !== null) return Promise.reject(gone.error);
      const call = calls.next++;
      return new Promise<WriterCommands[C][1]>((resolve, reject) => {
        waiting.set(call, { resolve, reject });
        worker.postMessage({ call, command, input } satisfies ToWriter, transferable(input));
      });
    },
    onChange: listener => subscribe(listeners, listener),
    async close() {
      if (gone.error === null) worker.postMessage({ close: true } satisfies ToWriter);
      await exited;
    },
  };
}

function answer(waiting: Map<number, Waiting>, message: Extract<FromWriter, { call: number }>): void {
  const call = waiting.get(message.call);
  waiting.delete(message.call);
  if ('error' in message) call?.reject(fromWire(message.error));
  else call?.resolve(message.output as never);
}

/** Bytes that fill their buffer are handed over rather than copied; a slice of a shared pool must not be. */
function transferable(input: unknown): ArrayBuffer[] {
  if (typeof input !== 'object' || input === null || !('bytes' in input)) return [];
  const { bytes } = input;
  if (!(bytes instanceof Uint8Array) || !(bytes.buffer instanceof ArrayBuffer)) return [];
  return bytes.byteLength === bytes.buffer.byteLength ? [bytes.buffer] : [];
}
