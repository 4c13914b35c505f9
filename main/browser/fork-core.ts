import { fork } from 'node:child_process';
import { Socket } from 'node:net';
import { join } from 'node:path';
import type { Log } from '../platform/log.ts';
import type { CoreChild } from '../supervisor.ts';

/**
 * The core lives for days beside other programs: both threads keep little beyond what they use, and can clear up at once after a first copy
 * (`db/memory.ts`). `--optimize-for-size` would keep 20 MB less on the way, for a copy that takes a fifth longer.
 */
const LEAN = ['--max-semi-space-size=4', '--heap-growing-percent=20', '--expose-gc'];

/**
 * One allocator arena instead of one a thread, and a fixed size from which memory goes back to the system as soon as it is let go
 * (glibc raises it with every large piece; the size of a database's page would make each page a call of the system); what is compiled is kept. Whoever set one of them already knows better.
 */
function leanEnvironment(): Record<string, string> {
  return { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '65536', NODE_COMPILE_CACHE: join(import.meta.dirname, '../../node_modules/.cache/compile') };
}

/** Starts a core process under this Node; what it prints (only crashes do) goes into the diary, never to the operator. */
export function forkCore(entry: string, log: Log): CoreChild {
  const child = fork(entry, [], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: LEAN, env: { ...leanEnvironment(), ...process.env } });
  const leaving = new Set<Socket>();
  const exitListeners = new Set<(how: string) => void>();
  const ended = { how: null as string | null };
  const end = (how: string): void => {
    if (ended.how !== null) return;
    ended.how = how;
    // Sockets that were still waiting to be handed over belong to nobody now.
    for (const socket of leaving) socket.destroy();
    for (const listener of exitListeners) listener(how);
  };
  child.on('error', error => { end(error.message); });
  child.on('exit', (code, signal) => { end(signal ?? `exit ${code}`); });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => { log.warn({ output: chunk.toString('utf8') }, 'core printed'); });
  }
  return {
    pid: child.pid,
    post(message, handle) {
      if (!(handle instanceof Socket)) {
        child.send(message, error => { if (error !== null) log.warn({ error, type: message.type }, 'core did not take a message'); });
        return;
      }
      leaving.add(handle);
      child.send(message, handle, error => {
        leaving.delete(handle);
        if (error !== null) handle.destroy();
      });
    },
    onMessage(listener) { child.on('message', listener); },
    onExit(listener) {
      if (ended.how === null) exitListeners.add(listener);
      else listener(ended.how);
    },
    kill() { child.kill('SIGKILL'); },
  };
}
