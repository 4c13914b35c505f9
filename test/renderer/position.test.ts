import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatPosition, parsePosition, roundPoint } from '../../renderer/position.ts';

const points = fc.record({ lat: fc.double({ min: -90, max: 90, noNaN: true }), lon: fc.double({ min: -180, max: 180, noNaN: true }) });

describe('a position', () => {
  test.each([
    ['11,4462; 106,8831', 11.4462, 106.8831], ['11.4462, 106.8831', 11.4462, 106.8831], ['11.4462 106.8831', 11.4462, 106.8831], ['11.5312,106.8823', 11.5312, 106.8823],
    [' 11,4462,106,8831 ', 11.4462, 106.8831], ['11; 106', 11, 106], ['11, 106', 11, 106], ['11,5312; 106,8823', 11.5312, 106.8823], ['11.5312°; 106.8823°', 11.5312, 106.8823], ['-8,5; 115,2', -8.5, 115.2],
  ])('is read from "%s"', (text, lat, lon) => {
    expect(parsePosition(text)).toEqual({ lat, lon });
  });

  test.each(['11,4462', '11,53', '11,106', '11.5312', '106,8823; 11,5312', 'chợ Đồng Xoài', '95; 106', '11; 190', '11;;106', '11,4462; 106,8831; 5', '1e1; 106', '11.4462, 106.8831 m'])('is not read from "%s"', text => {
    expect(parsePosition(text)).toBe('unreadable');
  });

  test('that is written down is read back as the same, within a metre', () => {
    fc.assert(fc.property(points, point => {
      const read = parsePosition(formatPosition(point));
      expect(read).toEqual(roundPoint(point));
    }));
  });

  test('reads the same with decimal commas and decimal points, and any of the separators', () => {
    fc.assert(fc.property(points, fc.constantFrom('; ', ';', ' ; ', ', ', ' ', '  '), (point, separator) => {
      const { lat, lon } = roundPoint(point);
      const [a, b] = [lat.toFixed(5), lon.toFixed(5)];
      expect(parsePosition(`${a}${separator}${b}`)).toEqual({ lat, lon });
      expect(parsePosition(`${a.replace('.', ',')}${separator}${b.replace('.', ',')}`)).toEqual({ lat, lon });
    }));
  });

  test('of any text at all is null, in range, or unreadable', () => {
    const text = fc.oneof(fc.string(), fc.array(fc.constantFrom('1', '0', '9', ',', '.', ';', ' ', '-', '°')).map(parts => parts.join('')));
    fc.assert(fc.property(text, typed => {
      const read = parsePosition(typed);
      if (read !== null && read !== 'unreadable') expect(Math.abs(read.lat) <= 90 && Math.abs(read.lon) <= 180 && Number.isFinite(read.lat + read.lon)).toBe(true);
      expect(read === null).toBe(typed.trim() === '');
    }));
  });
});
