import { expect, test } from 'vitest';
import { PIECE_BYTES } from '../../renderer/screens/imports/upload.ts';
import { sendFile } from '../../renderer/screens/stick/send-file.ts';

const answer = { kind: 'carried', id: 'x', stationCode: 'BP-02', firstN: 1, lastN: 2, count: 2, alreadyHere: false } as const;

function core() {
  const asked: { id: string | null; bytes: number; taken: number }[] = [];
  return {
    asked,
    piece: async (input: { id: string | null; base64: string; bytes: number }) => {
      const taken = atob(input.base64).length;
      asked.push({ id: input.id, bytes: input.bytes, taken });
      return { id: 'x', bytes: asked.reduce((sum, piece) => sum + piece.taken, 0) };
    },
    receive: async () => answer,
  };
}
const file = (size: number): File => new File([new Uint8Array(size)], 'BP-02.iocgui');

test('a file goes in pieces, the first without a name, and is taken in after the last', async () => {
  const to = core();
  const seen: number[] = [];
  expect(await sendFile(file(PIECE_BYTES + 10), to, bytes => { seen.push(bytes); }, new AbortController().signal)).toEqual(answer);
  expect(to.asked).toEqual([{ id: null, bytes: PIECE_BYTES + 10, taken: PIECE_BYTES }, { id: 'x', bytes: PIECE_BYTES + 10, taken: 10 }]);
  expect(seen).toEqual([PIECE_BYTES, PIECE_BYTES + 10]);
});

test('one that is stopped is not taken in; an empty one is the core’s to refuse', async () => {
  const to = core();
  const stopped = new AbortController();
  expect(await sendFile(file(3 * PIECE_BYTES), to, () => { stopped.abort(); }, stopped.signal)).toBe(null);
  expect(to.asked).toHaveLength(1);
  const empty = core();
  await sendFile(file(0), empty, () => undefined, new AbortController().signal);
  expect(empty.asked).toEqual([{ id: null, bytes: 0, taken: 0 }]);
});
