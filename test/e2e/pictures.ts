import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { startBrowser } from '../support/browser.ts';
import { ROOT, startConsole, temporaryFolder } from '../support/processes.ts';
import { freshAddress, startWorld, type Desk } from './desk.ts';
import { dutySteps } from './duty-pictures.ts';
import { tour, wear, type Look } from './tour.ts';

const FOLDER = join(ROOT, 'docs/pictures');
const LOOKS: Look[] = [
  { theme: 'light', width: 1366, height: 768, scale: 1 }, { theme: 'dark', width: 1366, height: 768, scale: 1 },
  { theme: 'light', width: 1920, height: 1080, scale: 1 }, { theme: 'dark', width: 1920, height: 1080, scale: 1 },
];
/** At the larger size only the screens where an operator's day passes. */
const LARGE = ['queue', 'intake'];

/** `npm run pictures`: every screen of a running console over a sample province, light and dark, into docs/pictures. */
async function takePictures(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const browser = await startBrowser();
  const world = await startWorld(1);
  try {
    const desk = await world.desk(browser, 'Bàn 01');
    await desk.page.getByText('Chọn tên mình').waitFor();
    for (const look of LOOKS) await takeTour(desk, look);
    for (const look of LOOKS.filter(l => l.width === 1366)) await takeDuty(desk, look);
    await takeEnrolment(browser);
  } finally {
    await world.end();
    await browser.close();
  }
}

async function takeTour(desk: Desk, look: Look): Promise<void> {
  await wear(desk, freshAddress(desk), look);
  await tour(desk.page, async screen => {
    if (look.width === 1366 || LARGE.includes(screen)) await take(desk.page, screen, look);
  });
}

/** What is done with a month of duty, step by step. */
async function takeDuty(desk: Desk, look: Look): Promise<void> {
  await wear(desk, freshAddress(desk), look);
  await dutySteps(desk, async (screen, page) => {
    await page.setViewportSize({ width: look.width, height: look.height });
    await take(page, screen, look);
  });
}

/** The first screen of a workstation that belongs to no province yet. */
async function takeEnrolment(browser: Browser): Promise<void> {
  const folder = temporaryFolder('pictures');
  const running = await startConsole({ data: folder.path });
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'vi-VN' });
  const page = await context.newPage();
  await page.goto(running.ready.address);
  const desk: Desk = { name: 'enrolment', page, context, console: running, data: folder.path, corePid: () => 0 };
  for (const look of LOOKS.filter(l => l.width === 1366)) {
    await wear(desk, freshAddress(desk), look);
    await take(page, 'enrolment', look);
  }
  await context.close();
  await running.stop();
  folder.remove();
}

async function take(page: Page, screen: string, { theme, width }: Look): Promise<void> {
  await page.evaluate('document.fonts.ready');
  await page.waitForTimeout(250);
  await page.screenshot({ path: join(FOLDER, `${screen}-${theme}-${width}.png`) });
  console.log(`docs/pictures/${screen}-${theme}-${width}.png`);
}

if (process.argv.includes('--help')) console.log('npm run pictures\n\nChụp docs/pictures/ từ một bàn điều hành đang chạy trên tỉnh mẫu: mọi màn hình, nền sáng và nền tối.');
else await takePictures();
