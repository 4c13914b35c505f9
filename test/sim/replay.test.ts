import { expect, test } from 'vitest';
import { simulate } from './run.ts';
import { openStage } from './stage.ts';

test('a seed gives the same run every time', async () => {
  const stage = await openStage();
  try {
    for (const seed of [3, 4]) {
      const [first, second] = [await simulate({ ...stage.options, seed }), await simulate({ ...stage.options, seed })];
      expect(second).toEqual(first);
      expect(Object.values(first.faults).reduce((sum, count) => sum + count)).toBeGreaterThan(10);
    }
  } finally {
    await stage.close();
  }
}, 300_000);
