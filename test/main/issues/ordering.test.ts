import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderRids } from '../../../main/issues/ordering.ts';

test('rids are ordered as a stable comparison sort orders them, by several columns and both ways', () => {
  fc.assert(fc.property(
    fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: -9e12, max: 9e12 })), { maxLength: 60 }), fc.boolean(), fc.boolean(),
    (rows, codesDown, timesDown) => {
      const codes = Uint8Array.from(rows, row => row[0]);
      const times = Float64Array.from(rows, row => row[1]);
      const rids = Int32Array.from(rows.keys());
      const ordered = orderRids(rids, [{ column: codes, descending: codesDown }, { column: times, descending: timesDown }]);
      const expected = [...rids].sort((a, b) =>
        (codes[a]! - codes[b]!) * (codesDown ? -1 : 1) || (times[a]! - times[b]!) * (timesDown ? -1 : 1) || a - b);
      expect([...ordered]).toEqual(expected);
      expect([...rids]).toEqual([...rows.keys()]);
    },
  ));
});

test('records without a deadline come after all others', () => {
  const due = Float64Array.from([8_640_000_000_000_000, 5, 8_640_000_000_000_000, 4_102_444_800_000]);
  expect([...orderRids(Int32Array.from([0, 1, 2, 3]), [{ column: due, descending: false }])]).toEqual([1, 3, 0, 2]);
});
