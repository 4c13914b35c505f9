import { expect, test } from 'vitest';
import { ShellWatch } from '../../renderer/shell-watch.ts';

test('a shell that answers is only starting its core again, however long that takes', () => {
  const watch = new ShellWatch();
  for (let atMs = 0; atMs < 120_000; atMs += 1_000) expect(watch.hear('here', atMs)).toBe('here');
});

test('a shell that says nothing for fifteen seconds on end has stopped, and is back when it answers', () => {
  const watch = new ShellWatch();
  expect(watch.hear('silent', 1_000)).toBe('here');
  expect(watch.hear('silent', 15_999)).toBe('here');
  expect(watch.hear('silent', 16_000)).toBe('stopped');
  expect(watch.hear('here', 17_000)).toBe('here');
  expect(watch.hear('silent', 18_000)).toBe('here');
  watch.forget();
  expect(watch.hear('silent', 40_000)).toBe('here');
});

test('where nobody is there to answer, a second and a half on end is enough; a connection that fails once is not', () => {
  const watch = new ShellWatch();
  expect(watch.hear('refused', 1_000)).toBe('here');
  expect(watch.hear('refused', 2_499)).toBe('here');
  expect(watch.hear('refused', 2_500)).toBe('stopped');
  expect(watch.hear('here', 3_000)).toBe('here');
  expect(watch.hear('refused', 4_000)).toBe('here');
  watch.forget();
  expect(watch.hear('refused', 9_000)).toBe('here');
});

test('a shell that is slow after a refusal is waited for as one that says nothing', () => {
  const watch = new ShellWatch();
  expect(watch.hear('refused', 0)).toBe('here');
  expect(watch.hear('silent', 5_000)).toBe('here');
  expect(watch.hear('refused', 6_000)).toBe('here');
  expect(watch.hear('silent', 15_000)).toBe('stopped');
});

test('a shell started anew that does not know the page is told apart from one that has stopped', () => {
  const watch = new ShellWatch();
  expect(watch.hear('refused', 0)).toBe('here');
  expect(watch.hear('refused', 2_000)).toBe('stopped');
  expect(watch.hear('foreign', 3_000)).toBe('foreign');
  expect(watch.hear('refused', 4_000)).toBe('here');
});
