import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mountSmallDisk, type SmallDisk } from '../support/small-disk.ts';

export interface TemporaryPostgres {
  url: string;
  /** All of it lies on this disk; null where none was asked for, or this user may not make one. */
  disk: SmallDisk | null;
  /** Whether it takes connections; where it has ended it is started again, as by the machine's service manager. */
  isReady(): boolean;
  /** A standby that follows this one. */
  standby(): TemporaryPostgres;
  /** Makes a standby the one that is written to. */
  promote(): void;
  stop(): void;
}

const PLACES = '/usr/lib/postgresql';

/** Why there is no PostgreSQL server to test with on this machine; null when there is one. */
export function postgresMissing(): string | null {
  if (binFolder() === null) return `no PostgreSQL server under ${PLACES}`;
  return process.getuid?.() === 0 && userOf() === null ? 'no user but root to run PostgreSQL as' : null;
}

function binFolder(): string | null {
  if (!existsSync(PLACES)) return null;
  const newest = readdirSync(PLACES).sort((a, b) => Number(b) - Number(a)).map(version => join(PLACES, version, 'bin')).find(bin => existsSync(join(bin, 'initdb')));
  return newest ?? null;
}

/** PostgreSQL refuses root: whoever is there instead. */
function userOf(): { uid: number; gid: number } | null {
  for (const name of ['postgres', 'nobody']) {
    const uid = spawnSync('id', ['-u', name], { encoding: 'utf8' });
    const gid = spawnSync('id', ['-g', name], { encoding: 'utf8' });
    if (uid.status === 0 && gid.status === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  return null;
}

export interface PostgresOptions {
  /** Flushes each commit to the disk, as in daily life. */
  durable?: boolean;
  /** On a disk of its own of this size, with a log in small pieces. */
  diskMb?: number;
}

/** A server of its own in a temporary folder, reachable by a Unix socket only. */
export function startPostgres(options: PostgresOptions = {}): TemporaryPostgres {
  const pieces = options.diskMb === undefined ? [] : ['--wal-segsize=1'];
  return runIn(options, (run, data) => { run('initdb', ['-D', data, '-U', 'tester', '-A', 'trust', '-E', 'UTF8', '--no-sync', ...pieces]); });
}

type Run = (program: string, args: string[]) => void;

function settingsOf({ durable, diskMb }: PostgresOptions): string {
  return `${durable === true ? '' : ' -c fsync=off'}${diskMb === undefined ? '' : ' -c min_wal_size=2MB -c max_wal_size=8MB'}`;
}

function runIn(options: PostgresOptions, fill: (run: Run, data: string) => void): TemporaryPostgres {
  const bin = binFolder();
  if (bin === null) throw new Error('no PostgreSQL here');
  const folder = mkdtempSync(join(tmpdir(), 'ioc-postgres-'));
  const disk = options.diskMb === undefined ? null : mountSmallDisk(folder, options.diskMb);
  const user = process.getuid?.() === 0 ? userOf() : null;
  if (user !== null) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const run: Run = (program, args) => { execFileSync(join(bin, program), args, { ...(user ?? {}), cwd: folder, stdio: 'ignore', env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' } }); };
  const does: (program: string, args: string[]) => boolean = (program, args) => {
    try {
      run(program, args);
      return true;
    } catch {
      return false;
    }
  };
  const start = (): void => { run('pg_ctl', ['-D', data, '-w', '-l', join(folder, 'log'), '-o', `-k ${folder} -c listen_addresses=''${settingsOf(options)}`, 'start']); };
  const isUp = (): boolean => does('pg_ctl', ['-D', data, 'status']);
  fill(run, data);
  start();
  return {
    url: `postgresql://tester@localhost/postgres?host=${encodeURIComponent(folder)}`,
    disk,
    isReady() {
      if (!isUp()) start();
      return does('pg_isready', ['-q', '-h', folder, '-U', 'tester', '-d', 'postgres']);
    },
    standby: () => runIn(options, (runThere, there) => { runThere('pg_basebackup', ['-h', folder, '-U', 'tester', '-D', there, '-R', '-X', 'stream', '-c', 'fast', '--no-sync']); }),
    promote() { run('pg_ctl', ['-D', data, '-w', 'promote']); },
    stop() {
      if (isUp()) run('pg_ctl', ['-D', data, '-w', '-m', 'immediate', 'stop']);
      disk?.unmount();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
