import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answer, freshNonce, readScreens } from '../../../main/electron/screens.ts';

const folder = mkdtempSync(join(tmpdir(), 'ioc-screens-'));
const get = (path: string, method = 'GET') => answer(readScreens(folder), { method, url: `app://console${path}` }, 'N0nce');
const text = (path: string) => new TextDecoder().decode(get(path).body ?? new Uint8Array());

beforeAll(() => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<meta name="csp-nonce" content="__NONCE__"><script type="module" src="./assets/a-1.js"></script>');
  writeFileSync(join(folder, 'assets', 'a-1.js'), 'export const nonce = "__NONCE__";');
  writeFileSync(join(folder, 'assets', 'a-1.js.map'), '{}');
  writeFileSync(join(folder, 'assets', 'font.woff2'), Buffer.from([1, 2, 3]));
  writeFileSync(join(folder, '..', `${folder.split('/').pop()}-secret.txt`), 'secret');
  symlinkSync('/etc/passwd', join(folder, 'assets', 'passwd.json'));
});
afterAll(() => { rmSync(folder, { recursive: true }); rmSync(`${folder}-secret.txt`); });

describe('the scheme', () => {
  test('gives the start page at / and at /index.html, with the load’s own nonce in it', () => {
    for (const path of ['/', '/index.html', '/?x=1', '/#/queue']) {
      expect(get(path).status).toBe(200);
      expect(text(path)).toContain('content="N0nce"');
      expect(get(path).headers['cache-control']).toBe('no-store');
    }
  });

  test('puts the nonce into no other file', () => {
    expect(text('/assets/a-1.js')).toContain('__NONCE__');
  });

  test('sends type, policy and guards with everything', () => {
    for (const [path, type] of [['/', 'text/html; charset=utf-8'], ['/assets/a-1.js', 'text/javascript; charset=utf-8'], ['/assets/font.woff2', 'font/woff2']] as const) {
      const { headers } = get(path);
      expect(headers['content-type']).toBe(type);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'/);
      expect(headers['content-security-policy']).toContain("style-src 'self' 'nonce-N0nce'");
      expect(headers['content-security-policy']).not.toMatch(/unsafe|\*|https?:/);
    }
  });

  test('knows no file that the build did not make, however the path is written', () => {
    for (const path of [
      '/../secret.txt', '/%2e%2e/secret.txt', '/..%2f..%2fetc/passwd', '/assets/../../secret.txt', '/assets/%2e%2e%5csecret.txt', '//etc/passwd', '/assets/', '/assets', '/assets/a-1.js/',
      '/assets/a-1.js.map', '/assets/A-1.js', '/assets/a-1.js%00', '/missing.js', '/assets/passwd.json', '/__proto__', '/constructor',
    ]) expect(get(path).status, path).toBe(404);
  });

  test('answers nothing but GET, and no other host', () => {
    for (const method of ['POST', 'PUT', 'HEAD', 'OPTIONS', 'DELETE']) expect(get('/', method)).toMatchObject({ status: 405, body: null });
    for (const url of ['app://evil/', 'app://console.evil/', 'https://console/']) expect(answer(readScreens(folder), { method: 'GET', url }, 'n').status, url).toBe(404);
  });

  test('echoes nothing of the request into its headers', () => {
    const headers = JSON.stringify(get('/?evil=%0d%0aset-cookie:x').headers);
    expect(headers).not.toContain('evil');
  });
});

test('a nonce is new each time and long enough', () => {
  const nonces = new Set(Array.from({ length: 1_000 }, freshNonce));
  expect(nonces.size).toBe(1_000);
  for (const nonce of nonces) expect(nonce).toMatch(/^[\w-]{22}$/);
});

test('a folder without a start page is refused by name', () => {
  expect(() => readScreens(join(folder, 'assets'))).toThrow(expect.objectContaining({ code: 'shell/not-built' }));
  expect(() => readScreens(join(folder, 'nowhere'))).toThrow(expect.objectContaining({ code: 'shell/not-built' }));
});
