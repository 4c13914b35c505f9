import type { Id } from '../contract/ids.ts';
import { Issue } from '../contract/issue.ts';
import { ROW_KINDS, type Row, type RowKind } from '../contract/province.ts';
import { isKnown } from '../contract/words.ts';
import { overlaidIds, takeIn, takeOut } from './outbox.ts';
import { newerWords } from './stores/issues.ts';
import { fitsOrg, removeOrg, writeOrg } from './stores/org.ts';
import { parkRow, readParkedIds, readParkedRows, unparkRow } from './stores/sync.ts';
import type { Work } from './work.ts';

/**
 * Takes rows of the province in, in their order. A row that this version does not understand, or not wholly, is parked as it
 * came: it neither stops the others nor is it lost. Where only words are newer, the record is shown with them as well.
 */
export function takeRows(work: Work, rows: Iterable<Row>): void {
  const overlaid = overlaidIds(work.db);
  const parked = readParkedIds(work.db);
  for (const row of rows) {
    if (parked.has(row.id)) unparkRow(work, row.kind, row.id);
    if (row.deleted) remove(work, row);
    else take(work, row, overlaid);
  }
}

function remove(work: Work, row: Row): void {
  if (row.kind === 'issue') takeOut(work, row.id, row.seq);
  else removeOrg(work, row.kind, row.id);
}

function take(work: Work, row: Row, overlaid: ReadonlySet<Id>): void {
  const fit = fitOf(row);
  if (fit.issue !== undefined) takeIn(work, fit.issue, overlaid);
  if (fit.org !== undefined) writeOrg(work, fit.org, row.id, row.data, row.seq);
  if (!fit.whole) parkRow(work, row);
}

/** As what a row can be taken in, and whether that says all of it. */
interface Fit { issue?: Issue; org?: Exclude<RowKind, 'issue'>; whole: boolean }

function fitOf({ kind, id, seq, data }: Row): Fit {
  if (!isKnown(ROW_KINDS, kind)) return { whole: false };
  if (kind !== 'issue') return fitsOrg(kind, data) ? { org: kind, whole: true } : { whole: false };
  const issue = { ...data, id, version: seq };
  return isIssue(issue) ? { issue, whole: newerWords(issue) === null } : { whole: false };
}

/** Checked against the schema, but kept with all its fields: the schema would drop those of a newer version. */
function isIssue(data: unknown): data is Issue {
  return Issue.safeParse(data).success;
}

/** After an update of the program: rows that it understands now go to their place. */
export function retryParkedRows(work: Work): void {
  const rows = readParkedRows(work.db).filter(row => fitOf(row).whole);
  if (rows.length > 0) takeRows(work, rows);
}
