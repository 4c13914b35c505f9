import { QUEUE_COLUMNS, type QueueColumn, type ViewColumn } from '../../../../contract/saved-view.ts';
import type { ExtraColumn } from '../../../../contract/queue.ts';
import { isKnown } from '../../../../contract/words.ts';

/** Width of a column at text size 100 %, px, as drawn; null takes what is left. */
export const OWN_WIDTHS: Readonly<Record<QueueColumn, number | null>> = {
  severity: 52, number: 132, content: null, state: 138, due: 96, sync: 34, received: 128, category: 140, area: 140, unit: 170, author: 140,
};
/** Where the list has room a column grows to this, px at text size 100 %: the longest state stands on one line. */
export const ROOMY_WIDTHS: Readonly<Partial<Record<QueueColumn, number>>> = { state: 200 };
/** Without these a row could not be told from another. */
export const ALWAYS: readonly QueueColumn[] = ['number', 'content'];
const SHOWN: readonly QueueColumn[] = ['severity', 'number', 'content', 'state', 'due', 'sync'];
export const DEFAULT_COLUMNS: readonly ViewColumn[] = SHOWN.map(id => ({ id, width: null }));

const NARROWEST = 34, WIDEST = 800, STEP = 16;

/** What a page must bring for a column beside what every page brings. */
const EXTRA: Readonly<Partial<Record<QueueColumn, ExtraColumn>>> = { category: 'category', area: 'areaName', unit: 'unitName', author: 'authorName' };

/** The columns to show, in order: those that this version knows, each once; the ones that tell rows apart come back where a view lacks them. */
export function shownColumns(columns: readonly ViewColumn[]): ViewColumn[] {
  const known = [...new Map(columns.filter(column => isKnown(QUEUE_COLUMNS, column.id)).map(column => [column.id, column])).values()];
  const lacking = ALWAYS.filter(id => !known.some(column => column.id === id)).map((id): ViewColumn => ({ id, width: null }));
  return [...lacking, ...known];
}

export function extrasOf(columns: readonly ViewColumn[]): ExtraColumn[] {
  return shownColumns(columns).map(column => EXTRA[column.id]).filter(extra => extra !== undefined);
}

/** Every column for the chooser: the shown ones in their order, then the others in the usual one. */
export function chooserRows(columns: readonly ViewColumn[]): { column: ViewColumn; isShown: boolean }[] {
  const shown = shownColumns(columns);
  const hidden = QUEUE_COLUMNS.filter(id => !shown.some(column => column.id === id)).map((id): ViewColumn => ({ id, width: null }));
  return [...shown.map(column => ({ column, isShown: true })), ...hidden.map(column => ({ column, isShown: false }))];
}

/** Shows a hidden column at the end, or hides a shown one. */
export function toggled(columns: readonly ViewColumn[], id: QueueColumn): ViewColumn[] {
  const shown = shownColumns(columns);
  if (!shown.some(column => column.id === id)) return [...shown, { id, width: null }];
  return ALWAYS.includes(id) ? shown : shown.filter(column => column.id !== id);
}

/** Moves a shown column one place, -1 to the left or 1 to the right. */
export function moved(columns: readonly ViewColumn[], id: QueueColumn, by: -1 | 1): ViewColumn[] {
  const shown = shownColumns(columns);
  const at = shown.findIndex(column => column.id === id);
  const other = shown[at + by];
  const self = shown[at];
  if (self === undefined || other === undefined) return shown;
  return shown.with(at, other).with(at + by, self);
}

/** Sets a column's width, within what can be read and what can be seen. */
export function withWidth(columns: readonly ViewColumn[], id: QueueColumn, width: number): ViewColumn[] {
  return shownColumns(columns).map(column => (column.id === id ? { id, width: Math.round(Math.min(Math.max(width, NARROWEST), WIDEST)) } : column));
}

/** Makes a column a step wider or narrower. @param shownPx how wide it is now where that depends on the room */
export function widened(columns: readonly ViewColumn[], id: QueueColumn, by: -1 | 1, shownPx: number): ViewColumn[] {
  const width = shownColumns(columns).find(column => column.id === id)?.width ?? (ROOMY_WIDTHS[id] === undefined ? OWN_WIDTHS[id] : null) ?? shownPx;
  return withWidth(columns, id, width + by * STEP);
}
