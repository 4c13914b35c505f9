import { describe, expect, test } from 'vitest';
import { headline, placeWords, rowsOf, shortNo } from '../../renderer/screens/queue/rows.ts';
import { instantOf } from '../../contract/time.ts';

const IN_2026 = instantOf(2026, 11, 24);

describe('a number in the list', () => {
  test('shows its year only when it is not this year’s', () => {
    expect(shortNo('115-2026-004182', '', IN_2026)).toBe('004182');
    expect(shortNo('115-2025-004182', '', IN_2026)).toBe('004182/2025');
  });

  test('is the last part of the provisional one until the province has given it', () => {
    expect(shortNo(null, 'TẠM-DP02-261124-03', IN_2026)).toBe('TẠM -03');
    expect(shortNo(null, 'TẠM', IN_2026)).toBe('TẠM');
  });

  test('of a form that we do not know stays as it is', () => {
    expect(shortNo('SR 12/7', '', IN_2026)).toBe('SR 12/7');
  });
});

describe('the title of a record', () => {
  test('is its first sentence or line', () => {
    expect(headline('Cháy kho gỗ. Gió nhẹ hướng Tây.')).toBe('Cháy kho gỗ.');
    expect(headline('Cháy kho gỗ\nGió nhẹ')).toBe('Cháy kho gỗ');
    expect(headline('ĐT.741, cách cầu 200 m')).toBe('ĐT.741, cách cầu 200 m');
  });

  test('is cut between words where it is long, and empty for an empty text', () => {
    const long = headline('đường '.repeat(60));
    expect(long.length).toBeLessThanOrEqual(121);
    expect(long.endsWith('đường…')).toBe(true);
    expect(headline('  ')).toBe('');
  });
});

test('a commune that the place already names is not said twice', () => {
  expect(placeWords('Quốc lộ 13, xã Tân Lập', 'Xã Tân Lập')).toBe('Quốc lộ 13, xã Tân Lập');
  expect(placeWords('Ấp 3', 'Xã Tân Lập')).toBe('Ấp 3, Xã Tân Lập');
  expect(placeWords('Ấp 3, xã Tân Lợi', 'Xã Tân Lợi, huyện Hớn Quản')).toBe('Ấp 3, xã Tân Lợi, huyện Hớn Quản');
  expect([placeWords('', 'Xã Tân Lợi, huyện Hớn Quản'), placeWords('Ấp 3', '')]).toEqual(['Xã Tân Lợi, huyện Hớn Quản', 'Ấp 3']);
  expect(placeWords('', 'Xã Tân Lập')).toBe('Xã Tân Lập');
});

test('a page of columns becomes rows in the same order', () => {
  const rows = rowsOf({
    id: ['a', 'b'], service: ['115', '1022'], displayNo: [null, '1022-2026-000001'], provisionalNo: ['TẠM-1', 'TẠM-2'], severity: ['P1', 'P4'], state: ['received', 'closed'],
    description: ['một', 'hai'], place: ['', 'Ấp 1'], receivedAtMs: [1, 2], dueAtMs: [null, 3], warnAtMs: [null, 2], isPart: [false, false], sync: ['saved', 'sent'], gone: [false, true], chosen: [true, false],
  });
  expect(rows.map(row => [row.id, row.displayNo, row.gone])).toEqual([['a', null, false], ['b', '1022-2026-000001', true]]);
});
