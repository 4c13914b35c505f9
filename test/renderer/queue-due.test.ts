import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dueFace, spanFace } from '../../renderer/screens/queue/due.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('the time left', () => {
  test.each([
    [41_000, 'seconds', { minutes: 0, seconds: '41' }], [3 * MINUTE + 20_000, 'seconds', { minutes: 3, seconds: '20' }], [22 * MINUTE, 'minutes', { minutes: 22 }],
    [70 * MINUTE, 'hoursMinutes', { hours: 1, minutes: '10' }], [5 * HOUR + 40 * MINUTE, 'hoursMinutes', { hours: 5, minutes: '40' }], [3 * HOUR, 'hours', { hours: 3 }],
    [15 * HOUR + MINUTE, 'hours', { hours: 15 }], [47 * HOUR + 59 * MINUTE, 'hours', { hours: 47 }], [72 * HOUR - 1, 'hours', { hours: 71 }],
    [72 * HOUR, 'days', { days: 3 }], [9 * 24 * HOUR + 20 * HOUR, 'days', { days: 9 }],
  ] as const)('%i ms is told in %s', (ms, key, facts) => {
    expect(spanFace(ms)).toEqual({ key, facts });
  });

  test('is soon from the warning on, and in its last minute whatever was allowed', () => {
    expect(dueFace(100 * MINUTE, 75 * MINUTE, 74 * MINUTE).tone).toBe('ok');
    expect(dueFace(100 * MINUTE, 75 * MINUTE, 76 * MINUTE).tone).toBe('soon');
    expect(dueFace(MINUTE, null, 10_000).tone).toBe('soon');
  });

  test('what is over by nearly two days is not told as one', () => {
    expect(dueFace(0, null, 47 * HOUR).span).toEqual({ key: 'hours', facts: { hours: 47 } });
  });

  test('is over from the first ms after, and there is none without a deadline', () => {
    expect(dueFace(1_000, null, 1_000).tone).toBe('soon');
    expect(dueFace(1_000, null, 1_001)).toEqual({ tone: 'over', span: { key: 'minutes', facts: { minutes: 1 } } });
    expect(dueFace(null, null, 5)).toEqual({ tone: 'none', span: null });
  });

  test('never gets longer while time passes', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 30 * 24 * HOUR }), fc.integer({ min: 0, max: HOUR }), (leftMs, passedMs) => {
      const rank = (ms: number) => ['seconds', 'minutes', 'hoursMinutes', 'hours', 'days'].indexOf(spanFace(ms).key);
      if (rank(Math.max(0, leftMs - passedMs)) <= rank(leftMs)) return;
      // "giờ" and "giờ phút" alternate below ten hours; nothing else may grow.
      expect([spanFace(leftMs).key, spanFace(Math.max(0, leftMs - passedMs)).key]).toEqual(['hoursMinutes', 'hours']);
    }));
  });
});
