import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enter, get, openConsole, refusedStatus, type Visit } from '../../support/open-console.ts';
import { temporaryFolder } from '../../support/processes.ts';

const folder = temporaryFolder('door');
const visit = {} as Visit;
beforeAll(async () => { Object.assign(visit, await enter(await openConsole(folder.path))); });
afterAll(async () => {
  await visit.shell.close();
  folder.remove();
});

describe('pages', () => {
  test('come with the policy, a nonce of their own at every load, and are not kept', async () => {
    const nonces = new Set<string>();
    for (const path of ['/', '/index.html']) {
      const answer = await fetch(visit.origin + path, { headers: { cookie: visit.cookie } });
      const nonce = /'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy') ?? '')?.[1] ?? '';
      const html = await answer.text();
      expect(html).toContain(`<style nonce="${nonce}">`);
      expect(html).not.toContain('__NONCE__');
      expect(answer.headers.get('content-security-policy')).toContain(`default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'`);
      expect(answer.headers.get('content-security-policy')).not.toContain('unsafe');
      expect(Object.fromEntries(['cache-control', 'x-content-type-options', 'x-frame-options', 'referrer-policy', 'content-type'].map(name => [name, answer.headers.get(name)])))
        .toEqual({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer', 'content-type': 'text/html; charset=utf-8' });
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(2);
  });

  test('may keep what is named by its content, and nothing else', async () => {
    const [hashed, plain] = await Promise.all([get(visit, '/assets/main-abcdefgh.js'), get(visit, '/assets/plain.css')]);
    expect(hashed).toMatch(/^HTTP\/1\.1 200[\s\S]*immutable[\s\S]*content-type: text\/javascript/);
    expect(plain).toMatch(/^HTTP\/1\.1 200[\s\S]*cache-control: no-cache/);
  });

  test.each([
    '/../../../../etc/passwd', '/..%2f..%2f..%2fetc/passwd', '/assets/../../key', '/%2e%2e/key', '/assets/..\\..\\key', '//etc/passwd', '/secret.env', '/assets', '/assets/', '/key', '/console.json',
  ])('answer %s with nothing', async path => {
    expect(await get(visit, path)).toMatch(/^HTTP\/1\.1 (404|400)/);
  });

  test('say where the core stands', async () => {
    expect(await get(visit, '/status')).toContain('{"name":"ready"');
  });
});

describe('refused with 403:', () => {
  test.each([
    ['a foreign name pointed at this machine', '/', { host: 'evil.example' }],
    ['a foreign name with our port', '/', { host: 'evil.example:PORT' }],
    ['no cookie', '/', { cookie: '' }],
    ['no cookie on a file', '/assets/plain.css', { cookie: '' }],
    ['another console’s cookie', '/', { cookie: 'ioc-1=abc' }],
    ['the command line’s door without its token', '/local/state', {}],
  ])('%s', async (_name, path, headers: Record<string, string>) => {
    const given = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replace('PORT', String(visit.port))]));
    expect(await get(visit, path, given)).toMatch(/^HTTP\/1\.1 403/);
  });

  test('a page without a cookie is told in Vietnamese what to open', async () => {
    expect(await (await fetch(visit.origin)).text()).toContain('Hãy mở địa chỉ đó trên máy này');
  });

  test.each([
    ['from a foreign page', { origin: 'https://evil.example' }],
    ['from a page of another port', { origin: 'http://127.0.0.1:1' }],
    ['without an origin', { origin: undefined }],
    ['without a cookie', { cookie: undefined }],
    ['to a foreign name', { host: 'evil.example' }],
  ])('the wire %s', async (_name, headers) => {
    expect(await refusedStatus(visit, headers)).toBe(403);
  });

  // A page whose name was pointed at this machine sends Host and Origin that agree: only the name itself gives it away.
  test.each([
    ['a foreign name', 'evil.example', 'http://evil.example'],
    ['a foreign name with our port', 'evil.example:PORT', 'http://evil.example:PORT'],
    ['our name with another port', '127.0.0.1:1', 'http://127.0.0.1:1'],
    ['a name that only begins like ours', '127.0.0.1.evil.example:PORT', 'http://127.0.0.1.evil.example:PORT'],
    ['no name at all', '', 'http://'],
  ])('the wire asked for under %s by a page of that name, with a good cookie', async (_name, host, origin) => {
    const withPort = (text: string): string => text.replace('PORT', String(visit.port));
    const handshake = {
      upgrade: 'websocket', connection: 'Upgrade', 'sec-websocket-version': '13', 'sec-websocket-key': Buffer.alloc(16, 7).toString('base64'),
      host: withPort(host), origin: withPort(origin),
    };
    expect(await get(visit, '/wire', handshake)).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/);
  });

  test('the wire asked for under a foreign name with the command line’s token', async () => {
    const { token } = JSON.parse(readFileSync(join(visit.dataDir, 'console.json'), 'utf8')) as { token: string };
    expect(await refusedStatus(visit, { host: `evil.example:${visit.port}`, cookie: undefined, origin: undefined, authorization: `Bearer ${token}` })).toBe(403);
  });

  test('a form sent by a foreign page', async () => {
    const answer = await fetch(visit.origin, { method: 'POST', headers: { cookie: visit.cookie, origin: 'https://evil.example' } });
    expect(answer.status).toBe(403);
    expect((await fetch(visit.origin, { method: 'POST', headers: { cookie: visit.cookie, origin: visit.origin } })).status).toBe(405);
  });
});
