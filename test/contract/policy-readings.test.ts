import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayText, hoursText, readCount, readDay, readHours, readPercent, readSource, readSpan, unitMinutes, unitOf, UNITS } from '../../contract/policy/readings.ts';

describe('what is typed', () => {
  test('a span is read in its unit, and said in the largest that it is a whole number of', () => {
    expect([readSpan('2', 'hours', null), readSpan('1,5', 'hours', 450), readSpan(' 3 ', 'days', 450), readSpan('1', 'days', null), readSpan('0.5', 'days', 450)]).toEqual([120, 90, 1_350, 1_440, 225]);
    for (const text of ['', 'x', '1x', '-1', '1,', '0,001', '1e3', '٣']) expect(readSpan(text, 'hours', 450)).toBe(null);
    fc.assert(fc.property(fc.integer({ min: 0, max: 500_000 }), fc.constantFrom(null, 450, 480), (minutes, day) => {
      const unit = unitOf(minutes, day);
      expect(readSpan(String(minutes / unitMinutes(unit, day)), unit, day)).toBe(minutes);
    }));
    expect(UNITS.map(unit => unitOf(unitMinutes(unit, 450), 450))).toEqual([...UNITS]);
  });

  test('counts, shares and days; what is none is none', () => {
    expect([readCount('90'), readCount(' 7 '), readCount('7,5'), readCount(''), readCount('1234567890')]).toEqual([90, 7, null, null, null]);
    expect([readPercent('75'), readPercent('150 %'), readPercent('%'), readPercent('7.5')]).toEqual([0.75, 1.5, null, null]);
    expect([readDay('2/9/2027'), readDay('29/02/2028'), readDay('29/02/2027'), readDay('2027-09-02')]).toEqual(['2027-09-02', '2028-02-29', null, null]);
    expect(dayText('2027-09-02')).toBe('02/09/2027');
  });

  test('hours of a day come back as they were', () => {
    const spans = [{ fromMin: 450, toMin: 690 }, { fromMin: 810, toMin: 1_020 }];
    expect(hoursText(spans)).toBe('07:30–11:30, 13:30–17:00');
    expect([readHours(hoursText(spans)), readHours('7g30 - 11h30; 13:30-24:00')]).toEqual([spans, [{ fromMin: 450, toMin: 690 }, { fromMin: 810, toMin: 1_440 }]]);
    for (const text of ['', '7-11', '07:30', '07:60–08:00', '07:30–11:30,']) expect(readHours(text)).toBe(null);
  });

  test('nothing, and the words for it, are no source', () => {
    expect(['', '  ', 'Mặc định đề xuất', 'MAC DINH DE XUAT', 'proposed default', ' Q15.6 '].map(text => readSource(text))).toEqual([null, null, null, null, null, 'Q15.6']);
  });
});
