import { expect, test } from 'vitest';
import type { ImportJob } from '../../contract/imports.ts';
import { newId } from '../../contract/ids.ts';
import { PIECE_BYTES, upload } from '../../renderer/screens/imports/upload.ts';
import { base64Of } from '../../renderer/ui/base64.ts';

const job = (changes: Partial<ImportJob> = {}): ImportJob => ({
  id: newId(1), fileName: 'f.csv', format: null, status: 'receiving', bytes: 0, bytesDone: 0, imported: 0, alreadyThere: 0, refused: 0,
  error: null, startedAtMs: 1, endedAtMs: null, ...changes,
});

function core(refuseAfter = Infinity) {
  const got: Buffer[] = [];
  return {
    got,
    calls: {
      begin: (input: { bytes: number }) => Promise.resolve(job({ bytes: input.bytes })),
      piece: (input: { base64: string }) => {
        got.push(Buffer.from(input.base64, 'base64'));
        return Promise.resolve(got.length > refuseAfter ? job({ status: 'failed', error: { code: 'import/not-text', facts: {} } }) : job());
      },
      run: () => Promise.resolve(job({ status: 'running' })),
    },
  };
}

test('a file arrives byte for byte, in pieces of at most 256 KB', async () => {
  const bytes = Uint8Array.from({ length: PIECE_BYTES * 2 + 17 }, (_, i) => (i * 31) % 256);
  const { calls, got } = core();
  const last = await upload(new File([bytes], 'phản ánh.csv'), calls, () => undefined, new AbortController().signal);
  expect(last.status).toBe('running');
  expect(got.map(piece => piece.length)).toEqual([PIECE_BYTES, PIECE_BYTES, 17]);
  expect(Buffer.concat(got).equals(Buffer.from(bytes))).toBe(true);
});

test('a refusal in the middle ends the sending, and the import is not started', async () => {
  const { calls, got } = core(1);
  const last = await upload(new File([new Uint8Array(PIECE_BYTES * 5)], 'x.bin'), calls, () => undefined, new AbortController().signal);
  expect([last.status, got.length]).toEqual(['failed', 2]);
});

test('a cancelled upload sends no further piece', async () => {
  const abort = new AbortController();
  const { calls, got } = core();
  await upload(new File([new Uint8Array(PIECE_BYTES * 5)], 'x.csv'), calls, () => { if (got.length === 2) abort.abort(); }, abort.signal);
  expect(got.length).toBe(2);
});

test('base64 is right for every length at the edges of a step', () => {
  for (const length of [0, 1, 2, 3, 8_191, 8_192, 8_193]) {
    const bytes = new Uint8Array(length).fill(200);
    expect(Buffer.from(base64Of(bytes), 'base64').equals(Buffer.from(bytes))).toBe(true);
  }
});
