import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MapBox } from '../../contract/map.ts';
import { distanceM } from '../../renderer/nearest-units.ts';
import { homeView } from '../../renderer/map/home-view.ts';
import { LETTERS, mapCommand } from '../../renderer/map/keys.ts';
import { placeLabels } from '../../renderer/map/labels.ts';
import { boxOf, following, gridOf, isInside, pointAt, pushed, roundLength, spotOf, viewOf, zoomed, type MapView } from '../../renderer/map/view.ts';

const SIZE = { width: 492, height: 184 };
const point = fc.record({ lat: fc.double({ min: 8, max: 24, noNaN: true }), lon: fc.double({ min: 102, max: 118, noNaN: true }) });
const view = fc.record({ lat: fc.double({ min: 8, max: 24, noNaN: true }), lon: fc.double({ min: 102, max: 118, noNaN: true }), zoom: fc.double({ min: 4, max: 18, noNaN: true }) });
const spot = fc.record({ x: fc.integer({ min: 0, max: SIZE.width }), y: fc.integer({ min: 0, max: SIZE.height }) });

describe('a map', () => {
  test('draws each point where it is found again', () => {
    fc.assert(fc.property(view, spot, (v, at) => {
      const there = spotOf(v, SIZE, pointAt(v, SIZE, at));
      expect(Math.hypot(there.x - at.x, there.y - at.y)).toBeLessThan(0.01);
    }));
  });

  test('that is pushed there and back, or zoomed in and out, is where it was; the point under the crosshair stays', () => {
    fc.assert(fc.property(view, spot, (v, by) => {
      const back = pushed(pushed(v, by), { x: -by.x, y: -by.y });
      expect(distanceM(back, v)).toBeLessThan(1);
      if (v.zoom > 17) return;
      const around = pointAt(v, SIZE, by);
      const closer = zoomed(v, SIZE, 1, around);
      const there = spotOf(closer, SIZE, around);
      expect(Math.hypot(there.x - by.x, there.y - by.y)).toBeLessThan(0.01);
      expect(distanceM(zoomed(closer, SIZE, -1, around), v)).toBeLessThan(1);
    }));
  });

  test('goes after a crosshair that leaves it, and only just so far', () => {
    fc.assert(fc.property(view, point, (v, to) => {
      const after = following(v, SIZE, to);
      expect(isInside(after, SIZE, to, 0.1199)).toBe(true);
      if (isInside(v, SIZE, to, 0.12)) expect(after).toBe(v);
    }));
  });

  test('asks for a box that the contract takes and that holds all of it', () => {
    fc.assert(fc.property(view, v => {
      const box = boxOf(v, SIZE);
      expect(MapBox.safeParse(box).success).toBe(true);
      const [a, b] = [pointAt(v, SIZE, { x: 0, y: SIZE.height }), pointAt(v, SIZE, { x: SIZE.width, y: 0 })];
      expect(box.west <= a.lon && box.south <= a.lat && box.east >= b.lon && box.north >= b.lat).toBe(true);
    }));
  });

  test('shows every point that it is to fit', () => {
    fc.assert(fc.property(fc.array(point, { minLength: 2, maxLength: 20 }), points => {
      const v = viewOf(points, SIZE)!;
      if (v.zoom > 4) for (const p of points) expect(isInside(v, SIZE, p)).toBe(true);
    }));
    expect(viewOf([], SIZE)).toBeNull();
  });

  test('has a scale that is as long as it says, and a grid that is neither empty nor crowded', () => {
    fc.assert(fc.property(view, v => {
      const { metres, px } = roundLength(v, 120);
      const at = pointAt(v, SIZE, { x: SIZE.width / 2 + px, y: SIZE.height / 2 });
      expect(Math.abs(distanceM(v, at) / metres - 1)).toBeLessThan(0.02);
      expect(px > 30 && px <= 120).toBe(true);
      const { lats, lons } = gridOf(v, SIZE);
      expect(lons.length >= 1 && lons.length <= 6 && lats.length <= 3).toBe(true);
      for (const { degrees, at: x } of lons) expect(Math.abs(pointAt(v, SIZE, { x, y: 0 }).lon - degrees)).toBeLessThan(1e-6);
    }));
  });

  test('opens at the point, else at its commune, else at everything; on a plain grid with some company in view', () => {
    const around = [{ lat: 11, lon: 106 }, { lat: 12, lon: 107 }];
    const area = { id: 'a' as never, siteId: 's' as never, name: 'Xã Mẫu', lat: 11.5, lon: 106.9 };
    const here = { lat: 11.53, lon: 106.88 };
    expect(homeView({ point: here, area, around, company: null }, SIZE)).toMatchObject(here);
    expect(homeView({ point: null, area, around, company: null }, SIZE)).toMatchObject({ lat: 11.5, lon: 106.9 });
    for (const p of around) expect(isInside(homeView({ point: null, area: null, around, company: [] }, SIZE), SIZE, p)).toBe(true);
    expect(isInside(homeView({ point: null, area: null, around: [], company: null }, SIZE), SIZE, { lat: 16, lon: 107 })).toBe(true);
    const company = Array.from({ length: 9 }, (_, i) => ({ lat: 11.53 + i / 100, lon: 106.88 }));
    const alone = homeView({ point: here, area, around, company: null }, SIZE);
    const together: MapView = homeView({ point: here, area, around, company }, SIZE);
    const inView = (v: MapView): number => company.filter(p => isInside(v, SIZE, p)).length;
    expect([inView(alone) < 5, inView(together) >= 5]).toEqual([true, true]);
  });
});

describe('names on a map', () => {
  test('never lie on one another, on a mark, on what is kept free, or over the edge', () => {
    const keepOut = [{ left: SIZE.width - 40, right: SIZE.width, top: 0, bottom: 100 }];
    fc.assert(fc.property(fc.array(spot, { maxLength: 40 }), fc.integer({ min: 1, max: 24 }), (spots, length) => {
      const named = spots.map((s, i) => ({ key: String(i), text: 'x'.repeat(length), spot: s, rank: i }));
      const labels = placeLabels(named, SIZE, 11, { marks: spots, gapPx: 9, keepOut });
      const rects = labels.map(({ x, y, anchor, text }) => {
        const width = text.length * 11 * 0.57;
        const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
        return { left, right: left + width, top: y - 6.6, bottom: y + 6.6 };
      });
      for (const [i, a] of rects.entries()) {
        expect(a.left >= 0 && a.right <= SIZE.width && a.top >= 0 && a.bottom <= SIZE.height).toBe(true);
        for (const b of [...rects.slice(i + 1), ...keepOut]) expect(a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom).toBe(false);
      }
    }));
  });

  test('come by rank where there is room for one', () => {
    const both = [{ key: 'far', text: 'Trung tâm Y tế huyện', spot: { x: 100, y: 90 }, rank: 2 }, { key: 'near', text: 'Trạm Cấp cứu', spot: { x: 101, y: 91 }, rank: 1 }];
    expect(placeLabels(both, { width: 130, height: 100 }, 11, { marks: [], gapPx: 9, keepOut: [] })[0]?.key).toBe('near');
  });
});

describe('a key on the map', () => {
  const press = (key: string, some: object = {}) => mapCommand({ key, code: '', ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, ...some });

  test('moves, with Shift further; zooms; puts; chooses by figure, whatever the layout writes', () => {
    expect(press('ArrowLeft')).toMatchObject({ kind: 'move', y: 0 });
    const [fine, coarse] = [press('ArrowUp'), press('ArrowUp', { shiftKey: true })];
    expect(fine?.kind === 'move' && coarse?.kind === 'move' && coarse.y < fine.y && fine.y < 0).toBe(true);
    expect([press('+'), press('='), press('-')]).toEqual([{ kind: 'zoom', by: 1 }, { kind: 'zoom', by: 1 }, { kind: 'zoom', by: -1 }]);
    expect([press('Enter'), press('Home')]).toEqual([{ kind: 'put' }, { kind: 'home' }]);
    expect([...LETTERS].map(letter => press(letter.toLowerCase()))).toEqual([...LETTERS].map((_, index) => ({ kind: 'choose', index })));
    expect(press('&', { code: 'Digit1' })).toEqual({ kind: 'choose', index: 0 });
  });

  test('that is not the map’s is left to others, and none takes anything away', () => {
    for (const key of ['Delete', 'Backspace', 'Escape', 'Tab', 'n', 'a', '7', 'F8', ' ']) expect([key, press(key)]).toEqual([key, null]);
    for (const with_ of [{ ctrlKey: true }, { altKey: true }, { metaKey: true }]) for (const key of ['Enter', '1', 'ArrowUp', '-']) expect(press(key, with_)).toBeNull();
  });
});
