import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { freshAddress } from '../e2e/desk.ts';
import { oneOf, type Chance } from '../support/chance.ts';
import type { SoakDesk } from './soak-world.ts';

const SCREENS = ['directory', 'health', 'health/attention', 'policy', 'handover', 'imports'];
const WORDS = ['đèn đường', 'cháy', 'ngập', 'xe máy', 'tiếng ồn'];
const REST_MS = 1_000;

/** What the page keeps after a full clearing up: JS heap in MB, nodes of the document, listeners. */
export interface PageSample { heapMb: number; nodes: number; listeners: number }

/** The console's page in Chromium, in which somebody works without a pause. */
export class SoakPage {
  rounds = 0;
  readonly #page: Page;
  readonly #devtools: CDPSession;
  readonly #chance: Chance;

  private constructor(page: Page, devtools: CDPSession, chance: Chance) {
    this.#page = page;
    this.#devtools = devtools;
    this.#chance = chance;
  }

  /** @param desk at which somebody is signed in already */
  static async open(browser: Browser, desk: SoakDesk, chance: Chance): Promise<SoakPage> {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'vi-VN' });
    await page.goto(freshAddress(desk));
    await page.locator('.queue-rows .ag-row').first().waitFor();
    return new SoakPage(page, await page.context().newCDPSession(page), chance);
  }

  /** Rounds that begin and end in the queue with nothing open, where the samples are taken: each at most so often. */
  async run(everyMs: number, signal: AbortSignal, taken: (sample: PageSample) => void, failed: (what: string, error: unknown) => void): Promise<void> {
    let sampledMs = -Infinity;
    while (!signal.aborted) {
      try {
        await this.#round();
        this.rounds += 1;
        if (performance.now() - sampledMs < everyMs) continue;
        sampledMs = performance.now();
        taken(await this.#sample());
      } catch (error) {
        failed('page', error);
        await pause(REST_MS);
        await this.#goTo('queue');
      }
    }
  }

  async #round(): Promise<void> {
    const { keyboard, mouse } = this.#page;
    await this.#goTo('queue');
    await keyboard.press('r');
    for (let rows = 0; rows < 5; rows += 1) await keyboard.press('ArrowDown', { delay: 60 });
    await this.#page.locator('aside h1').first().waitFor();
    await this.#page.locator('.queue-rows').hover();
    for (let turns = 0; turns < 8; turns += 1) { await mouse.wheel(0, 900); await pause(80); }
    await keyboard.press('PageUp');
    await keyboard.press('Enter');
    await this.#page.locator('.on-page h1').first().waitFor();
    await pause(REST_MS);
    await keyboard.press('Escape');
    await this.#rows();
    const filter = this.#page.getByLabel('Lọc theo chữ, số, điện thoại');
    await filter.fill(oneOf(this.#chance, WORDS));
    await pause(REST_MS);
    await filter.fill('');
    await this.#page.locator('body').press('Escape');
    await this.#rows();
    await this.#goTo(oneOf(this.#chance, SCREENS));
    await pause(REST_MS);
    await this.#goTo('queue');
    await this.#rows();
    await pause(REST_MS);
  }

  async #rows(): Promise<void> {
    await this.#page.locator('.queue-rows .ag-row').first().waitFor();
  }

  async #goTo(screen: string): Promise<void> {
    await this.#page.evaluate(`location.hash = '#/${screen}'`);
  }

  async #sample(): Promise<PageSample> {
    await this.#devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await this.#devtools.send('Runtime.getHeapUsage');
    const { nodes, jsEventListeners } = await this.#devtools.send('Memory.getDOMCounters');
    return { heapMb: usedSize / 2 ** 20, nodes, listeners: jsEventListeners };
  }
}
