import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { runCommandLine } from '../../../main/browser/command-line.ts';
import type { Shell } from '../../../main/browser/shell.ts';
import { enter, openConsole, STAND_IN_CORE, type Visit } from '../../support/open-console.ts';
import { tempFolders } from '../../support/temp-folder.ts';

const newFolder = tempFolders();
const shells: Shell[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  for (const shell of shells.splice(0)) await shell.close();
});

async function opened(): Promise<Visit & { folder: string }> {
  const folder = newFolder();
  const visit = await openConsole(folder);
  shells.push(visit.shell);
  return { ...visit, folder };
}

/** The command line in this process, beside the console that runs. */
async function run(folder: string, args: string[]): Promise<{ code: number; out: string; err: string }> {
  const printed = { log: vi.spyOn(console, 'log').mockReturnValue(), error: vi.spyOn(console, 'error').mockReturnValue() };
  const code = await runCommandLine(args, { coreEntry: STAND_IN_CORE, pages: join(folder, 'pages') });
  const said = { code, out: printed.log.mock.calls.flat().join('\n'), err: printed.error.mock.calls.flat().join('\n') };
  vi.restoreAllMocks();
  return said;
}

describe('an import through a console whose core', () => {
  const importing = async ({ folder, dataDir }: { folder: string; dataDir: string }) => {
    vi.stubEnv('IOC_PASSWORD', 'đúng mật khẩu');
    writeFileSync(join(folder, 'a.csv'), 'ok\n');
    return run(folder, ['import', join(folder, 'a.csv'), '--data', dataDir, '--login', 'hoa']);
  };

  test('was given up says why, not that it will be there in a moment', async () => {
    const visit = await opened();
    const { supervisor } = visit.shell;
    const gaveUp = new Promise<void>(resolve => { supervisor.onState(state => { if (state.name === 'gave-up') resolve(); }); });
    writeFileSync(join(visit.dataDir, 'damaged'), '');
    process.kill(supervisor.pid ?? 0, 'SIGKILL');
    await gaveUp;
    expect(await importing(visit)).toEqual({ code: 1, out: '', err: 'Tệp dữ liệu bị hỏng; hãy gọi quản trị để khôi phục từ sao lưu.' });
  });

  test('is coming back says that it will be there in a moment', async () => {
    const visit = await opened();
    const { supervisor } = visit.shell;
    const restarting = new Promise<void>(resolve => { supervisor.onState(state => { if (state.name === 'restarting') resolve(); }); });
    // It never comes up again, and is not given up as fast as that.
    writeFileSync(join(visit.dataDir, 'dies'), '');
    process.kill(supervisor.pid ?? 0, 'SIGKILL');
    await restarting;
    expect(await importing(visit)).toEqual({ code: 1, out: '', err: 'Phần xử lý chưa sẵn sàng; hãy thử lại sau vài giây.' });
  });
});

test('a look at the printed address does not use it up, and lets nobody in', async () => {
  const visit = await opened();
  for (const address of [visit.shell.address, visit.shell.address, `${visit.origin}/?t=wrong`]) {
    const look = await fetch(address, { method: 'HEAD', redirect: 'manual' });
    expect([look.status, look.headers.getSetCookie(), await look.text()]).toEqual([200, [], '']);
  }
  expect((await enter(visit)).cookie).toMatch(/^ioc-\d+=[\w-]{43}$/);
});

test('another address is given as JSON where JSON is asked for', async () => {
  const { folder, dataDir, origin } = await opened();
  const { code, out, err } = await run(folder, ['address', '--data', dataDir, '--json']);
  expect([code, err]).toEqual([0, '']);
  const said = JSON.parse(out) as { address: string; pid: number };
  expect(said).toEqual({ address: expect.stringMatching(new RegExp(`^${origin}/\\?t=[\\w-]{43}$`)) as string, pid: process.pid });
  expect((await fetch(said.address, { redirect: 'manual' })).status).toBe(303);
});
