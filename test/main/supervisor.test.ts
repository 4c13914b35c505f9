import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { ConsoleState } from '../../contract/console.ts';
import { CoreCalls } from '../../main/platform/core-calls.ts';
import { forkCore } from '../../main/browser/fork-core.ts';
import { systemClock } from '../../main/platform/clock.ts';
import { sentence } from '../../main/platform/sentences.ts';
import { Supervisor, type SupervisorState } from '../../main/supervisor.ts';
import { tempFolders } from '../support/temp-folder.ts';
import { silentLog } from '../support/silent-log.ts';

const ENTRY = join(import.meta.dirname, '../support/stand-in-core-process.ts');
const newFolder = tempFolders();
const running: Supervisor[] = [];
afterEach(async () => { for (const supervisor of running.splice(0)) await supervisor.stop(); });

function supervise(dataDir: string, clock = systemClock) {
  const supervisor = new Supervisor({ fork: () => forkCore(ENTRY, silentLog), start: { dataDir, keyHex: '0'.repeat(64), version: '0.0.0' }, clock, log: silentLog });
  running.push(supervisor);
  const states: SupervisorState[] = [];
  supervisor.onState(state => { states.push(state); });
  return { supervisor, calls: new CoreCalls(supervisor), states, until: (name: SupervisorState['name']) => becomes(supervisor, name) };
}

/** Resolves when the supervisor comes (again) into a state. */
function becomes(supervisor: Supervisor, name: SupervisorState['name']): Promise<SupervisorState> {
  return new Promise(resolve => {
    const end = supervisor.onState(state => {
      if (state.name !== name) return;
      end();
      resolve(state);
    });
  });
}

function killCore(supervisor: Supervisor): void {
  if (supervisor.pid === undefined) throw new Error('no core to kill');
  process.kill(supervisor.pid, 'SIGKILL');
}

function isAlive(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('a core starts, says how long each step took, and ends in order', async () => {
  const dataDir = newFolder();
  const { supervisor, states } = supervise(dataDir);
  supervisor.start();
  await supervisor.ready();
  const { pid } = supervisor;
  expect(states).toEqual([{ name: 'starting' }, { name: 'ready', stepsMs: { lock: expect.any(Number) as number, core: expect.any(Number) as number } }]);
  await supervisor.stop();
  expect(supervisor.state.name).toBe('stopped');
  expect(isAlive(pid)).toBe(false);
  expect(existsSync(join(dataDir, 'closed'))).toBe(true);
  expect(existsSync(join(dataDir, 'console.lock'))).toBe(false);
});

test('a killed core comes back by itself, with the session and what had been saved', async () => {
  const { supervisor, calls, states, until } = supervise(newFolder());
  supervisor.start();
  await supervisor.ready();
  const settings = { language: 'en', theme: 'dark', scale: 1.5 };
  await calls.call(['station', 'saveSettings'], settings);
  expect(ConsoleState.parse(await calls.call(['station', 'state'], {})).session).toBeNull();
  const back = until('ready');
  killCore(supervisor);
  await back;
  expect(states.map(state => state.name)).toEqual(['starting', 'ready', 'restarting', 'starting', 'ready']);
  expect(await calls.call(['station', 'settings'], {})).toEqual(settings);
  expect(ConsoleState.parse(await calls.call(['station', 'state'], {})).session?.name).toBe('Trần Minh Họa');
});

test('a call that the core took with it into death is refused, not lost in silence', async () => {
  const dataDir = newFolder();
  const file = join(dataDir, 'waits.csv');
  writeFileSync(file, 'wait\n'.repeat(1_000));
  const { supervisor, calls, until } = supervise(dataDir);
  supervisor.start();
  await supervisor.ready();
  const started = Promise.withResolvers<void>();
  const { done } = calls.importFile({ path: file, login: 'hoa', password: 'đúng mật khẩu' }, () => { started.resolve(); });
  const refused = expect(done).rejects.toMatchObject({ code: 'core/starting' });
  await started.promise;
  const back = until('ready');
  killCore(supervisor);
  await refused;
  await back;
});

test('a core that dies again and again is given up with a sentence, and a person may try once more', async () => {
  const dataDir = newFolder();
  writeFileSync(join(dataDir, 'dies'), '');
  const { supervisor, states } = supervise(dataDir);
  supervisor.start();
  await expect(supervisor.ready()).rejects.toMatchObject({ code: 'core/gave-up', facts: { deaths: 4 } });
  expect(states.filter(state => state.name === 'restarting')).toHaveLength(3);
  expect(sentence({ code: 'core/gave-up', facts: { deaths: 4 } })).toMatch(/^Phần xử lý đã dừng đột ngột 4 lần trong 5 phút .*dữ liệu đã lưu vẫn còn/);
  rmSync(join(dataDir, 'dies'));
  supervisor.start();
  await supervisor.ready();
});

test('a core that can say why it does not start is not tried again', async () => {
  const dataDir = newFolder();
  writeFileSync(join(dataDir, 'damaged'), '');
  const { supervisor, states } = supervise(dataDir);
  supervisor.start();
  await expect(supervisor.ready()).rejects.toMatchObject({ code: 'db/damaged', facts: { page: 7 } });
  expect(states.map(state => state.name)).toEqual(['starting', 'gave-up']);
});

test('a second core on the same folder refuses, and the first goes on', async () => {
  const dataDir = newFolder();
  const [first, second] = [supervise(dataDir), supervise(dataDir)];
  first.supervisor.start();
  await first.supervisor.ready();
  second.supervisor.start();
  await expect(second.supervisor.ready()).rejects.toMatchObject({ code: 'db/locked-by-other', facts: { pid: first.supervisor.pid } });
  expect(ConsoleState.parse(await first.calls.call(['station', 'state'], {})).enrolled).toBe(false);
});

test('a stop while the core is waiting to be started again leaves nothing running', async () => {
  const { supervisor, until, states } = supervise(newFolder());
  supervisor.start();
  await supervisor.ready();
  const restarting = until('restarting');
  killCore(supervisor);
  await restarting;
  await supervisor.stop();
  await new Promise(resolve => setTimeout(resolve, 400));
  expect(states.at(-1)).toEqual({ name: 'stopped' });
  expect(supervisor.pid).toBeUndefined();
});

test('a core leaves a line about how it started in its diary', async () => {
  const dataDir = newFolder();
  const { supervisor } = supervise(dataDir);
  supervisor.start();
  await supervisor.ready();
  await supervisor.stop();
  const lines = readFileSync(join(dataDir, 'logs/core.log'), 'utf8').trim().split('\n').map(line => JSON.parse(line) as { msg: string });
  expect(lines.map(line => line.msg)).toEqual(['core ready', 'core stopped']);
});
