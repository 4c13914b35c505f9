import type { Id } from '../../contract/ids.ts';
import { SEVERITIES, STATES } from '../../contract/issue.ts';
import { inScope, SERVICES, type Scope } from '../../contract/org.ts';
import type { ExtraColumn, QueuePage } from '../../contract/queue.ts';
import { hexToId, type ExtraRow, type PageRow } from '../../db/stores/issue-queries.ts';
import { NO_DUE_AT } from '../../db/stores/issues.ts';
import { wordAt } from '../../db/stores/words.ts';
import { syncState } from '../platform/sync-state.ts';

/** What stands in the place of a record that is gone, or that its viewer may no longer see: nothing of it but its place. */
function emptyRow(rid: number): PageRow {
  return [rid, `0000000000008000${'8000'}${rid.toString(16).padStart(12, '0')}`, SERVICES.indexOf('field'), null, '', SEVERITIES.indexOf('P4'), STATES.indexOf('closed'), '', '', 0, NO_DUE_AT, 0, '', 0, null, 0];
}

/** What stands at the places of a page: which record, whether it still matches, whether it is chosen. */
export interface PagePlaces { rids: readonly number[]; gone: readonly boolean[]; chosen: readonly boolean[] }

/** Columns that a page has beside the usual ones, and what stands in them for a record. */
export interface ExtraWords { columns: readonly ExtraColumn[]; word: (rid: number, column: ExtraColumn) => string }

/** @param namesOf names of the directory's ids; one that it does not know stays empty */
export function extraWords(columns: readonly ExtraColumn[], rows: readonly ExtraRow[], namesOf: (ids: readonly Id[]) => Record<Id, string>): ExtraWords {
  const byRid = new Map(rows.map(row => [row[0], row]));
  const idIn = (row: ExtraRow, column: ExtraColumn): Id | null => {
    const hex = { areaName: row[2], unitName: row[3], authorName: row[4], category: null }[column];
    return hex === null || hex === '' ? null : hexToId(hex);
  };
  const names = namesOf(rows.flatMap(row => columns.map(column => idIn(row, column))).filter(id => id !== null));
  return {
    columns,
    word(rid, column) {
      const row = byRid.get(rid);
      if (row === undefined) return '';
      return column === 'category' ? row[1] : names[idIn(row, column) ?? ''] ?? '';
    },
  };
}

/**
 * A page of the queue, column by column, in the order of `rids`.
 *
 * @param rows as the table gave them, in any order
 */
export function queuePage({ rids, gone, chosen }: PagePlaces, rows: readonly PageRow[], scope: Scope, isLinkUp: boolean, extra: ExtraWords | null = null): QueuePage {
  const byRid = new Map(rows.map(row => [row[0], row]));
  const page: QueuePage = {
    id: [], service: [], displayNo: [], provisionalNo: [], severity: [], state: [], description: [], place: [],
    receivedAtMs: [], dueAtMs: [], warnAtMs: [], isPart: [], sync: [], gone: [], chosen: [...chosen],
  };
  for (const column of extra?.columns ?? []) page[column] = [];
  for (const [i, rid] of rids.entries()) {
    const found = byRid.get(rid);
    const isVisible = found !== undefined && inScope(scope, { siteId: hexToId(found[12]), service: wordAt(SERVICES, found[2]), lines: SERVICES.filter((_line, bit) => (found[13] >> bit) % 2 === 1) });
    const row = isVisible ? found : emptyRow(rid);
    page.id.push(hexToId(row[1]));
    page.service.push(wordAt(SERVICES, row[2]));
    page.displayNo.push(row[3]);
    page.provisionalNo.push(row[4]);
    page.severity.push(wordAt(SEVERITIES, row[5]));
    page.state.push(wordAt(STATES, row[6]));
    page.description.push(row[7]);
    page.place.push(row[8]);
    page.receivedAtMs.push(row[9]);
    page.dueAtMs.push(row[10] === NO_DUE_AT ? null : row[10]);
    page.warnAtMs.push(row[14]);
    page.isPart.push(row[15] === 1);
    page.sync.push(syncState(row[11], isLinkUp));
    page.gone.push(!isVisible || gone[i]!);
    for (const column of extra?.columns ?? []) page[column]?.push(isVisible && extra !== null ? extra.word(rid, column) : '');
  }
  return page;
}
