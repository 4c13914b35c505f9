import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../../contract/errors.ts';
import { decideKey, loadKey, type KeyStore } from '../../../main/electron/keychain.ts';

/** A store that really seals: another one, made elsewhere, cannot open what this one sealed. */
function makeStore(backend = 'gnome_libsecret', options: { available?: boolean; stale?: boolean } = {}): KeyStore {
  const key = randomBytes(32);
  return {
    isAvailable: async () => options.available ?? true,
    backend: () => backend,
    async seal(text) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    },
    async open(sealed) {
      const bytes = Buffer.from(sealed);
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(-16));
      return { text: decipher.update(bytes.subarray(12, -16)).toString('utf8') + decipher.final('utf8'), stale: options.stale ?? false };
    },
  };
}

const refused = (code: string) => expect.objectContaining({ code });
const place = { dir: '' };
const file = () => join(place.dir, 'key-safe-storage.json');
const everything = () => readdirSync(place.dir).sort().map(name => [name, readFileSync(join(place.dir, name), 'utf8')]);

beforeEach(() => { place.dir = mkdtempSync(join(tmpdir(), 'ioc-key-')); });
afterEach(() => { rmSync(place.dir, { recursive: true }); });

describe('a machine without a database', () => {
  test('gets a key of 256 random bits, which is the same at every start', async () => {
    const store = makeStore();
    const first = await loadKey(place.dir, store, false);
    expect(first.keyHex).toMatch(/^[0-9a-f]{64}$/);
    expect(first.isNew).toBe(true);
    expect(await loadKey(place.dir, store, false)).toEqual({ ...first, isNew: false });
    expect((await loadKey(mkdtempSync(join(place.dir, 'other-')), store, false)).keyHex).not.toBe(first.keyHex);
  });

  test('keeps the key only sealed, in a file for its owner alone', async () => {
    const { keyHex } = await loadKey(place.dir, makeStore(), false);
    expect(readFileSync(file(), 'utf8')).not.toContain(keyHex);
    expect(statSync(file()).mode & 0o077).toBe(0);
  });

  test('makes no key with a store that cannot give back what it took', async () => {
    const forgetful: KeyStore = { ...makeStore(), open: async () => { throw new Error('no such item'); } };
    await expect(loadKey(place.dir, forgetful, false)).rejects.toEqual(refused('shell/keyring-unavailable'));
    expect(everything()).toEqual([]);
  });
});

describe('a database', () => {
  beforeEach(async () => { writeFileSync(join(place.dir, 'console.db'), 'encrypted'); });

  test('without its key is left alone, and gets no new key', async () => {
    await expect(loadKey(place.dir, makeStore(), true)).rejects.toEqual(refused('db/key-missing'));
    expect(everything()).toEqual([['console.db', 'encrypted']]);
  });

  test('with a key file that cannot be read is left alone', async () => {
    for (const text of ['', '{', '{"version":2}', '{"version":1,"backend":"dpapi","keyId":"x","sealed":"!!"}']) {
      writeFileSync(file(), text);
      await expect(loadKey(place.dir, makeStore(), true)).rejects.toEqual(refused('db/key-missing'));
      expect(everything()).toEqual([['console.db', 'encrypted'], ['key-safe-storage.json', text]]);
    }
  });
});

test('a key that another user or machine has sealed is refused and stays as it is', async () => {
  await loadKey(place.dir, makeStore('dpapi'), false);
  const before = everything();
  await expect(loadKey(place.dir, makeStore('dpapi'), false)).rejects.toEqual(refused('db/wrong-key'));
  expect(everything()).toEqual(before);
});

test('a change of desktop that loses the key names both stores', async () => {
  await loadKey(place.dir, makeStore('gnome_libsecret'), false);
  await expect(loadKey(place.dir, makeStore('kwallet6'), false)).rejects.toEqual(expect.objectContaining({ code: 'db/wrong-key', facts: { backend: 'kwallet6', was: 'gnome_libsecret' } }));
});

test('a sealed text that is not the key it says it is is refused', async () => {
  const store = makeStore();
  await loadKey(place.dir, store, false);
  const record = JSON.parse(readFileSync(file(), 'utf8')) as Record<string, unknown>;
  writeFileSync(file(), JSON.stringify({ ...record, sealed: Buffer.from(await store.seal('f'.repeat(64))).toString('base64') }));
  await expect(loadKey(place.dir, store, false)).rejects.toEqual(refused('db/wrong-key'));
});

test('a store that wants the key sealed anew gets it, and the key stays the same', async () => {
  const options = { stale: false };
  const store = makeStore('dpapi', options);
  const { keyHex } = await loadKey(place.dir, store, false);
  const before = readFileSync(file(), 'utf8');
  options.stale = true;
  expect((await loadKey(place.dir, store, false)).keyHex).toBe(keyHex);
  expect(readFileSync(file(), 'utf8')).not.toBe(before);
});

test('a store that hides nothing is refused, unless a person has allowed it', async () => {
  await expect(loadKey(place.dir, makeStore('basic_text'), false)).rejects.toEqual(refused('shell/keyring-unsafe'));
  expect(everything()).toEqual([]);
  const store = makeStore('basic_text');
  const { keyHex } = await loadKey(place.dir, store, true);
  expect((await loadKey(place.dir, store, true)).keyHex).toBe(keyHex);
  await expect(loadKey(place.dir, store, false)).rejects.toEqual(refused('shell/keyring-unsafe'));
});

test('a store that is locked is refused for now', async () => {
  await expect(loadKey(place.dir, makeStore('kwallet6', { available: false }), false)).rejects.toEqual(refused('shell/keyring-unavailable'));
});

test('whatever the circumstances, a key is made only where nothing is, and opened only where one lies', () => {
  fc.assert(fc.property(fc.record({
    database: fc.boolean(), record: fc.constantFrom('none' as const, 'readable' as const, 'unreadable' as const), available: fc.boolean(),
    backend: fc.constantFrom('dpapi', 'keychain', 'gnome_libsecret', 'kwallet6', 'basic_text', 'unknown'), allowUnsafe: fc.boolean(),
  }), has => {
    try {
      const decision = decideKey(has);
      expect(decision).toBe(has.record === 'none' ? 'create' : 'open');
      expect(has.available && has.record !== 'unreadable').toBe(true);
      expect(decision === 'create' && has.database).toBe(false);
      expect(has.backend === 'basic_text' && !has.allowUnsafe).toBe(false);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      expect(['db/key-missing', 'shell/keyring-unsafe', 'shell/keyring-unavailable']).toContain(error.code);
    }
  }));
});
