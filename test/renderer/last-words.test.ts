import { afterEach, expect, test } from 'vitest';
import { LAST_WORDS_BYTES } from '../../contract/console.ts';
import { createDraftSaver, sayLast, type DraftSaver } from '../../renderer/draft-saver.ts';
import { LastRoom } from '../../renderer/last-words.ts';
import { FormTexts } from '../../renderer/screens/queue/form-texts.ts';

const ends: (() => void)[] = [];
afterEach(() => { for (const end of ends.splice(0)) end(); });

/** A page of which the core has nothing yet: its forms, and what the browser carries when it goes. */
function page() {
  const [room, carried, lost] = [new LastRoom(), [] as string[], [] as string[]];
  const keepers = new Set<Pick<DraftSaver<never>, 'unsaid'>>();
  const save = (text: string): Promise<{ savedAtMs: number }> => {
    (room.take(['issues', 'saveForm'], { text }) ? carried : lost).push(text);
    return new Promise(() => undefined);
  };
  return {
    keepers, save, carried, names: () => [carried, lost].map(some => some.map(text => text.slice(0, 2))),
    form(): DraftSaver<string> {
      const saver = createDraftSaver<string>({ save, onState: () => undefined, mayRetry: () => false, delayMs: 60_000, retryMs: 60_000 });
      keepers.add(saver);
      ends.push(() => { saver.stop(); });
      return saver;
    },
    leave(): void {
      room.open();
      sayLast(keepers);
    },
  };
}
const long = (name: string): string => name + 'x'.repeat(40 * 1024);

test('the last words of a page stay together within what a browser carries; of more than that, what was typed last goes first', () => {
  const { form, leave, names, carried } = page();
  const [small, older, newer] = [form(), form(), form()];
  newer.put('n0');
  small.put('s1');
  older.put(long('o1'));
  newer.put(long('n1'));
  leave();
  expect(names()).toEqual([['n1', 's1'], ['o1']]);
  const bytes = carried.reduce((sum, text) => sum + new TextEncoder().encode(JSON.stringify({ path: ['issues', 'saveForm'], input: { text } })).byteLength, 0);
  expect(bytes).toBeLessThanOrEqual(LAST_WORDS_BYTES);
});

test('also among the forms of steps, in whichever order they were begun, and again when the page was shown once more', () => {
  const { form, leave, names, keepers, save } = page();
  const texts = new FormTexts({ send: (_place, { fields }) => save(String(fields.text)), onKept: () => Promise.resolve() });
  keepers.add(texts);
  ends.push(() => { texts.clear(); });
  const put = (action: 'issue.note' | 'issue.edit', text: string): void => { texts.put({ id: 'i', personId: 'p', action }, { fields: { text }, isUntouched: false }); };
  put('issue.edit', 'e0');
  put('issue.note', long('n1'));
  form().put('f1');
  put('issue.edit', long('e1'));
  leave();
  expect(names()).toEqual([['e1', 'f1'], ['n1']]);
  put('issue.note', long('n2'));
  leave();
  expect(names()).toEqual([['e1', 'f1', 'n2', 'f1'], ['n1', 'e1']]);
});

test('room is counted in bytes as the browser counts it, not in letters: one of Vietnamese may be three', () => {
  const path = ['issues', 'saveForm'];
  const most = Math.floor((LAST_WORDS_BYTES - JSON.stringify({ path, input: { text: '' } }).length) / 3);
  const fits = (letters: number): boolean => { const room = new LastRoom(); room.open(); return room.take(path, { text: 'ệ'.repeat(letters) }); };
  expect([fits(most), fits(most + 1)]).toEqual([true, false]);
});
