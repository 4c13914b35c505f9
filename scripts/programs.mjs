// The programs that one terminal runs together: they end together, and nothing of them is left.
import { fork, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What a program may take to end in order before it is killed. */
const END_WITHIN_MS = 10_000;
const LOOK_AT_STARTERS_MS = 1_000;

/** Who started this process: its parent, and behind the shell that npm puts between also npm, where /proc tells. */
function starters() {
  const parent = process.ppid;
  try {
    const isShell = readFileSync(`/proc/${parent}/cmdline`, 'utf8').split('\0')[1] === '-c';
    return isShell ? `${parent} ${/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${parent}/status`, 'utf8'))[1]}` : `${parent}`;
  } catch {
    return `${parent}`;
  }
}

export class Programs {
  #root;
  #running = new Set();
  #ending = null;
  #whenOneEnds = () => undefined;

  /** @param root folder that every program starts in */
  constructor(root) {
    this.#root = root;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => {
        if (this.#ending === null) this.#endAloud();
        // Ctrl+C once more: whoever presses it does not want to wait.
        else if (signal === 'SIGINT') this.#kill();
      });
    }
  }

  /** Somebody asked for the end, or something failed: what ends from now on does so because it was told to. */
  get ending() { return this.#ending !== null; }

  /** One of our own programs. `ready` resolves with what it says first, or null when it ended before. */
  fork(script, args) {
    const child = this.#add(fork(script, args, { cwd: this.#root, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }));
    const gone = new Promise(done => { child.once('exit', () => done(null)); });
    const answers = type => new Promise(done => {
      const hear = message => { if (type === null || message.type === type) { child.off('message', hear); done(message); } };
      child.on('message', hear);
    });
    return {
      child, gone,
      ready: Promise.race([answers(null), gone]),
      /** Sends a message and resolves with the next one of the same type, or null when the program ended before. */
      ask(message) {
        const answer = Promise.race([answers(message.type), gone]);
        if (child.connected) child.send(message);
        return answer;
      },
    };
  }

  /** A program with its own words on this terminal. */
  spawn(command, args) {
    return this.#add(spawn(command, args, { cwd: this.#root, stdio: 'inherit' }));
  }

  /** Runs a program to its end; true when it went well. */
  run(script, args) {
    const child = this.spawn(process.execPath, [script, ...args]);
    return new Promise(done => { child.once('exit', code => done(code === 0)); });
  }

  /** Ends everything once a process that started this one is gone: it was told to end, and could not tell us. */
  endWithStarters() {
    const first = starters();
    const look = setInterval(() => {
      if (starters() === first) return;
      clearInterval(look);
      if (!this.ending) this.#endAloud();
    }, LOOK_AT_STARTERS_MS);
    look.unref();
  }

  /** Ends everything in order; resolves when nothing runs any more. */
  end() {
    this.#ending ??= new Promise(done => {
      const hurry = setTimeout(() => this.#kill(), END_WITHIN_MS);
      // Also those that are added from now on count.
      this.#whenOneEnds = () => { if (this.#running.size === 0) { clearTimeout(hurry); done(); } };
      for (const child of this.#running) child.kill('SIGTERM');
      this.#whenOneEnds();
    });
    return this.#ending;
  }

  #endAloud() {
    console.log('\nĐang dừng…');
    void this.end();
  }

  #kill() { for (const child of this.#running) child.kill('SIGKILL'); }

  #add(child) {
    this.#running.add(child);
    const ended = () => { this.#running.delete(child); this.#whenOneEnds(); };
    child.once('exit', ended);
    child.once('error', ended);
    // Told to end between two programs: the second never gets under way.
    if (this.ending) child.kill('SIGTERM');
    return child;
  }
}
