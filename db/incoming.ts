import { PLACED_KINDS, type PlacedKind, type Written } from '../contract/documents/apply.ts';
import type { Id } from '../contract/ids.ts';
import { Issue } from '../contract/issue.ts';
import { ROW_KINDS, type Row } from '../contract/province.ts';
import { isKnown } from '../contract/words.ts';
import { overlaidIds, takeIn, takeOut } from './outbox.ts';
import { fitsDocument } from './stores/documents.ts';
import { newerWords } from './stores/issues.ts';
import { fitsOrg, removeOrg, writeOrg, type OrgKind } from './stores/org.ts';
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
  if (isKnown(PLACED_KINDS, row.kind)) takeOut(work, row.kind, row.id, row.seq);
  else removeOrg(work, row.kind, row.id);
}

function take(work: Work, row: Row, overlaid: ReadonlySet<Id>): void {
  const fit = fitOf(row);
  if (fit.placed !== undefined) takeIn(work, fit.placed.kind, fit.placed.row, overlaid);
  if (fit.org !== undefined) writeOrg(work, fit.org, row.id, row.data, row.seq);
  if (!fit.whole) parkRow(work, row);
}

/** As what a row can be taken in, and whether that says all of it. */
interface Fit { placed?: { kind: PlacedKind; row: Written }; org?: OrgKind; whole: boolean }

function fitOf({ kind, id, seq, data }: Row): Fit {
  if (!isKnown(ROW_KINDS, kind)) return { whole: false };
  if (!isKnown(PLACED_KINDS, kind)) return fitsOrg(kind, data) ? { org: kind, whole: true } : { whole: false };
  const row = { ...data, id, version: seq };
  if (kind !== 'issue') return fitsDocument(kind, row) ? { placed: { kind, row }, whole: true } : { whole: false };
  return isIssue(row) ? { placed: { kind, row }, whole: newerWords(row) === null } : { whole: false };
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
