import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { ExportOrder } from '../../contract/export.ts';
import { ExportOrder as Order } from '../../contract/export.ts';
import { startTexts } from '../../renderer/strings/text.ts';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';
import { exportWords } from '../../renderer/screens/export/export-words.ts';
import { fetchFile } from '../../renderer/screens/export/fetch-file.ts';

const ORDER: ExportOrder = { viewId: 'v', format: 'csv', words: {}, personal: null };
const ID = '0190a000-0000-7000-8000-000000000001';

/** A core of three pieces that notes what it is asked. */
function core(fail?: number) {
  const asked: string[] = [];
  const exports = {
    begin: async () => { asked.push('begin'); return { id: ID, name: 'a.csv', rows: 30 }; },
    piece: async ({ n }: { n: number }) => { asked.push(`piece ${n}`); if (n === fail) throw new Error('gone'); const packed = n === 1; return { base64: packed ? deflateSync(`part${n}`).toString('base64') : btoa(`part${n}`), packed, rowsDone: (n + 1) * 10, left: 1, done: n === 2 }; },
    cancel: async () => { asked.push('cancel'); return {}; },
  };
  return { asked, core: { exports } as unknown as Parameters<typeof fetchFile>[0] };
}

test('a file is put together of all its pieces, and only then there', async () => {
  const made = core();
  const told: number[] = [];
  const fetched = await fetchFile(made.core, ORDER, done => { told.push(done); }, new AbortController().signal);
  expect([await fetched!.file.text(), fetched!.rows, fetched!.left, told]).toEqual(['part0part1part2', 29, 1, [0, 10, 20]]);
});

test('stopped half-way there is no file, and the core hears of it; a failure gives none either', async () => {
  const made = core();
  const stop = new AbortController();
  expect(await fetchFile(made.core, ORDER, done => { if (done === 10) stop.abort(); }, stop.signal)).toBeNull();
  expect(made.asked).toEqual(['begin', 'piece 0', 'cancel']);
  await expect(fetchFile(core(1).core, ORDER, () => undefined, new AbortController().signal)).rejects.toThrow('gone');
});

test('every column and code has its words, within what an order may bring along', async () => {
  await startTexts('vi');
  for (const language of ['vi', 'en'] as const) {
    const words = exportWords(language, DEFAULT_PACK.categories);
    expect(Order.safeParse({ ...ORDER, words }).success).toBe(true);
    for (const [key, word] of Object.entries(words)) expect(word, key).not.toBe('');
  }
  expect(exportWords('vi', DEFAULT_PACK.categories)).toMatchObject({ 'column.description': 'Diễn biến', 'state.closed': 'Đã đóng', 'category.waste': 'Rác thải, môi trường' });
});
