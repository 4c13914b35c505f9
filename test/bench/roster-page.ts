import type { Page } from 'playwright-core';
import { signIn, startWorld } from '../e2e/desk.ts';
import { chromiumPath, startBrowser } from '../support/browser.ts';
import type { BenchOptions } from './options.ts';
import { percentile, round } from './statistics.ts';

const LINES = ['113', '114', '115'] as const;
const MONTH = '2026-08';
const RUNS = 3;
/** A search is called off so long after it began, ms: its first roster is there, and nothing is proven yet. */
const CALL_OFF_AFTER_MS = 1_500;

interface Figures { stallMs: number; longTaskMs: number; cancelMs: number[]; kept: boolean }

/**
 * The page while the engine searches: the built console in Chromium plans August for the three lines. `stallMs` is the longest time that
 * the page did not come round to a timer that is always due, `longTaskMs` the longest that anything in it took (0: nothing took 50 ms): the
 * two engine threads and a browser share the processors. `cancelMs` from Esc to the words that say it has ended, where it had not before;
 * `isBestKept`: each time with a roster.
 */
export async function* benchRosterPage({ runs, note }: BenchOptions): AsyncGenerator<Record<string, number | string | boolean>> {
  if (chromiumPath() === undefined) {
    note('no Chromium on this machine: nothing to measure');
    return;
  }
  const browser = await startBrowser();
  const world = await startWorld(1);
  try {
    const { page } = await world.desk(browser, 'lich-truc');
    await signIn(page, 'catruong');
    for (const line of LINES) {
      await page.evaluate(`location.hash = '#/roster/${line}/${MONTH}'`);
      await page.getByRole('heading', { name: `tuyến ${line}` }).waitFor();
      const { stallMs, longTaskMs, cancelMs, kept } = await measured(page, runs ?? RUNS);
      const cancel: Record<string, number> = cancelMs.length === 0 ? {} : { cancelMsP50: round(percentile(cancelMs, 0.5)), cancelMsWorst: round(Math.max(...cancelMs)) };
      yield { bench: 'roster-page', line, runs: runs ?? RUNS, stallMs: round(stallMs), longTaskMs: round(longTaskMs), calledOff: cancelMs.length, ...cancel, isBestKept: kept };
    }
  } finally {
    await world.end();
    await browser.close();
  }
}

async function measured(page: Page, runs: number): Promise<Figures> {
  const figures: Figures = { stallMs: 0, longTaskMs: 0, cancelMs: [], kept: true };
  const status = page.getByRole('region', { name: 'Bộ xếp lịch' }).getByRole('status');
  for (let run = 0; run < runs; run++) {
    await page.evaluate(WATCH);
    await page.keyboard.press('k');
    await status.filter({ hasText: /đang/ }).waitFor();
    await page.waitForTimeout(CALL_OFF_AFTER_MS);
    // What is proven before that has nothing to call off.
    if (await status.filter({ hasText: /đang/ }).isVisible()) {
      const startedAt = performance.now();
      await page.keyboard.press('Escape');
      await status.filter({ hasText: /đã dừng|tốt nhất/ }).waitFor();
      figures.cancelMs.push(performance.now() - startedAt);
    }
    figures.kept &&= await page.locator('.roster-grid tbody').first().locator('.chip').count() > 0;
    figures.stallMs = Math.max(figures.stallMs, await page.evaluate<number>('globalThis.longestMs'));
    figures.longTaskMs = Math.max(figures.longTaskMs, await page.evaluate<number>('globalThis.longTaskMs'));
    await page.getByRole('button', { name: 'Từ đầu' }).click();
    await page.locator('.roster-grid tbody').first().locator('.chip').first().waitFor({ state: 'detached' });
  }
  return figures;
}

/** In the page: a message to itself that is always on its way; the longest time between two of them is how long the page was busy. */
const WATCH = `(() => {
  globalThis.longestMs = 0;
  globalThis.longTaskMs = 0;
  globalThis.tasks ??= new PerformanceObserver(list => { for (const { duration } of list.getEntries()) globalThis.longTaskMs = Math.max(globalThis.longTaskMs, duration); });
  globalThis.tasks.observe({ entryTypes: ['longtask'] });
  globalThis.watch?.port1.close();
  const channel = globalThis.watch = new MessageChannel();
  let last = performance.now();
  channel.port1.onmessage = () => {
    const now = performance.now();
    globalThis.longestMs = Math.max(globalThis.longestMs, now - last);
    last = now;
    setTimeout(() => channel.port2.postMessage(null), 0);
  };
  channel.port2.postMessage(null);
})()`;
