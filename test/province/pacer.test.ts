import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { createPacer, type Pacer } from '../../province/pacer.ts';

const world: { pacer: Pacer<number> | null } = { pacer: null };
afterEach(() => { world.pacer?.stop(); });

test('a few go at once, the others in their order, each once, and none while the server is busy', async () => {
  const gone: number[] = [];
  const load = { underWay: 0 };
  world.pacer = createPacer<number>(item => { gone.push(item); }, () => load.underWay);
  const all = Array.from({ length: 40 }, (_, nth) => nth);
  load.underWay = 1_000;
  for (const item of all) { world.pacer.add(item); world.pacer.add(item); }
  const atOnce = [...gone];
  expect(atOnce.length).toBeGreaterThan(0);
  expect(atOnce.length).toBeLessThan(all.length / 2);
  world.pacer.forget(39);
  await pause(150);
  // Who was let go at once and is added again waits again: no more than that.
  expect(gone).toEqual(atOnce);
  load.underWay = 0;
  await vi.waitUntil(() => gone.includes(38));
  const later = gone.slice(atOnce.length);
  expect(new Set(later).size).toBe(later.length);
  expect(later.filter(item => item > 9)).toEqual(all.slice(10, 39));
  await pause(60);
  expect(gone).not.toContain(39);
});

test('after a quiet while in which the server was busy, the next one goes', async () => {
  const gone: number[] = [];
  const load = { underWay: 0 };
  world.pacer = createPacer<number>(item => { gone.push(item); }, () => load.underWay);
  world.pacer.add(1);
  await pause(30);
  load.underWay = 1_000;
  await pause(60);
  load.underWay = 0;
  world.pacer.add(2);
  await vi.waitUntil(() => gone.length === 2);
  expect(gone).toEqual([1, 2]);
});
