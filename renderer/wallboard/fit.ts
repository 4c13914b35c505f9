import type { Severity } from '../../contract/issue.ts';

/** Heights at 1920×1080, with the gap below. */
const ROW = { P1: 122, P2: 98 } as const;

/** The first rows that have room, most urgent first; none is ever cut. @param room in the same measure */
export function fittingRows<Row extends { severity: Severity }>(rows: readonly Row[], room: number): Row[] {
  const fitting: Row[] = [];
  let used = 0;
  for (const row of rows) {
    used += row.severity === 'P1' ? ROW.P1 : ROW.P2;
    if (used > room) break;
    fitting.push(row);
  }
  return fitting;
}
