import { generateKeyPairSync } from 'node:crypto';
import { zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '../../contract/errors.ts';
import { newId } from '../../contract/ids.ts';
import type { Mutation } from '../../contract/province.ts';
import { pushBodyOf } from '../../contract/push-body.ts';
import { mutationsOfBlock } from '../../contract/stick-body.ts';
import { MAX_STICK_BYTES, parseStick, stickName } from '../../contract/stick-file.ts';
import { checkSignature, openStick, sealStick, unpackedBlocks, type HeaderFacts } from '../../contract/stick-seal.ts';
import { STICK_TOOLS as AT_CONSOLE } from '../../main/stick/tools.ts';
import { STICK_TOOLS as AT_PROVINCE } from '../../province/stick-tools.ts';

const T0 = Date.UTC(2026, 10, 24, 3, 0, 0);
const province = AT_PROVINCE.newPair();
const stranger = AT_PROVINCE.newPair();
const device = signing();
const facts: HeaderFacts = {
  kind: 'up', provinceId: newId(T0), deviceId: newId(T0), stationCode: 'BP-01', createdAtMs: T0, firstN: 12, lastN: 40, count: 29, replyKey: AT_CONSOLE.newPair().publicKey,
};

function signing(): { publicKey: string; privateKey: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'), privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64') };
}

const packed = (blocks: readonly Uint8Array[]): Uint8Array[] => blocks.map(block => zstdCompressSync(block));
const sealed = (blocks: readonly Uint8Array[], keys = { toKey: province.publicKey, signKey: device.privateKey }): Uint8Array => sealStick(AT_CONSOLE, facts, packed(blocks), keys);

/** As the reader does it: shape, signature, cipher, compression. */
async function opened(bytes: Uint8Array, mine = province): Promise<Uint8Array[]> {
  const file = parseStick(bytes);
  checkSignature(AT_PROVINCE, file, device.publicKey);
  const blocks: Uint8Array[] = [];
  for await (const block of unpackedBlocks(AT_PROVINCE, openStick(AT_PROVINCE, file, mine))) blocks.push(block);
  return blocks;
}

/** The code of the refusal; anything else that is thrown is a defect. */
async function refusal(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

test('what one machine seals, the other opens, block by block', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 6 }), async blocks => {
    expect((await opened(sealed(blocks))).map(block => [...block])).toEqual(blocks.map(block => [...block]));
  }), { numRuns: 100 });
});

test('any single changed byte is refused', async () => {
  const good = sealed([Buffer.from('{"cursor":null}'), Buffer.from('hai')]);
  for (let at = 0; at < good.length; at += 1) {
    const bad = Uint8Array.from(good);
    bad[at] = (bad[at] ?? 0) ^ (1 << at % 8);
    expect([at, await refusal(() => opened(bad))]).toEqual([at, expect.stringMatching(/^stick\/(damaged|not-a-file|from-future)$/)]);
  }
});

test('a file that ends too early, at any byte, or goes on after its end is refused', async () => {
  const good = sealed([Buffer.from('một'), Buffer.from('hai'), Buffer.from('ba')]);
  for (let length = 0; length < good.length; length += 1) {
    expect([length, await refusal(() => opened(good.subarray(0, length)))]).toEqual([length, expect.stringMatching(/^stick\/(damaged|not-a-file)$/)]);
  }
  expect(await refusal(() => opened(Buffer.concat([good, good])))).toBe('stick/damaged');
});

test('ten thousand files changed at random are refused, each by a code', async () => {
  const good = sealed([Buffer.from('{"cursor":null}'), pushBodyOf([{ n: 12, name: 'issue.note', actorId: newId(T0), atMs: T0, payload: { note: 'Mẫu' } }])]);
  const change = fc.oneof(
    fc.record({ kind: fc.constant('set' as const), at: fc.nat(good.length - 1), bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }) }),
    fc.record({ kind: fc.constant('cut' as const), at: fc.nat(good.length - 1), bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }) }),
    fc.record({ kind: fc.constant('insert' as const), at: fc.nat(good.length - 1), bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }) }),
  );
  await fc.assert(fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async changes => {
    const bad = changes.reduce<Buffer>((file, { kind, at, bytes }) => {
      const rest = file.subarray(at + (kind === 'insert' ? 0 : bytes.length));
      return Buffer.concat([file.subarray(0, at), ...(kind === 'cut' ? [] : [bytes]), rest]);
    }, Buffer.from(good));
    fc.pre(!bad.equals(good));
    expect(await refusal(() => opened(bad))).toMatch(/^stick\//);
  }), { numRuns: 10_000 });
}, 60_000);

test('another key opens nothing, another signer is not believed, the blocks keep their order', async () => {
  expect(await refusal(() => opened(sealed([Buffer.from('một')]), stranger))).toBe('stick/other-key');
  expect(await refusal(() => opened(sealed([Buffer.from('một')], { toKey: province.publicKey, signKey: signing().privateKey })))).toBe('stick/damaged');
  const file = parseStick(sealed([Buffer.from('một'), Buffer.from('một'), Buffer.from('ba')]));
  const [first, second, third] = file.sealed as [Uint8Array, Uint8Array, Uint8Array];
  expect(Buffer.from(first).equals(second)).toBe(false);
  for (const other of [[second, first, third], [first, third, second]]) {
    expect(() => openStick(AT_PROVINCE, { ...file, sealed: other }, province)).toThrow(new AppError('stick/other-key'));
  }
  const shorter = { ...file, sealed: [first, second] };
  expect(() => openStick(AT_PROVINCE, shorter, province)).toThrow(new AppError('stick/other-key'));
});

test('nothing that is in it can be read without the key', () => {
  const words = 'Trần Minh Họa, 0900000000';
  const bytes = Buffer.from(sealStick(AT_CONSOLE, facts, [Buffer.from(words)], { toKey: province.publicKey, signKey: device.privateKey }));
  expect([bytes.includes(words), bytes.includes('0900000000'), bytes.includes('BP-01')]).toEqual([false, false, true]);
});

test('a small file that unpacks to a large one is refused, and so is a large file', async () => {
  const bomb = sealStick(AT_CONSOLE, facts, [zstdCompressSync(Buffer.alloc(64 << 20))], { toKey: province.publicKey, signKey: device.privateKey });
  expect(bomb.length).toBeLessThan(20_000);
  expect(await refusal(() => opened(bomb))).toBe('stick/damaged');
  const block = zstdCompressSync(Buffer.alloc(15 << 20));
  const many = sealStick(AT_CONSOLE, facts, Array.from({ length: 20 }, () => block), { toKey: province.publicKey, signKey: device.privateKey });
  expect(await refusal(() => opened(many))).toBe('stick/too-large');
  expect(() => parseStick(new Uint8Array(MAX_STICK_BYTES + 1))).toThrow(new AppError('stick/too-large', { limitMb: 8 }));
});

test('a file of a later version says so before anything else of it is read', () => {
  const later = Uint8Array.from(sealed([Buffer.from('một')]));
  later[9] = 2;
  later.fill(0xff, 12, 40);
  expect(() => parseStick(later)).toThrow(new AppError('stick/from-future', { version: 2 }));
});

test('a block that holds no mutations is damaged, whatever it holds', () => {
  const good = pushBodyOf(Array.from({ length: 20 }, (_, i): Mutation => ({ n: i + 1, name: 'issue.note', actorId: newId(T0), atMs: T0, payload: { id: newId(T0), note: `Mẫu ${i}` } })));
  expect(mutationsOfBlock(good)).toHaveLength(20);
  fc.assert(fc.property(fc.nat(good.length - 1), fc.uint8Array({ minLength: 1, maxLength: 6 }), (at, bytes) => {
    const bad = Uint8Array.from(good);
    bad.set(bytes.subarray(0, bad.length - at), at);
    try {
      for (const { n } of mutationsOfBlock(bad)) expect(n).toBeGreaterThan(0);
    } catch (error) {
      expect(error).toEqual(new AppError('stick/damaged'));
    }
  }), { numRuns: 2_000 });
});

test('its name tells the station, the moment in Vietnam, the numbers and which way it goes', () => {
  expect(stickName({ ...facts })).toBe('BP-01_20261124-1000_12-40.iocgui');
  expect(stickName({ ...facts, kind: 'back', stationCode: '../Đ P-02' })).toBe('P-02_20261124-1000_12-40.ioctra');
});
