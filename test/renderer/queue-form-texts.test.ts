import { ORPCError } from '@orpc/client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FormTexts, type FormPlace, type Written } from '../../renderer/screens/queue/form-texts.ts';

const PLACE: FormPlace = { personId: 'hoa', id: 'record', action: 'issue.note' };
const words = (text: string): Written => ({ fields: { text }, isUntouched: text === '' });
const said = (written: Written | null) => (written === null || written.isUntouched ? null : written.fields['text']);

/** A core that answers in 10 ms, or as told; `sent` and `kept` in order, null where there is nothing. */
function textsOver(answer: (nth: number) => Promise<void> = () => new Promise(resolve => { setTimeout(resolve, 10); })) {
  const sent: unknown[] = [];
  const kept: unknown[] = [];
  const texts = new FormTexts({
    async send(_place, written) {
      sent.push(said(written));
      await answer(sent.length);
      return { savedAtMs: sent.length };
    },
    onKept: (_place, written) => { kept.push(said(written)); return Promise.resolve(); },
  });
  return { texts, sent, kept };
}
const refuse = (code: string) => Promise.reject(new ORPCError('APP', { data: { code, facts: {} } }));

describe('texts of step forms', () => {
  beforeEach(() => { vi.useFakeTimers(); });
  afterEach(() => { vi.useRealTimers(); });

  test('are with the core after a pause, the newest one, and only then no longer waiting', async () => {
    const { texts, sent, kept } = textsOver();
    for (const text of ['g', 'gọ', 'gọi']) texts.put(PLACE, words(text));
    expect(texts.unsaved(PLACE)).toEqual(words('gọi'));
    expect(texts.unsavedOf('hoa', 'record')).toEqual([{ action: 'issue.note', isUntouched: false }]);
    await vi.advanceTimersByTimeAsync(500);
    expect([sent, kept, texts.unsaved(PLACE)]).toEqual([['gọi'], ['gọi'], undefined]);
  });

  test('typed on while being saved are saved once more, and the older one is never said to be kept', async () => {
    const { texts, sent, kept } = textsOver();
    texts.put(PLACE, words('gọi'));
    const flushed = texts.flush(PLACE);
    texts.put(PLACE, words('gọi lại'));
    await vi.advanceTimersByTimeAsync(500);
    await flushed;
    expect([sent, kept, texts.unsaved(PLACE)]).toEqual([['gọi', 'gọi lại'], ['gọi lại'], undefined]);
  });

  test('are tried again while the core is away, and the trouble is told until it is over', async () => {
    const { texts, kept } = textsOver(nth => (nth === 1 ? refuse('core/starting') : Promise.resolve()));
    const told = vi.fn();
    texts.subscribe(told);
    texts.put(PLACE, words('gọi'));
    await vi.advanceTimersByTimeAsync(200);
    expect([texts.failure(PLACE), told.mock.calls.length]).toEqual([expect.any(ORPCError), 1]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect([texts.failure(PLACE), kept, told.mock.calls.length]).toEqual([null, ['gọi'], 2]);
  });

  test('that are refused stay in the window and are not sent again and again', async () => {
    const { texts, sent } = textsOver(() => refuse('draft/too-long'));
    texts.put(PLACE, words('quá dài'));
    await vi.advanceTimersByTimeAsync(5_000);
    expect([sent, texts.unsaved(PLACE)]).toEqual([['quá dài'], words('quá dài')]);
  });

  test('are forgotten after their step, also those on their way', async () => {
    const { texts, sent, kept } = textsOver();
    texts.put(PLACE, words('gọi'));
    void texts.flush(PLACE);
    const forgotten = texts.forget(PLACE);
    await vi.advanceTimersByTimeAsync(5_000);
    await forgotten;
    expect([sent, kept, texts.unsaved(PLACE)]).toEqual([['gọi', null], [null], undefined]);
  });

  test('that the core has are forgotten without a word to it: they went with the step', async () => {
    const { texts, sent } = textsOver();
    texts.put(PLACE, words('gọi'));
    await vi.advanceTimersByTimeAsync(500);
    await texts.forget(PLACE);
    expect(sent).toEqual(['gọi']);
  });

  test('all go at once when asked, whatever one of them meets; of a person who has left nothing goes', async () => {
    const { texts, sent } = textsOver(nth => (nth === 1 ? refuse('draft/too-long') : Promise.resolve()));
    texts.put(PLACE, words('một'));
    texts.put({ ...PLACE, action: 'issue.edit' }, words('hai'));
    await texts.flushAll();
    expect(sent).toEqual(['một', 'hai']);
    texts.put({ ...PLACE, id: 'other' }, words('ba'));
    texts.clear();
    await vi.advanceTimersByTimeAsync(5_000);
    expect([sent, texts.unsaved({ ...PLACE, id: 'other' })]).toEqual([['một', 'hai'], undefined]);
  });
});
