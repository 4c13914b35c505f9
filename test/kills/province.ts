import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ReadyMessage } from '../../province/serve.ts';
import { startPostgres, type TemporaryPostgres } from '../province/postgres.ts';
import { startVictim, type Victim } from './program.ts';

export type Engine = 'pglite' | 'postgresql';
const ROOT = join(import.meta.dirname, '../..');

/** A province server in a process of its own that comes back on the same port and the same data. */
export class KillProvince {
  readonly killFile: string;
  readonly #data: string;
  readonly #postgres: TemporaryPostgres | null;
  #port = 0;
  victim!: Victim;
  ready!: ReadyMessage;

  constructor(folder: string, engine: Engine) {
    this.#data = join(folder, 'province');
    this.killFile = join(folder, 'province.kill');
    this.#postgres = engine === 'pglite' ? null : startPostgres();
  }

  get port(): number { return this.#port; }

  async start(): Promise<void> {
    const args = ['serve', '--port', String(this.#port), '--data', this.#data, '--sample', 'small', ...(this.#port === 0 ? ['--codes', 'BP,BP,BP'] : []), '--json'];
    this.victim = startVictim('province/index.ts', args, { preload: 'in-server.ts', killFile: this.killFile, env: this.#env() });
    const { child, ended } = this.victim;
    const ready = await Promise.race([new Promise<ReadyMessage>(resolve => child.once('message', message => { resolve(message as ReadyMessage); })), ended]);
    if (typeof ready === 'string') throw new Error(`the province ended with ${ready}: ${this.victim.output()}`);
    if (this.#port === 0) { this.ready = ready; this.#port = Number(new URL(ready.address).port); }
  }

  /** A command of the operator, in a process of its own. */
  async command(...args: string[]): Promise<Record<string, unknown>> {
    const { stdout } = await promisify(execFile)(process.execPath, [join(ROOT, 'province/index.ts'), ...args, '--data', this.#data, '--json'], { env: { ...process.env, ...this.#env() } });
    return JSON.parse(stdout) as Record<string, unknown>;
  }

  async close(): Promise<void> {
    this.victim?.kill();
    await this.victim?.ended;
    this.#postgres?.stop();
  }

  #env(): Record<string, string> {
    return this.#postgres === null ? {} : { DATABASE_URL: this.#postgres.url };
  }
}
