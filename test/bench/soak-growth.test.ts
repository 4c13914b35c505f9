import { expect, test } from 'vitest';
import { growthOf } from './soak-growth.ts';

/** Forty samples of a run, each of a share of it that is over. */
const run = (valueAt: (at: number) => number) => Array.from({ length: 40 }, (_, nth) => ({ at: nth / 40, value: valueAt(nth / 40) }));

test('the warming up is no growth, what goes on after it is', () => {
  expect(growthOf(run(at => (at < 0.25 ? 50 : 100)))).toEqual({ firstQuarter: 50, secondQuarter: 100, last: 100, growthPct: 0 });
  const { secondQuarter, last, growthPct } = growthOf(run(at => 100 + at * 100));
  expect({ secondQuarter, last, growthPct }).toEqual({ secondQuarter: 135, last: 185, growthPct: 37 });
});

test('a sample that stands out, and one taken just after the end, change nothing', () => {
  const calm = run(() => 100);
  expect(growthOf([...calm.map((sample, nth) => (nth === 35 ? { ...sample, value: 400 } : sample)), { at: 1.01, value: 100 }]).growthPct).toBe(0);
});
