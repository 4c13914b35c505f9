import { describe, expect, test } from 'vitest';
import { CoreCalls } from '../../../main/platform/core-calls.ts';
import type { FromCore, ToCore } from '../../../main/platform/core-messages.ts';

/** A core that answers by hand. */
function makeCore(ready = true) {
  const heard: ((message: FromCore) => void)[] = [];
  const states: ((state: { name: string }) => void)[] = [];
  return {
    say: (message: FromCore) => { for (const listener of heard) listener(message); },
    become: (name: string) => { for (const listener of states) listener({ name }); },
    channel: {
      post: (_message: ToCore) => ready,
      onMessage: (listener: (message: FromCore) => void) => heard.push(listener),
      onState: (listener: (state: { name: string }) => void) => states.push(listener),
    },
  };
}

describe('a call to the core', () => {
  test('gets its own answer, whatever else is said meanwhile', async () => {
    const core = makeCore();
    const caller = new CoreCalls(core.channel);
    const first = caller.call(['station', 'state'], {}, 10_000);
    const second = caller.call(['station', 'state'], {}, 10_000);
    core.say({ type: 'answer', n: 2, output: 'two' });
    core.say({ type: 'answer', n: 1, error: { code: 'core/starting', facts: {} } });
    await expect(second).resolves.toBe('two');
    await expect(first).rejects.toEqual(expect.objectContaining({ code: 'core/starting' }));
  });

  test('ends with the core that was to answer it, and a late answer is nobody’s', async () => {
    const core = makeCore();
    const answer = new CoreCalls(core.channel).call(['station', 'state'], {});
    core.become('restarting');
    await expect(answer).rejects.toEqual(expect.objectContaining({ code: 'core/starting' }));
    expect(() => { core.say({ type: 'answer', n: 1, output: 'late' }); }).not.toThrow();
  });

  test('that nobody can take or answers in time is refused', async () => {
    await expect(new CoreCalls(makeCore(false).channel).call(['station', 'state'], {}, 10_000)).rejects.toEqual(expect.objectContaining({ code: 'core/starting' }));
    const silent = makeCore();
    await expect(new CoreCalls(silent.channel).call(['station', 'state'], {}, 1)).rejects.toEqual(expect.objectContaining({ code: 'core/starting' }));
  });
});
