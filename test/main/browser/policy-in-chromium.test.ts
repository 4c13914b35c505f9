import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { startShell, type Shell } from '../../../main/browser/shell.ts';
import { chromiumPath, startBrowser } from '../../support/browser.ts';
import { writePages } from '../../support/stand-in-pages.ts';
import { tempFolders } from '../../support/temp-folder.ts';

const newFolder = tempFolders();
const shells: Shell[] = [];
afterEach(async () => { for (const shell of shells.splice(0)) await shell.close(); });

// Needs a Chromium (the bootstrap installs one where it may): a policy is only worth what a browser makes of it.
test.runIf(chromiumPath() !== undefined)('in a real browser the policy lets the wire and our style through, and no inline script, foreign style or foreign socket', async () => {
  const folder = newFolder();
  const shell = await startShell({
    dataDir: join(folder, 'data'), port: 0, enrol: null,
    parts: { coreEntry: join(import.meta.dirname, '../../support/stand-in-core-process.ts'), pages: writePages(join(folder, 'pages')) },
  });
  shells.push(shell);
  const browser = await startBrowser();
  try {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(shell.address);
    await expect.poll(() => page.title()).toBe('done');
    expect(new URL(page.url()).search).toBe('');
    expect(await page.evaluate('window.seen')).toMatchObject({ own: true, foreign: false, color: 'rgb(1, 2, 3)', background: 'rgba(0, 0, 0, 0)', inline: 'did not run' });
    const second = await context.newPage();
    expect((await second.goto(new URL(shell.address).origin))?.status()).toBe(200);
  } finally {
    await browser.close();
  }
});
