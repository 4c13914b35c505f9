import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createDraftSaver, type SaveState } from '../../renderer/draft-saver.ts';

function saverOver(save: (text: string) => Promise<{ savedAtMs: number }>, mayRetry = true) {
  const states: SaveState[] = [];
  const saver = createDraftSaver<string>({ save, onState: s => states.push(s), mayRetry: () => mayRetry, delayMs: 150, retryMs: 1_000 });
  return { saver, states, kinds: () => states.map(s => s.kind) };
}

describe('the draft saver', () => {
  beforeEach(() => { vi.useFakeTimers(); });
  afterEach(() => { vi.useRealTimers(); });

  test('says saved only after the core has answered, with the core’s time', async () => {
    const answer = Promise.withResolvers<{ savedAtMs: number }>();
    const { saver, states } = saverOver(() => answer.promise);
    saver.put('a');
    await vi.advanceTimersByTimeAsync(500);
    expect(states).toEqual([{ kind: 'saving' }]);
    answer.resolve({ savedAtMs: 42 });
    await vi.advanceTimersByTimeAsync(0);
    expect(states.at(-1)).toEqual({ kind: 'saved', atMs: 42 });
  });

  test('keys in quick succession are one save of the newest text', async () => {
    const saved: string[] = [];
    const { saver } = saverOver(text => { saved.push(text); return Promise.resolve({ savedAtMs: 1 }); });
    for (const text of ['x', 'xe', 'xe t', 'xe tải']) { saver.put(text); await vi.advanceTimersByTimeAsync(20); }
    await vi.advanceTimersByTimeAsync(150);
    expect(saved).toEqual(['xe tải']);
  });

  test('one save at a time: a text typed meanwhile follows, and saved is said of the last only', async () => {
    const first = Promise.withResolvers<{ savedAtMs: number }>();
    const saved: string[] = [];
    const { saver, kinds } = saverOver(text => { saved.push(text); return text === 'a' ? first.promise : Promise.resolve({ savedAtMs: 2 }); });
    saver.put('a');
    await vi.advanceTimersByTimeAsync(150);
    saver.put('ab');
    await vi.advanceTimersByTimeAsync(150);
    expect(saved).toEqual(['a']);
    first.resolve({ savedAtMs: 1 });
    await vi.advanceTimersByTimeAsync(0);
    expect(saved).toEqual(['a', 'ab']);
    expect(kinds()).toEqual(['saving', 'saving', 'saved']);
  });

  test('a core that is away keeps the text here and gets it when it is back', async () => {
    const saved: string[] = [];
    const away = { now: true };
    const { saver, kinds } = saverOver(text => away.now ? Promise.reject(new Error('away')) : (saved.push(text), Promise.resolve({ savedAtMs: 3 })));
    saver.put('giữ');
    await vi.advanceTimersByTimeAsync(2_500);
    expect(kinds()).toContain('failed');
    away.now = false;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(saved).toEqual(['giữ']);
    expect(kinds().at(-1)).toBe('saved');
  });

  test('a refusal that no repetition mends is said once and not repeated', async () => {
    const calls = { n: 0 };
    const { saver, kinds } = saverOver(() => { calls.n++; return Promise.reject(new Error('too long')); }, false);
    saver.put('x');
    await vi.advanceTimersByTimeAsync(10_000);
    expect([calls.n, kinds()]).toEqual([1, ['saving', 'failed']]);
  });

  test('flush sends at once and rejects with the refusal', async () => {
    const { saver } = saverOver(() => Promise.reject(new Error('no')), false);
    saver.put('x');
    await expect(saver.flush()).rejects.toThrow('no');
  });

  test('last words go at once, also while an older save is on its way, and are what was typed last', async () => {
    const never = Promise.withResolvers<{ savedAtMs: number }>();
    const saved: string[] = [];
    const { saver } = saverOver(text => { saved.push(text); return never.promise; });
    const last = (): void => { for (const { say } of saver.unsaid()) say(); };
    last();
    saver.put('a');
    last();
    await vi.advanceTimersByTimeAsync(150);
    last();
    saver.put('ab');
    last();
    expect(saved).toEqual(['a', 'a', 'a', 'ab']);
    saver.stop();
    last();
    expect(saved).toHaveLength(4);
  });

  test('closing sends what was typed last', async () => {
    const saved: string[] = [];
    const { saver } = saverOver(text => { saved.push(text); return Promise.resolve({ savedAtMs: 1 }); });
    saver.put('cuối');
    saver.close();
    await vi.advanceTimersByTimeAsync(0);
    expect(saved).toEqual(['cuối']);
  });
});
