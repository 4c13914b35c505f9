import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { startBrowser } from '../support/browser.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';
import { pictureIfFailed, signIn, startWorld, type Desk, type World } from './desk.ts';

/** A desk by its name, and who begins to work there. With a link of its own, that can be cut alone; with a PC that is set to another time zone. */
export interface Seat { name: string; login: string; ownLink?: true; timeZone?: string }

/** Two desks of one province, each under its key; `link` has those that are a desk's own. */
export type TwoDesks<Key extends string> = { browser: Browser; world: World; link: Record<Key, TcpProxy> } & Record<Key, Desk>;

/**
 * A browser, a world and two desks with people at them, for all tests of a file; the parts are there once its tests run. Call once at the top.
 *
 * @param prepare what is to be done to the province before there are any desks
 */
export function twoDesks<Key extends string>(seats: Readonly<Record<Key, Seat>>, prepare: (world: World) => void = () => undefined): TwoDesks<Key> {
  const keys = Object.keys(seats) as Key[];
  const stage = {} as TwoDesks<Key>;
  const link = {} as Record<Key, TcpProxy>;
  beforeAll(async () => {
    const [browser, world] = await Promise.all([startBrowser(), startWorld(keys.length)]);
    Object.assign(stage, { browser, world, link });
    prepare(world);
    await Promise.all(keys.map(async key => {
      const { name, login, ownLink, timeZone } = seats[key];
      if (ownLink === true) link[key] = await TcpProxy.start({ targetPort: Number(new URL(world.province().ready.address).port) });
      const desk: Desk = await world.desk(browser, name, link[key]?.address, timeZone);
      Object.assign(stage, { [key]: desk });
      await signIn(desk.page, login);
    }));
  });
  afterEach(({ task }) => pictureIfFailed(task, keys.map(key => stage[key])));
  afterAll(async () => {
    await stage.world.end();
    await stage.browser.close();
    for (const key of keys) await link[key]?.close();
  });
  return stage;
}
