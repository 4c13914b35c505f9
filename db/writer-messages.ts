import { AppError, type AppErrorData } from '../contract/errors.ts';
import type { DbChange, WriterCommand } from './writer-api.ts';

/** What the writer's thread needs to start. */
export interface WriterData { file: string; keyHex: string }

export type ToWriter = { call: number; command: WriterCommand; input: unknown } | { close: true };
export type FromWriter =
  | { ready: true }
  | { startFailed: WireError }
  | { change: DbChange }
  | { call: number; output: unknown }
  | { call: number; error: WireError }
  | { upkeepFailed: WireError };

/** An error as it crosses the thread: an `AppError` stays one, anything else keeps its words. */
export type WireError = { app: AppErrorData; cause?: string } | { message: string; stack: string };

export function toWire(error: unknown): WireError {
  if (error instanceof AppError) {
    const data = { app: { code: error.code, facts: error.facts } };
    return error.cause instanceof Error ? { ...data, cause: error.cause.message } : data;
  }
  return error instanceof Error ? { message: error.message, stack: error.stack ?? '' } : { message: String(error), stack: '' };
}

export function fromWire(error: WireError): Error {
  if ('app' in error) return new AppError(error.app.code, error.app.facts, error.cause === undefined ? undefined : { cause: new Error(error.cause) });
  const thrown = new Error(error.message);
  thrown.stack = error.stack;
  return thrown;
}
