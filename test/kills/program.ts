import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

/** A process that is there to be killed. */
export interface Victim {
  child: ChildProcess;
  /** How it ended: the signal's name, or the exit code. */
  ended: Promise<string>;
  output(): string;
  /** Ends it as a power cut would, at once. */
  kill(): void;
}

const ROOT = join(import.meta.dirname, '../..');

/** Starts a program of ours with a module of this folder loaded before it, which looks into `killFile`. */
export function startVictim(script: string, args: string[], more: { preload: string; killFile: string; env?: Record<string, string> }): Victim {
  const child = fork(join(ROOT, script), args, {
    cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: ['--import', join(import.meta.dirname, more.preload)],
    env: { ...process.env, NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/compile'), ...more.env, KILL_FILE: more.killFile },
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', data => printed.push(String(data)));
  // Nobody else would end it if this process ended first.
  const end = (): void => { child.kill('SIGKILL'); };
  process.once('exit', end);
  const ended = new Promise<string>(resolve => {
    child.once('exit', (code, signal) => { process.off('exit', end); resolve(signal ?? String(code)); });
  });
  return { child, ended, output: () => printed.join(''), kill: () => { child.kill('SIGKILL'); } };
}
