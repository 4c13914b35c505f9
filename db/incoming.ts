import type { Id } from '../contract/ids.ts';
import { Issue } from '../contract/issue.ts';
import type { Row } from '../contract/province.ts';
import { overlaidIds, takeIn, takeOut } from './outbox.ts';
import { fitsOrg, removeOrg, writeOrg } from './stores/org.ts';
import { parkRow, readParkedRows, unparkRow } from './stores/sync.ts';
import type { Work } from './work.ts';

/**
 * Takes rows of the province in, in their order. A row that this version does not understand is parked as it came; it
 * neither stops the others nor is it lost.
 *
 * @param taken called after each row
 */
export function takeRows(work: Work, rows: Iterable<Row>, taken?: (row: Row) => void): void {
  const overlaid = overlaidIds(work.db);
  const parked = new Set(readParkedRows(work.db).map(row => row.id));
  for (const row of rows) {
    if (parked.has(row.id)) unparkRow(work, row.kind, row.id);
    if (row.deleted) remove(work, row);
    else if (!write(work, row, overlaid)) parkRow(work, row);
    taken?.(row);
  }
}

function remove(work: Work, row: Row): void {
  if (row.kind === 'issue') takeOut(work, row.id, row.seq);
  else removeOrg(work, row.kind, row.id);
}

function write(work: Work, row: Row, overlaid: ReadonlySet<Id>): boolean {
  if (row.kind !== 'issue') {
    if (!fitsOrg(row.kind, row.data)) return false;
    writeOrg(work, row.kind, row.id, row.data, row.seq);
    return true;
  }
  const data = { ...row.data, id: row.id, version: row.seq };
  if (!isIssue(data)) return false;
  takeIn(work, data, overlaid);
  return true;
}

/** Checked against the schema, but kept with all its fields: the schema would drop those of a newer version. */
function isIssue(data: unknown): data is Issue {
  return Issue.safeParse(data).success;
}

/** After an update of the program: rows that it understands now go to their place. */
export function retryParkedRows(work: Work): void {
  const rows = readParkedRows(work.db);
  if (rows.length > 0) takeRows(work, rows);
}
