import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { SAMPLE_SEED } from '../../province/sample.ts';
import { signIn } from '../e2e/desk.ts';
import { chromiumPath, startBrowser } from '../support/browser.ts';
import { startConsole } from '../support/processes.ts';
import type { Desk } from './desk.ts';
import { addOpen } from './queue-open.ts';
import { percentile, round } from './statistics.ts';

const OPEN_RECORDS = 10_000;
const TICKS = 20;
/** Every clock in sight counts down in seconds: from the ninth minute on, and the bench does not take eight. */
const DUE_IN_MS = 9 * 60_000;

/** By these the list is narrowed to the records that tick. */
const WORDS = 'Đo nhịp đồng hồ';

/**
 * One second's tick of the built console in Chromium, over a queue of 10,000 open records each of whose clocks shows seconds: from
 * the window's one timer to the laid-out page (script and layout; painting is not in it). Nothing where there is no Chromium.
 *
 * @param desk is changed: a copy
 */
export async function clockFigures(desk: Desk, login: string, note: (text: string) => void): Promise<Record<string, number>> {
  if (chromiumPath() === undefined) {
    note('no Chromium on this machine: clockTickMs is left out');
    return {};
  }
  const dueAtMs = Date.now() + DUE_IN_MS;
  await addOpen(desk, OPEN_RECORDS, SAMPLE_SEED + 2, { description: WORDS, severity: 'P1', dueAtMs, warnAtMs: dueAtMs });
  const running = await startConsole({ data: desk.dataDir });
  const browser = await startBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'vi-VN' });
    await page.addInitScript(TIME_TICKS);
    await page.goto(running.ready.address);
    await signIn(page, login);
    await page.getByLabel('Lọc theo chữ, số, điện thoại').fill(WORDS);
    const row = page.locator('.queue-rows .ag-row');
    while (await row.filter({ hasText: WORDS }).count() < 2 || await row.filter({ hasNotText: WORDS }).count() > 0) await sleep(100);
    return await ticks(page);
  } finally {
    await browser.close();
    await running.stop();
  }
}

async function ticks(page: Page): Promise<Record<string, number>> {
  const rows = Number(await page.locator('.queue-rows [aria-rowcount]').first().getAttribute('aria-rowcount'));
  if (rows < OPEN_RECORDS) throw new Error(`only ${rows} rows in the list`);
  await page.evaluate('ticks.length = 0');
  await sleep(TICKS * 1_000);
  const measured = await page.evaluate<{ ms: number; shown: number; behind: number }[]>('ticks');
  if (measured.length < TICKS - 2) throw new Error(`only ${measured.length} ticks`);
  const torn = measured.find(tick => tick.behind > 0);
  if (torn !== undefined) throw new Error(`${torn.behind} of ${torn.shown} clocks do not show what the first one shows`);
  const ms = measured.map(tick => tick.ms);
  return { clockTickMs: round(percentile(ms, 0.5)), clockTickMsWorst: round(Math.max(...ms)), clockCells: Math.min(...measured.map(tick => tick.shown)) };
}

/**
 * In the page, before its own scripts: the window's clock is the timer that sets itself again for up to a second and changes the
 * clocks in sight. React draws in a microtask behind the listeners; asking for a height then has the page laid out. As text: the
 * bench is compiled without a browser's types. Every record is due at the same instant: after a tick all clocks in sight have to
 * show the same, those of rows that were drawn anew since the last one too.
 */
const TIME_TICKS = `
  globalThis.ticks = [];
  const set = globalThis.setTimeout;
  let isSetAgain = false;
  const dues = () => Array.from(document.querySelectorAll('.queue-rows .ag-row .due'), cell => cell.textContent);
  globalThis.setTimeout = (run, ms, ...rest) => {
    if (ms > 500 && ms <= 1006 && typeof run === 'function') isSetAgain = true;
    else return set(run, ms, ...rest);
    return set(() => {
      const before = dues();
      isSetAgain = false;
      const startedAt = performance.now();
      run(...rest);
      if (!isSetAgain) return;
      queueMicrotask(() => {
        void document.body.offsetHeight;
        const ms = performance.now() - startedAt;
        const after = dues();
        if (after.some((text, at) => text !== before[at])) ticks.push({ ms, shown: after.length, behind: after.filter(text => text !== after[0]).length });
      });
    }, ms);
  };
`;
