import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../support/processes.ts';

/** Runs a piece of a script in a process of its own, with `programs` at hand; gives what it prints. */
function withPrograms(script: string): string[] {
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', `
    import { Programs } from ${JSON.stringify(`file://${join(ROOT, 'scripts/programs.mjs')}`)};
    const programs = new Programs(${JSON.stringify(ROOT)});
    // Told to end it ends by a signal; left alone, by itself and with 0.
    const stays = ['-e', 'setTimeout(() => {}, 8_000)'];
    const tells = (name, child) => { child.once('exit', (code, signal) => { console.log(name, signal ?? code); }); return child; };
    ${script}`], { encoding: 'utf8', timeout: 30_000, killSignal: 'SIGKILL' });
  expect(run.stderr).toBe('');
  return run.stdout.trim().split('\n');
}

test('a program that is added while the others end is told to end as well', () => {
  expect(withPrograms(`
    const first = tells('first', programs.spawn(process.execPath, stays));
    const ended = programs.end();
    const late = tells('late', programs.spawn(process.execPath, stays));
    await ended;
  `).sort()).toEqual(['first SIGTERM', 'late SIGTERM']);
});

test('a program that is added after the end does not get under way', () => {
  expect(withPrograms(`
    await programs.end();
    console.log('well', await programs.run(stays[0], stays.slice(1)), programs.ending);
  `)).toEqual(['well false true']);
});
