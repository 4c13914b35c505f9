import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openDatabase, type Database } from '../../db/open.ts';
import { databaseKey } from '../../main/browser/key.ts';
import type { PolicyPack } from '../../contract/policy/pack.ts';
import { closed } from '../support/browser.ts';
import { ROOT, startConsole, startProvince, temporaryFolder, type ConsoleReady, type ProvinceReady, type Running } from '../support/processes.ts';

export const PASSWORD = 'Mau-2026!';
const ADMIN_SITE = 'BP';
const SHOWN_LETTERS = 1_200, SEEN_LETTERS = 300, LOG_LINES = 12;

/** A province with few records, and consoles in a real browser. Everything is on loopback and ends with `end()`. */
export interface World {
  province(): Running<ProvinceReady>;
  code(): string;
  stopProvince(): Promise<void>;
  startProvinceAgain(): Promise<void>;
  /** @param at where its province is, when not at the province's own address @param timeZone what its PC is set to, when not to that of this machine */
  desk(browser: Browser, name: string, at?: string, timeZone?: string): Promise<Desk>;
  /** Issues the policy in force anew, with this changed: from now on, at every desk once it has come there. */
  issuePolicy(change: Partial<PolicyPack>): void;
  end(): Promise<void>;
}

export interface Desk { name: string; page: Page; context: BrowserContext; console: Running<ConsoleReady>; data: string; corePid(): number }

/** @param desks how many one-time codes the province is to make */
export async function startWorld(desks: number): Promise<World> {
  const folder = temporaryFolder('e2e');
  const state = { province: await startProvince({ data: `${folder.path}/province`, sample: 'small', codes: Array.from({ length: desks }, () => ADMIN_SITE).join(',') }) };
  const codes = state.province.ready.codes.map(c => c.code);
  const address = state.province.ready.address;
  const open: Desk[] = [];
  return {
    province: () => state.province,
    code: () => codes.shift() ?? '',
    stopProvince: () => state.province.stop(),
    async startProvinceAgain() {
      state.province = await startProvince({ data: `${folder.path}/province`, sample: 'small', port: Number(new URL(address).port) });
    },
    async desk(browser, name, at = address, timeZone) {
      const data = `${folder.path}/${name}`;
      const running = await startConsole({ data, province: at, code: codes.shift() ?? '', name, ...timeZone !== undefined && { timeZone } });
      const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'vi-VN', ...timeZone !== undefined && { timezoneId: timeZone } });
      const page = await context.newPage();
      await page.goto(running.ready.address);
      const desk: Desk = { name, page, context, console: running, data, corePid: () => childOf(running.ready.pid) };
      open.push(desk);
      return desk;
    },
    issuePolicy(change) {
      const [before, after] = [`${folder.path}/before.json`, `${folder.path}/after.json`];
      const policy = (...args: string[]): void => {
        const said = spawnSync(process.execPath, [join(ROOT, 'province/index.ts'), 'policy', ...args, '--data', `${folder.path}/province`], { encoding: 'utf8' });
        if (said.status !== 0) throw new Error(said.stderr);
      };
      policy('--out', before);
      writeFileSync(after, JSON.stringify({ ...JSON.parse(readFileSync(before, 'utf8')) as object, ...change }));
      policy('--issue', after);
    },
    async end() {
      for (const desk of open) {
        await closed(desk.context.close());
        await desk.console.stop();
      }
      await state.province.stop();
      folder.remove();
    },
  };
}

/** What the desk's own database holds, read beside the running console. */
export function inDatabase<T>({ data }: Desk, read: (db: Database) => T): T {
  const db = openDatabase({ file: join(data, 'console.db'), keyHex: databaseKey(data), role: 'reader' });
  try {
    return read(db);
  } finally {
    db.close();
  }
}

/** The core process of a browser shell (Linux). */
function childOf(shellPid: number): number {
  return Number(readFileSync(`/proc/${shellPid}/task/${shellPid}/children`, 'utf8').trim().split(' ')[0]);
}

/** Signs in by typing, as on a machine that does not know the person yet. @throws {Error} with what the screen says when it is refused */
export async function signIn(page: Page, login: string): Promise<void> {
  await page.getByText('Đăng nhập').first().waitFor();
  const field = page.getByLabel('Tên đăng nhập');
  const other = page.getByRole('button', { name: /Tên khác/ });
  // Before the people of this machine are known the field is there by itself, and gives way to their names when they come.
  for (let isFilled = false; !isFilled;) {
    await other.or(field).first().waitFor();
    if (await other.isVisible()) await other.click();
    isFilled = await field.fill(login, { timeout: 2_000 }).then(() => true, () => false);
  }
  await page.getByRole('textbox', { name: /^Mật khẩu/ }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  const refusal = page.locator('.password-card').getByRole('alert');
  await page.getByRole('button', { name: /Tiếp nhận mới/ }).or(page.getByRole('navigation', { name: 'Danh sách' })).or(refusal).first().waitFor();
  if (await refusal.isVisible()) throw new Error(await refusal.innerText());
}

/** Goes away for good: lock, then "someone else". What is open as a draft stays with its author. */
export async function leave(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Khóa', exact: true }).click();
  await page.getByRole('button', { name: /Người khác/ }).click();
  await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
}

/**
 * What the desks showed when a test failed, as `test/.tmp/e2e/<name>-<desk>.png` and, with the last lines of their logs, in words: on a machine that
 * keeps nothing but what is printed, there is still something to go by; a line of it also goes to the file that `npm test` prints at its end. For `afterEach`.
 */
export async function pictureIfFailed(task: { name: string; result?: { state?: string | undefined } | undefined }, desks: readonly Desk[]): Promise<void> {
  if (task.result?.state !== 'fail') return;
  const folder = join(ROOT, 'test/.tmp/e2e');
  mkdirSync(folder, { recursive: true });
  const name = task.name.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60);
  for (const desk of desks) {
    await desk.page.screenshot({ path: join(folder, `${name}-${desk.name}.png`) });
    const shown = await desk.page.locator('body').innerText();
    const seen = `${task.name}: ${desk.name} showed ${shown.replaceAll(/\s+/g, ' ').slice(0, SEEN_LETTERS)}`;
    if (process.env['IOC_TEST_SEEN'] !== undefined) appendFileSync(process.env['IOC_TEST_SEEN'], `${seen}\n`);
    console.warn([`${task.name}: ${desk.name} showed`, shown.slice(0, SHOWN_LETTERS), ...['core', 'shell'].map(log => `${log}.log\n${lastLines(join(desk.data, `logs/${log}.log`))}`),
      `printed\n${desk.console.output().slice(-SHOWN_LETTERS)}`].join('\n--- '));
  }
}

function lastLines(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-LOG_LINES).join('\n') : 'none';
}

/** A new one-time address of a running console, as its command line gives it. */
export function freshAddress(desk: Pick<Desk, 'data'>): string {
  const said = spawnSync(process.execPath, [join(ROOT, 'main/browser/index.ts'), 'address', '--data', desk.data], { encoding: 'utf8' });
  const address = /http\S+/.exec(said.stdout)?.[0];
  if (address === undefined) throw new Error(`no address: ${said.stdout}${said.stderr}`);
  return address;
}
