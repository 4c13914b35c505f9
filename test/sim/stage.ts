import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeWriter, openDatabase } from '../../db/open.ts';
import { ProvinceEngine, SimProvince } from './province.ts';
import { KEY } from './desk.ts';
import { VirtualTime } from './time.ts';
import type { WorldOptions } from './world.ts';

/** What many runs share: the engine of the province, another province, and an empty console database. */
export interface Stage { options: Omit<WorldOptions, 'seed'>; close(): Promise<void> }

/** In memory where the system has such a folder: thousands of flushes need no disk. */
const PLACE = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

export async function openStage(): Promise<Stage> {
  const folder = mkdtempSync(join(PLACE, 'ioc-sim-'));
  const template = join(folder, 'template.db');
  closeWriter(openDatabase({ file: template, keyHex: KEY, role: 'writer' }), template);
  const [engine, strange] = [await ProvinceEngine.open(join(folder, 'province')), await ProvinceEngine.open(join(folder, 'strange'))];
  const stranger = new SimProvince(strange, new VirtualTime());
  await stranger.start();
  return {
    options: { engine, stranger, folder, template },
    async close() {
      await stranger.kill();
      await Promise.all([engine.db.close(), strange.db.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
