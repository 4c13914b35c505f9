import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideRestart } from '../../../main/platform/restart-policy.ts';

const MINUTE = 60_000;

test.each([
  { name: 'the first death: again, almost at once', deaths: [0], nowMs: 0, decision: { restart: true, delayMs: 200 } },
  { name: 'the second soon after: again, after a second', deaths: [0, 500], nowMs: 500, decision: { restart: true, delayMs: 1_000 } },
  { name: 'the third: again, after four seconds', deaths: [0, 500, 2_000], nowMs: 2_000, decision: { restart: true, delayMs: 4_000 } },
  { name: 'the fourth within five minutes: no more', deaths: [0, 500, 2_000, 4 * MINUTE], nowMs: 4 * MINUTE, decision: { restart: false, deaths: 4 } },
  { name: 'the fourth after a calm stretch: counted anew', deaths: [0, 500, 2_000, 6 * MINUTE], nowMs: 6 * MINUTE, decision: { restart: true, delayMs: 200 } },
])('$name', ({ deaths, nowMs, decision }) => { expect(decideRestart(deaths, nowMs)).toEqual(decision); });

test('a core that dies without end is never started more than three times in five minutes', () => {
  fc.assert(fc.property(fc.array(fc.nat(3 * MINUTE), { maxLength: 40 }), gaps => {
    const deaths: number[] = [];
    const restarts: number[] = [];
    let nowMs = 0;
    for (const gap of gaps) {
      nowMs += gap;
      deaths.push(nowMs);
      if (!decideRestart(deaths, nowMs).restart) break;
      restarts.push(nowMs);
    }
    for (const atMs of restarts) expect(restarts.filter(other => other <= atMs && atMs - other < 5 * MINUTE).length).toBeLessThanOrEqual(3);
  }));
});
