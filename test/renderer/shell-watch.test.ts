import { expect, test } from 'vitest';
import { ShellWatch } from '../../renderer/shell-watch.ts';

test('a shell that answers is only starting its core again, however long that takes', () => {
  const watch = new ShellWatch();
  for (let atMs = 0; atMs < 120_000; atMs += 1_000) expect(watch.hear('here', atMs)).toBe(false);
});

test('a shell that says nothing for fifteen seconds on end has stopped, and is back when it answers', () => {
  const watch = new ShellWatch();
  expect(watch.hear('silent', 1_000)).toBe(false);
  expect(watch.hear('silent', 15_999)).toBe(false);
  expect(watch.hear('silent', 16_000)).toBe(true);
  expect(watch.hear('here', 17_000)).toBe(false);
  expect(watch.hear('silent', 18_000)).toBe(false);
  watch.forget();
  expect(watch.hear('silent', 40_000)).toBe(false);
});

test('a shell started anew that does not know the page can never serve it', () => {
  expect(new ShellWatch().hear('foreign', 0)).toBe(true);
});
