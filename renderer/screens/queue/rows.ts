import type { QueuePage } from '../../../contract/queue.ts';
import { fold } from '../../../contract/text.ts';
import { civilParts } from '../../../contract/time.ts';

type Column<K extends keyof QueuePage> = NonNullable<QueuePage[K]>[number];
/** One record as the grid shows it; a column that was not asked for is not there. */
export type QueueRow = { [K in keyof QueuePage]: Column<K> };

/** The rows of a page that came column by column. */
export function rowsOf(page: QueuePage): QueueRow[] {
  return page.id.map((_, i) => Object.fromEntries(Object.entries(page).map(([name, column]) => [name, column?.[i]])) as QueueRow);
}

/**
 * The number as it stands beside the service: the year only where it is not this year's, a provisional one by its last part.
 * "115-2026-004182" → "004182" in 2026, "004182/2026" later; "TẠM-DP02-261124-03" → "TẠM -03".
 */
export function shortNo(displayNo: string | null, provisionalNo: string, nowMs: number): string {
  if (displayNo === null) {
    const last = provisionalNo.split('-').at(-1) ?? '';
    return last === provisionalNo ? provisionalNo : `${provisionalNo.split('-')[0] ?? ''} -${last}`;
  }
  const parts = /-(\d{4})-(\d+)$/.exec(displayNo);
  if (parts === null) return displayNo;
  const [, year, number] = parts;
  return Number(year) === civilParts(nowMs).year ? String(number) : `${String(number)}/${String(year)}`;
}

const HEADLINE_MAX = 120;

/** The first sentence or line of a description, to stand as a title; cut at a word where it is too long. */
export function headline(description: string): string {
  const first = /^[^\n]*?[.!?](?=\s)|^[^\n]+/.exec(description.trim())?.[0].trim() ?? '';
  if (first.length <= HEADLINE_MAX) return first;
  const cut = first.slice(0, HEADLINE_MAX);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), HEADLINE_MAX / 2))}…`;
}

/** The place with its commune and, where that is needed, the district; what the place says already is not said twice. */
export function placeWords(text: string, areaName: string): string {
  return [text, ...areaName.split(', ').filter(part => !fold(text).includes(fold(part)))].filter(part => part !== '').join(', ');
}
