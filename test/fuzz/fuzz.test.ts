import { expect, test } from 'vitest';
import { KINDS } from './kinds.ts';
import { replayOf, runSeeds } from './run.ts';
import { openStage } from './stage.ts';

test('messages that somebody has tampered with are refused by a code or taken whole, on both sides', async () => {
  const { counts, failures } = await runSeeds(0, 14_000);
  expect(failures.map(({ seed, kind, why }) => `${kind}, ${replayOf(seed)}: ${why}`)).toEqual([]);
  for (const [kind, { messages, taken, refused, accepted }] of Object.entries(counts)) {
    expect([kind, messages, taken, refused + accepted]).toEqual([kind, 2_000, 50, 2_000]);
    expect([kind, refused > 0]).toEqual([kind, true]);
  }
}, 120_000);

test('an answer nested beyond all sense is nobody’s of ours, and changes nothing at the desk', async () => {
  const stage = await openStage();
  const [row] = stage.page.rows;
  const page = JSON.stringify({ rows: [{ ...row, data: { ...row?.data, more: 'deep' } }], cursor: 'c', more: false, verdicts: [], lastN: 0, nowMs: 1 });
  const nested = (levels: number): Buffer => Buffer.from(page.replace('"deep"', '['.repeat(levels) + ']'.repeat(levels)));
  await expect(KINDS['page']?.take(nested(20_000), stage)).rejects.toMatchObject({ code: 'link/foreign-answer', facts: { reason: 'too-deep' } });
  await KINDS['page']?.take(nested(20), stage);
  await stage.close();
});
