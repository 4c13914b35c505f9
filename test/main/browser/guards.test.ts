import { describe, expect, test } from 'vitest';
import { Access } from '../../../main/browser/access.ts';
import { bearerToken, cookieValue, isOwnHost, isOwnOrigin, sameSecret } from '../../../main/browser/guards.ts';

test.each([
  ['127.0.0.1:8601', true], ['localhost:8601', true], ['127.0.0.1:8602', false], ['127.0.0.1', false], ['evil.example:8601', false],
  ['localhost.evil.example:8601', false], ['127.0.0.1:8601.evil.example', false], ['[::1]:8601', false], ['', false], [undefined, false],
])('host %s is ours: %s', (host, expected) => { expect(isOwnHost(host, 8601)).toBe(expected); });

test.each([
  ['http://127.0.0.1:8601', true], ['http://localhost:8601', false], ['https://127.0.0.1:8601', false], ['null', false], [undefined, false], ['http://127.0.0.1:8602', false],
])('origin %s for host 127.0.0.1:8601 is ours: %s', (origin, expected) => { expect(isOwnOrigin(origin, '127.0.0.1:8601')).toBe(expected); });

test.each([
  ['ioc-1=a', 'a'], ['x=1; ioc-1=a; y=2', 'a'], ['xioc-1=a', null], ['ioc-1', null], [undefined, null], ['ioc-1=a=b', 'a=b'],
])('the cookie in %s is %s', (header, expected) => { expect(cookieValue(header, 'ioc-1')).toBe(expected); });

test.each([['Bearer abc_-1', 'abc_-1'], ['bearer abc', null], ['Bearer a b', null], [undefined, null]])('the token of %s is %s', (header, expected) => {
  expect(bearerToken(header)).toBe(expected);
});

test('secrets are the same only when they are', () => {
  expect([sameSecret('abc', 'abc'), sameSecret('abd', 'abc'), sameSecret('ab', 'abc'), sameSecret(null, 'abc'), sameSecret('', 'abc')]).toEqual([true, false, false, false, false]);
});

describe('a one-time address', () => {
  const tokenOf = (entrance: string): string => entrance.replace('/?t=', '');

  test('lets in once', () => {
    const access = new Access();
    const token = tokenOf(access.newEntrance());
    const cookie = access.exchange(token, 8601);
    expect(cookie).toMatch(/^ioc-8601=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/);
    expect(access.exchange(token, 8601)).toBeNull();
    expect(access.hasCookie({ cookie: cookie?.split(';')[0] ?? '' }, 8601)).toBe(true);
  });

  test('is worthless at another console, and cannot be guessed from what came before', () => {
    const [access, other] = [new Access(), new Access()];
    expect(other.exchange(tokenOf(access.newEntrance()), 8601)).toBeNull();
    expect(access.exchange('', 8601)).toBeNull();
  });

  test('is forgotten when many newer ones have been given out', () => {
    const access = new Access();
    const oldest = tokenOf(access.newEntrance());
    const newer = Array.from({ length: 8 }, () => tokenOf(access.newEntrance()));
    expect(access.exchange(oldest, 8601)).toBeNull();
    for (const token of newer) expect(access.exchange(token, 8601)).not.toBeNull();
  });
});

test('the command line’s token is refused from a page', () => {
  const access = new Access();
  const authorization = `Bearer ${access.localToken}`;
  expect(access.isLocal({ authorization })).toBe(true);
  expect(access.isLocal({ authorization, origin: 'http://127.0.0.1:8601' })).toBe(false);
  expect(access.isLocal({ authorization: 'Bearer no' })).toBe(false);
});
