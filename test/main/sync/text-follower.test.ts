import { expect, test } from 'vitest';
import type { Writer } from '../../../db/writer-api.ts';
import { TextFollower } from '../../../main/sync/text-follower.ts';
import { silentLog } from '../../support/silent-log.ts';

/** A writer that answers the calls as told, one after the other; an error is thrown. */
function writerOf(answers: (boolean | Error)[]): { writer: Writer; calls: () => number } {
  const at = { call: 0 };
  const call = async (): Promise<{ more: boolean }> => {
    const answer = answers[at.call++] ?? false;
    if (answer instanceof Error) throw answer;
    return { more: answer };
  };
  return { writer: { call, onChange: () => () => undefined, close: async () => undefined } as Writer, calls: () => at.call };
}

const settled = async (isTrue: () => boolean): Promise<void> => {
  for (let i = 0; i < 500 && !isTrue(); i++) await new Promise(resolve => setTimeout(resolve, 2));
  expect(isTrue()).toBe(true);
};

test('trouble of the machine delays the words and does not end them', async () => {
  const { writer, calls } = writerOf([true, new Error('disk full'), new Error('disk full'), true, false]);
  const done = { times: 0 };
  const follower = new TextFollower({ writer, log: silentLog }, () => { done.times += 1; }, 5);
  follower.start();
  follower.start();
  await settled(() => done.times === 1);
  await follower.stop();
  expect([calls(), done.times]).toEqual([5, 1]);
});

test('a stop ends it between two pieces, and in a pause at once', async () => {
  const done = (): void => { throw new Error('they are not all written'); };
  const endless = writerOf(Array.from({ length: 100_000 }, () => true));
  const busy = new TextFollower({ writer: endless.writer, log: silentLog }, done);
  busy.start();
  await settled(() => endless.calls() > 3);
  await busy.stop();
  const calls = endless.calls();
  await new Promise(resolve => setTimeout(resolve, 20));
  expect(endless.calls()).toBe(calls);
  const troubled = writerOf([new Error('disk full')]);
  const pausing = new TextFollower({ writer: troubled.writer, log: silentLog }, done);
  pausing.start();
  await settled(() => troubled.calls() === 1);
  await pausing.stop();
  expect(troubled.calls()).toBe(1);
});
