import encodeQR from 'qr';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cssString, pageStyle } from '../../renderer/print/page-style.ts';
import { formatPrintRoute, parsePrintRoute } from '../../renderer/print/print-route.ts';
import { qrText } from '../../renderer/print/qr-text.ts';

const MONTH = { kind: 'roster', service: '115', month: '2026-08', size: 'a4', isPublished: false } as const;
const ID = '0190a000-0000-7000-8000-000000000001';

test('an address says what is printed of which record, and nothing else does', () => {
  for (const kind of ['slip', 'form'] as const) expect(parsePrintRoute(formatPrintRoute({ kind, id: ID }))).toEqual({ kind, id: ID });
  expect(formatPrintRoute(MONTH)).toBe('#/roster/115/2026-08/a4');
  for (const route of [MONTH, { ...MONTH, size: 'a3' as const }, { ...MONTH, isPublished: true }]) expect(parsePrintRoute(formatPrintRoute(route))).toEqual(route);
  for (const hash of ['', '#/', '#/slip', '#/slip/', `#/other/${ID}`, `#/slip/${ID}/x`, '#/slip/../../x', `#/slip/${ID.toUpperCase()}`, '#/roster/1022/2026-08/a4', '#/roster/112/2026-08/a4', '#/roster/115/2026-13/a4', '#/roster/115/2026-08/a5', '#/roster/115/2026-08']) expect(parsePrintRoute(hash), hash).toBeNull();
});

test('the code says the number in letters that every reader can type; it is found by them', () => {
  expect([qrText('115-2026-000123'), qrText('TẠM-BP01-261124-03')]).toEqual(['115-2026-000123', 'TAM-BP01-261124-03']);
  expect(encodeQR(qrText('TẠM-BP01-261124-03'), 'raw').length).toBeLessThan(35);
});

test('whatever stands in a name ends neither a string nor a rule of the page', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), text => {
    const css = cssString(text);
    expect(css).toMatch(/^"(?:[^"\\\n<>{};]|\\[0-9a-f]{1,6} )*"$/);
    expect(css.slice(1, -1).replace(/\\([0-9a-f]+) /g, (_, hex: string) => String.fromCodePoint(parseInt(hex, 16)))).toBe(text);
  }), { numRuns: 500 });
  expect(pageStyle('form', 'In bởi "X"', 'Trang')).toContain('size: 210mm 297mm; margin: 20mm 15mm 20mm 30mm; @bottom-left { content: "In bởi \\22 X\\22 "');
  const running = { title: 'Lịch "trực"', mark: 'BẢN NHÁP' };
  expect(pageStyle('roster-a3', '', '', running)).toMatch(/@top-left \{ content: "Lịch \\22 trực\\22 ".*@top-right \{ content: "BẢN NHÁP".*@page :first \{ @top-left \{ content: none \}/);
  expect(pageStyle('handover', '', '')).not.toContain('@top');
});
