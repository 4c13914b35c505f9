import { openDatabase } from '../../db/open.ts';
import { createRunner } from '../../db/runner.ts';
import type { WriterCommand, WriterCommands } from '../../db/writer-api.ts';

/**
 * Runs one command on a database and kills this process with SIGKILL just before its k-th writing statement, BEGIN and
 * COMMIT among them. Says "saved" only after the command has answered, as the console does.
 */
const [file = '', keyHex = '', killAt = '0', command = '', input = ''] = process.argv.slice(2);
const db = openDatabase({ file, keyHex, role: 'writer' });
const runner = createRunner(db);
const seen = { statements: 0 };
const prototype = Object.getPrototypeOf(db.prepare('SELECT 1')) as Record<'run' | 'get' | 'all', (this: unknown, ...params: unknown[]) => unknown>;
for (const method of ['run', 'get', 'all'] as const) {
  const original = prototype[method];
  prototype[method] = function counted(...params) {
    if (method === 'run' || !(this as { readonly: boolean }).readonly) seen.statements++;
    if (seen.statements === Number(killAt)) process.kill(process.pid, 'SIGKILL');
    return original.apply(this, params);
  };
}
runner.run(command as WriterCommand, JSON.parse(input) as WriterCommands[WriterCommand][0]);
process.stdout.write(`saved after ${seen.statements}`);
