import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Id } from '../../contract/ids.ts';
import type { Service } from '../../contract/org.ts';
import { openProvince } from '../../province/open.ts';
import { PASSWORD } from '../e2e/desk.ts';
import { startProgram, temporaryFolder, type ConsoleReady, type ProvinceReady, type Running } from '../support/processes.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';
import { connectWire, type ConsoleClient } from '../support/wire.ts';
import { coreOf } from './memory.ts';
import { wholeOfConsole, wholeOfProvince } from './million-equal.ts';
import { freePort, underInspection } from './soak-heap.ts';

/** Who works at the four desks: the shift lead on all lines, two at 115, one at 114. */
const LOGINS = ['catruong', 'truc115.1', 'truc115.2', 'truc114.1'];
const SITE = 'BP';
const DRAINED_WITHIN_MS = 180_000;

/** A real console with its operator signed in. `services` null: of every line; `isLinked`: its proxy lets it through. */
export interface SoakDesk {
  name: string; services: readonly Service[] | null; siteId: Id; client: ConsoleClient; console: Running<ConsoleReady>;
  proxy: TcpProxy; data: string; corePid: number; inspectPort: number; isLinked: boolean;
}

/** A province on the embedded engine with the small sample, and four desks of its own centre, each over a proxy. */
export interface SoakWorld {
  desks: readonly SoakDesk[]; provincePid(): number; provinceInspectPort: number;
  /** Waits until nothing is unsent and every desk holds row by row what the province holds. @returns how many rows there are, and whether that came */
  compare(): Promise<{ rows: number; equal: boolean }>;
  end(): Promise<void>;
}

export function worksOn(desk: SoakDesk, service: Service): boolean {
  return desk.services === null || desk.services.includes(service);
}

export async function startSoak(note: (text: string) => void): Promise<SoakWorld> {
  const folder = temporaryFolder('bench-soak');
  const provinceInspectPort = await freePort();
  const start = (port: number, codes: string[]): Promise<Running<ProvinceReady>> => startProgram<ProvinceReady>('province/index.ts', [
    'serve', '--port', String(port), '--data', `${folder.path}/province`, '--sample', 'small', ...(codes.length === 0 ? [] : ['--codes', codes.join(',')]), '--json',
  ], underInspection(provinceInspectPort));
  const state = { province: await start(0, LOGINS.map(() => SITE)) };
  const { address, codes } = state.province.ready;
  const port = Number(new URL(address).port);
  const desks: SoakDesk[] = [];
  const end = async (): Promise<void> => {
    for (const desk of desks) {
      await desk.console.stop();
      await desk.proxy.close();
    }
    await state.province.stop();
    folder.remove();
  };
  try {
    for (const login of LOGINS) desks.push(await startDesk(`${folder.path}/${login}`, login, port, codes.shift()?.code ?? ''));
  } catch (error) {
    await end();
    throw error;
  }
  return {
    desks, provinceInspectPort, provincePid: () => state.province.child.pid ?? 0, end,
    async compare() {
      // The province may still add a line by itself (a reminder) after a desk has looked; then that is waited for, too.
      for (let tries = 1; ; tries += 1) {
        await Promise.all(desks.map(drained));
        await state.province.stop();
        const { rows, apart } = await look(`${folder.path}/province`, desks);
        if (apart.length === 0 || tries === 3) return { rows, equal: apart.length === 0 };
        note(`not the same yet as the province: ${apart.join(', ')}`);
        state.province = await start(port, []);
      }
    },
  };
}

async function startDesk(data: string, login: string, provincePort: number, code: string): Promise<SoakDesk> {
  const inspectPort = await freePort();
  const proxy = await TcpProxy.start({ targetPort: provincePort });
  const console = await startProgram<ConsoleReady>('main/browser/index.ts', ['--data', data, '--port', '0', '--no-open', '--json', '--province', proxy.address, '--code', code, '--name', login], underInspection(inspectPort));
  const { client } = await connectWire(console.ready.address);
  for (let status = await client.sync.status({}); status.loading !== null || status.lastSyncAtMs === null; status = await client.sync.status({})) await pause(100);
  const session = await client.auth.signIn({ login, password: PASSWORD });
  return { name: login, services: session.scope.services, siteId: session.siteId, client, console, proxy, data, corePid: coreOf(console.ready.pid), inspectPort, isLinked: true };
}

/** Nothing unsent, and a look at the province that began after that. */
async function drained({ client, name }: SoakDesk): Promise<void> {
  const endMs = Date.now() + DRAINED_WITHIN_MS;
  const until = async (isSo: (status: Awaited<ReturnType<typeof client.sync.status>>) => boolean): Promise<void> => {
    for (let status = await client.sync.status({}); !isSo(status); status = await client.sync.status({})) {
      if (Date.now() > endMs) throw new Error(`${name} does not come to an end: ${JSON.stringify(status)}`);
      await pause(250);
    }
  };
  await until(status => status.pending === 0 && status.link === 'up');
  for (let looks = 0; looks < 2; looks += 1) {
    const { lastSyncAtMs } = await client.sync.tryNow({});
    await until(status => status.lastSyncAtMs !== lastSyncAtMs && status.pending === 0);
  }
}

async function look(provinceData: string, desks: readonly SoakDesk[]): Promise<{ rows: number; apart: string[] }> {
  const { db, close } = await openProvince({ databaseUrl: undefined, data: provinceData, sample: 'none', name: '', nowMs: Date.now() });
  try {
    const whole = await wholeOfProvince(db);
    const apart = desks.filter(({ data }) => !isDeepStrictEqual(wholeOfConsole(join(data, 'console.db'), readFileSync(join(data, 'key'), 'utf8').trim()), whole));
    return { rows: whole.kinds['issue'] ?? 0, apart: apart.map(desk => desk.name) };
  } finally {
    await close();
  }
}
