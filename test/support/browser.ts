import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const CANDIDATES = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];

/** Where a Chromium is on this machine; undefined when there is none. */
export function chromiumPath(): string | undefined {
  return CANDIDATES.find(path => path !== undefined && existsSync(path));
}

/** A headless Chromium that speaks to nobody but the pages it is given. @param draws with WebGL, by software where there is no card */
export async function startBrowser({ draws = false }: { draws?: boolean } = {}): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) throw new Error('No Chromium on this machine: install it or set CHROMIUM_PATH');
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', ...(draws ? ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'] : ['--disable-gpu']), '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}
