import type { Id } from '../../contract/ids.ts';
import type { DutyDesk } from '../../contract/roster-desks.ts';
import { rosterId } from '../../contract/roster-days.ts';
import type { Database } from '../../db/database.ts';
import { readDocument, type StoredDocument } from '../../db/stores/documents.ts';
import { REFUSED } from '../../db/stores/issues.ts';

/** A line's published month at a site; null where none is, or where the only one was refused by the province. */
export function readPublished(reader: Database, siteId: Id, service: DutyDesk, month: string): StoredDocument<'roster'> | null {
  const stored = readDocument(reader, 'roster', rosterId(siteId, service, month));
  return stored === null || (stored.sync === REFUSED && stored.document.version === 0) ? null : stored;
}
