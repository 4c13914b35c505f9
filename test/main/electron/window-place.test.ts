import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { otherPlace, placeWindow, readPlace, savePlace, type Rectangle } from '../../../main/electron/window-place.ts';

const FIRST: Rectangle = { x: 0, y: 0, width: 1920, height: 1040 };
const RIGHT: Rectangle = { x: 1920, y: 0, width: 1366, height: 728 };

test('a first window stands in the middle of the first display', () => {
  expect(placeWindow(null, [FIRST, RIGHT])).toEqual({ x: 240, y: 70, width: 1440, height: 900, maximized: false });
});

test('a first window on a small display fills it', () => {
  expect(placeWindow(null, [{ x: 0, y: 0, width: 1366, height: 728 }])).toMatchObject({ x: 0, width: 1366, height: 728 });
});

test('a window comes back where it was, on the second display too', () => {
  const saved = { x: 2000, y: 20, width: 1200, height: 700, maximized: true };
  expect(placeWindow(saved, [FIRST, RIGHT])).toEqual(saved);
});

test('a window whose display is gone comes to the first one, still maximised', () => {
  expect(placeWindow({ x: 2000, y: 20, width: 1200, height: 700, maximized: true }, [FIRST])).toEqual({ x: 240, y: 70, width: 1440, height: 900, maximized: true });
});

test('wherever it was, the window lies wholly on one display of now', () => {
  const whole = (low: number, high: number) => fc.integer({ min: low, max: high });
  const display = fc.record({ x: whole(-4000, 4000), y: whole(-4000, 4000), width: whole(800, 3840), height: whole(600, 2160) });
  const place = fc.record({ x: whole(-9000, 9000), y: whole(-9000, 9000), width: whole(-5, 9000), height: whole(-5, 9000), maximized: fc.boolean() });
  fc.assert(fc.property(fc.option(place), fc.array(display, { minLength: 1, maxLength: 4 }), (saved, displays) => {
    const p = placeWindow(saved, displays);
    expect(displays.some(d => p.x >= d.x && p.y >= d.y && p.x + p.width <= d.x + d.width && p.y + p.height <= d.y + d.height)).toBe(true);
    expect(p.width >= 800 && p.height >= 600).toBe(true);
    expect(placeWindow(p, displays)).toEqual(p);
  }));
});

test('a saved place is read back, and a broken file is no place', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ioc-place-'));
  const file = join(folder, 'window.json');
  expect(readPlace(file)).toBeNull();
  savePlace(file, { x: 1, y: 2, width: 1200, height: 800, maximized: false });
  expect(readPlace(file)).toEqual({ x: 1, y: 2, width: 1200, height: 800, maximized: false });
  for (const text of ['', '{', '{"x":"a"}', '{"x":1e400,"y":0,"width":1,"height":1,"maximized":false}']) {
    writeFileSync(file, text);
    expect(readPlace(file)).toBeNull();
  }
  rmSync(folder, { recursive: true });
});

test('the wallboard fills another display where there is one; what is printed stands in the middle of this one', () => {
  const here = { x: 0, y: 0, width: 1366, height: 728 };
  const wall = { x: 1366, y: 0, width: 1920, height: 1080 };
  expect(otherPlace(true, here, [wall])).toEqual({ ...wall, fullscreen: true });
  expect(otherPlace(true, here, [])).toEqual({ ...here, fullscreen: false });
  expect(otherPlace(false, here, [wall])).toEqual({ x: 183, y: 0, width: 1000, height: 728, fullscreen: false });
});
