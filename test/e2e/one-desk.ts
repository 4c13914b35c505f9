import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { startBrowser } from '../support/browser.ts';
import { pictureIfFailed, signIn, startWorld, type Desk, type World } from './desk.ts';

/** A browser, a world and one desk at which `login` works, for all tests of a file; the parts are there once its tests run. Call once at the top. */
export function oneDesk(login: string): { browser: Browser; world: World; desk: Desk } {
  const stage = {} as { browser: Browser; world: World; desk: Desk };
  beforeAll(async () => {
    stage.browser = await startBrowser();
    stage.world = await startWorld(1);
    stage.desk = await stage.world.desk(stage.browser, 'ban');
    await stage.desk.page.getByText('Chọn tên mình').waitFor();
    await signIn(stage.desk.page, login);
  });
  afterEach(({ task }) => pictureIfFailed(task, [stage.desk]));
  afterAll(async () => {
    await stage.world.end();
    await stage.browser.close();
  });
  return stage;
}
