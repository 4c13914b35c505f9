import { expect, test } from 'vitest';
import { replayOf, runSeeds } from './run.ts';

test('messages that somebody has tampered with are refused by a code or taken whole, on both sides', async () => {
  const { counts, failures } = await runSeeds(0, 14_000);
  expect(failures.map(({ seed, kind, why }) => `${kind}, ${replayOf(seed)}: ${why}`)).toEqual([]);
  for (const [kind, { messages, taken, refused, accepted }] of Object.entries(counts)) {
    expect([kind, messages, taken, refused + accepted]).toEqual([kind, 2_000, 50, 2_000]);
    expect([kind, refused > 0]).toEqual([kind, true]);
  }
}, 120_000);
