import { isMainThread, parentPort } from 'node:worker_threads';
import BetterSqlite3 from 'better-sqlite3';
import { armed, OPENING, type WriterArm } from './arm.ts';

/**
 * Loaded before a console's core (`--import`): in the writer's thread it counts the statements of each command and kills the
 * process where the file says. The product does not know of it, and nothing else is changed.
 */
type Call = (this: { source?: string }, ...params: unknown[]) => unknown;
type Methods = Record<string, Call>;

const state = { command: OPENING, statements: 0 };

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

function watch(prototype: Methods, method: string, textOf: (self: { source?: string }, params: unknown[]) => string): void {
  const original = prototype[method];
  if (original === undefined) throw new Error(`better-sqlite3 has no ${method}`);
  prototype[method] = function watched(...params) {
    const where = armed<WriterArm>(process.env['KILL_FILE'] ?? '');
    if (where?.command !== state.command) return original.apply(this, params);
    const text = textOf(this, params);
    // What a start does before its migration is no point of it.
    if (state.command === OPENING && state.statements === 0 && !text.startsWith('VACUUM')) return original.apply(this, params);
    state.statements += 1;
    const commits = text === 'COMMIT';
    if (where.at !== 'committed' && (state.statements === where.at || (commits && state.command !== OPENING))) die();
    const result = original.apply(this, params);
    if (where.at === 'committed' && commits) die();
    return result;
  };
}

if (!isMainThread) {
  const db = new BetterSqlite3(':memory:');
  const statement = Object.getPrototypeOf(db.prepare('SELECT 1')) as Methods;
  for (const method of ['run', 'get', 'all']) watch(statement, method, self => self.source ?? '');
  for (const method of ['exec', 'pragma']) watch(Object.getPrototypeOf(db) as Methods, method, (_, [text]) => String(text));
  db.close();
  parentPort?.on('message', (message: { command?: string }) => {
    state.command = message.command ?? '';
    state.statements = 0;
  });
}
