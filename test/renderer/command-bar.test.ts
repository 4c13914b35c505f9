import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLatest } from '../../renderer/command-bar/latest.ts';
import { rankActions, type CommandAction } from '../../renderer/command-bar/rank-actions.ts';

const action = (label: string, words = ''): CommandAction => ({ id: label, label, words, group: 'g', run: () => undefined });
const actions = [action('Tiếp nhận cuộc gọi 115', 'cap cuu'), action('Danh bạ', 'don vi'), action('Đóng ngăn'), action('Dong bo'), action('Vì sao chưa đồng bộ?', 'tinh trang mang')];
const labels = (text: string) => rankActions(actions, text).map(a => a.label);

describe('actions of the command bar', () => {
  test('are found without accents, and by their further names', () => {
    expect(labels('tiep nhan')).toEqual(['Tiếp nhận cuộc gọi 115']);
    expect(labels('cấp cứu')).toEqual(['Tiếp nhận cuộc gọi 115']);
  });

  test('exact accents come before folded hits, the beginning before the middle', () => {
    expect(labels('đồng bộ')).toEqual(['Vì sao chưa đồng bộ?', 'Dong bo']);
    expect(labels('dong bo')).toEqual(['Dong bo', 'Vì sao chưa đồng bộ?']);
  });

  test('are all there when nothing is typed', () => {
    expect(labels('')).toEqual(actions.map(a => a.label));
  });
});

describe('questions of the command bar', () => {
  beforeEach(() => { vi.useFakeTimers(); });
  afterEach(() => { vi.useRealTimers(); });

  test('a slow answer to an old text is never delivered', async () => {
    const answers: string[] = [];
    const signals: AbortSignal[] = [];
    const latest = createLatest<string, string>({
      run: (text, signal) => { signals.push(signal); return new Promise(resolve => { setTimeout(() => { resolve(text); }, text === 'cũ' ? 500 : 10); }); },
      onAnswer: (_, output) => answers.push(output), onError: () => undefined, delayMs: 50,
    });
    latest.ask('cũ');
    await vi.advanceTimersByTimeAsync(60);
    latest.ask('mới');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(answers).toEqual(['mới']);
    expect(signals[0]?.aborted).toBe(true);
  });

  test('quick typing asks once', async () => {
    const asked: string[] = [];
    const latest = createLatest<string, null>({ run: text => { asked.push(text); return Promise.resolve(null); }, onAnswer: () => undefined, onError: () => undefined, delayMs: 50 });
    for (const text of ['d', 'du', 'duo']) latest.ask(text);
    await vi.advanceTimersByTimeAsync(100);
    expect(asked).toEqual(['duo']);
  });
});
