import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { armed, type ServerArm } from './arm.ts';

/**
 * Loaded before a province server (`--import`): sees every statement on its way to the engine, embedded or not, and kills the
 * process where the file says. The product does not know of it, and nothing else is changed.
 */
type Call = (this: object, ...params: unknown[]) => unknown;

/** Whether the first of the two statements has passed, for each connection. */
const passed = new WeakSet<object>();

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

function watch(prototype: Record<string, Call>, method: string, textOf: (input: unknown) => string): void {
  const original = prototype[method];
  if (original === undefined) throw new Error(`the engine has no ${method}`);
  prototype[method] = function watched(...params) {
    const where = armed<ServerArm>(process.env['KILL_FILE'] ?? '');
    if (where === null) return original.apply(this, params);
    const text = textOf(params[0]);
    const is = passed.has(this) && text.includes(where.then);
    if (text.includes(where.after)) passed.add(this);
    if (is && where.at === 'before') die();
    const result = original.apply(this, params);
    if (!is) return result;
    if (result instanceof Promise) return result.then(done => { die(); return done as unknown; });
    die();
    return result;
  };
}

watch(PGlite.prototype as unknown as Record<string, Call>, 'execProtocolRawSync', message => Buffer.from(message as Uint8Array).toString('latin1'));
watch(pg.Client.prototype as unknown as Record<string, Call>, 'query', input => (typeof input === 'string' ? input : String((input as { text?: string } | undefined)?.text ?? '')));
