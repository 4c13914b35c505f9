import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LinkStatus } from '../../contract/console.ts';
import { fittingRows } from '../../renderer/wallboard/fit.ts';
import { coreState, wallLinks, type CoreState } from '../../renderer/wallboard/links.ts';
import { isOld } from '../../renderer/wallboard/old.ts';

const NOW_MS = Date.UTC(2026, 10, 24, 7, 32);
const WELL: LinkStatus = {
  link: 'up', sinceMs: NOW_MS, lastSyncAtMs: NOW_MS, pending: 0, refused: 0, oldestPendingAtMs: null, serverOffsetMs: 0, offsetMeasuredAtMs: NOW_MS, loading: null, textBehind: false,
  lastError: null, pushTrouble: null, pullTrouble: null, nextTryAtMs: null, provinceAddress: '',
};
const faces = (status: LinkStatus | undefined, core: CoreState = 'works') => wallLinks(core, status, NOW_MS).map(({ key, isBroken, words }) => [key, isBroken, words.split('.').at(-1)]);

describe('the links on the wall', () => {
  test('of a desk without trouble are all well', () => {
    expect(faces(WELL)).toEqual([['core', false, 'works'], ['province', false, 'up'], ['send', false, 'nothingWaits'], ['receive', false, 'receivedAt']]);
  });

  test('stand with the broken ones first, each in its words', () => {
    expect(faces({ ...WELL, link: 'down', refused: 2, pending: 3, oldestPendingAtMs: NOW_MS - 20 * 60_000 })).toEqual([
      ['province', true, 'downSince'], ['send', true, 'waitsSince'], ['refused', true, 'refusals'], ['core', false, 'works'], ['receive', false, 'receivedAt'],
    ]);
    expect(faces({ ...WELL, loading: 0.4, pending: 1, oldestPendingAtMs: NOW_MS - 1_000 })[0]).toEqual(['receive', true, 'copying']);
  });

  test('say of a core that is away only that, when nothing else is known', () => {
    expect([faces(undefined, 'restarting'), faces(undefined, 'stopped')]).toEqual([[['core', true, 'restarting']], [['core', true, 'stopped']]]);
  });
});

test('a board that has just been opened is connecting, which is no trouble; a connection that was lost or does not come is', () => {
  expect([coreState('starting', 0), coreState('starting', 15_001), coreState('lost', 0), coreState('open', 0), coreState('foreign', 0)]).toEqual(['connecting', 'restarting', 'restarting', 'works', 'stopped']);
  expect(faces(undefined, 'connecting')).toEqual([['core', false, 'connecting']]);
});

test('figures are old when none came for a minute, and before there are any', () => {
  expect([isOld(null, 5), isOld(1_000, 61_000), isOld(1_000, 61_001)]).toEqual([true, false, true]);
});

test('rows on the wall: the first ones, as many as have room, none cut and none left out before another', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom('P1', 'P2')), fc.integer({ min: 0, max: 900 }), (severities, room) => {
    const rows = severities.map((severity, i) => ({ severity, i }));
    const shown = fittingRows(rows, room);
    const height = shown.reduce((sum, { severity }) => sum + (severity === 'P1' ? 122 : 98), 0);
    expect(shown).toEqual(rows.slice(0, shown.length));
    expect(height).toBeLessThanOrEqual(room);
    const next = rows[shown.length];
    if (next !== undefined) expect(height + (next.severity === 'P1' ? 122 : 98)).toBeGreaterThan(room);
  }));
});
