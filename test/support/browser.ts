import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const CANDIDATES = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];

/** Where a Chromium is on this machine; undefined when there is none. */
export function chromiumPath(): string | undefined {
  return CANDIDATES.find(path => path !== undefined && existsSync(path));
}

const CLOSING_MS = 15_000;

/** Waits for a page, a context or a browser to close, but not for ever: one that draws by software on a busy machine may hang then, and goes with the process of its test. */
export async function closed(closing: Promise<void>): Promise<void> {
  await Promise.race([closing, new Promise(resolve => { setTimeout(resolve, CLOSING_MS).unref(); })]);
}

/** A headless Chromium that speaks to nobody but the pages it is given. @param draws with WebGL, by software where there is no card: slow beside others, which is no reason to end the process that draws */
export async function startBrowser({ draws = false }: { draws?: boolean } = {}): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) throw new Error('No Chromium on this machine: install it or set CHROMIUM_PATH');
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', ...(draws ? ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-gpu-watchdog'] : ['--disable-gpu']), '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  const close = browser.close.bind(browser);
  browser.close = () => closed(close());
  return browser;
}
