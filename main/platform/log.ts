import { closeSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { redact, redactText } from './redact.ts';

type Write = (facts: object, message: string) => void;

/** A diary for the people who look after the machine: English, facts first, personal data taken out before it is written. */
export interface Log { debug: Write; info: Write; warn: Write; error: Write }

export interface LogOptions {
  dataDir: string;
  /** The file's first name: one per process, since two processes cannot rotate one file. */
  name: 'core' | 'shell';
  /** A file that has reached this size is put aside. */
  maxBytes?: number;
  /** How many files are kept, the current one among them. */
  keep?: number;
}

const MAX_BYTES = 4 * 1024 * 1024;
const KEEP = 5;

/**
 * JSON lines in `<dataDir>/logs/<name>.log`, at most `keep` files of `maxBytes`. Written at once, so that the line before
 * a crash is there; a full disk costs the line, never the console.
 */
export function createLog(options: LogOptions): Log & { close(): void } {
  const file = new RotatingFile(join(options.dataDir, 'logs'), options.name, options.maxBytes ?? MAX_BYTES, options.keep ?? KEEP);
  const lines = pino({
    base: { pid: process.pid },
    timestamp: () => `,"at":"${new Date().toISOString()}"`,
    formatters: { level: label => ({ level: label }) },
  }, file);
  const at = (level: 'debug' | 'info' | 'warn' | 'error'): Write =>
    (facts, message) => { lines[level](redact(facts), redactText(message)); };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), close: () => { file.close(); } };
}

class RotatingFile {
  readonly #dir: string;
  readonly #name: string;
  readonly #maxBytes: number;
  readonly #keep: number;
  #fd: number | undefined;
  #bytes = 0;

  constructor(dir: string, name: string, maxBytes: number, keep: number) {
    this.#dir = dir;
    this.#name = name;
    this.#maxBytes = maxBytes;
    this.#keep = keep;
  }

  write(line: string): void {
    try {
      if (this.#bytes + line.length > this.#maxBytes && this.#bytes > 0) this.#rotate();
      this.#bytes += writeSync(this.#open(), line);
    } catch {
      // A diary that cannot be written must not stop an operations centre.
      this.close();
    }
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }

  #open(): number {
    if (this.#fd === undefined) {
      mkdirSync(this.#dir, { recursive: true });
      this.#fd = openSync(this.#path(0), 'a', 0o600);
      this.#bytes = fstatSync(this.#fd).size;
    }
    return this.#fd;
  }

  #rotate(): void {
    this.close();
    rmSync(this.#path(this.#keep - 1), { force: true });
    for (let n = this.#keep - 2; n >= 0; n -= 1) {
      try {
        renameSync(this.#path(n), this.#path(n + 1));
      } catch {
        // There are fewer old files than may be kept.
      }
    }
    this.#bytes = 0;
  }

  #path(n: number): string {
    return join(this.#dir, n === 0 ? `${this.#name}.log` : `${this.#name}.${n}.log`);
  }
}
