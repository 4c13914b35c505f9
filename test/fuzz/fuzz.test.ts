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
  await expect(KINDS['page']?.take(nested(20_000), stage)).rejects.toMatchObject({ code: 'link/foreign-answer', facts: { reason: 'unsound' } });
  await KINDS['page']?.take(nested(20), stage);
  await stage.close();
});

test('a length that cannot be compared is refused at the door, in the body and in what a mutation carries', async () => {
  const stage = await openStage();
  const length = { length: { toString: 1 } };
  const body = (mutations: unknown): Buffer => Buffer.from(JSON.stringify({ mutations }));
  const actor = { personId: '00000000-0000-7000-8000-000000000001', unitId: null };
  for (const way of ['decode', 'take'] as const) {
    const sent = async (message: Buffer): Promise<unknown> => KINDS['push-json']?.[way](message, stage);
    await expect(sent(body(length))).rejects.toMatchObject({ code: 'input/invalid' });
    await expect(sent(body([{ n: stage.lastN + 1, name: 'issue.note', actor, atMs: 1, payload: { id: actor.personId, note: length }, provisionalNo: null }]))).rejects.toMatchObject({ code: 'input/invalid' });
  }
  const page = JSON.stringify({ rows: length, cursor: 'c', more: false, verdicts: [], lastN: 0, nowMs: 1 });
  await expect(KINDS['page']?.take(Buffer.from(page), stage)).rejects.toMatchObject({ code: 'link/foreign-answer', facts: { reason: 'unsound' } });
  await stage.close();
});
