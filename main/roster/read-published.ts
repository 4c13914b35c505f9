import type { Id } from '../../contract/ids.ts';
import { DUTY_DESKS, type DutyDesk } from '../../contract/roster-desks.ts';
import { rosterId } from '../../contract/roster-days.ts';
import { dutyPlan } from '../../contract/documents/duty-roster.ts';
import { monthBeside, type RosterPlan } from '../../contract/roster.ts';
import type { Database } from '../../db/database.ts';
import { readDocument, type StoredDocument } from '../../db/stores/documents.ts';
import { REFUSED } from '../../db/stores/issues.ts';

/** A line's published month at a site; null where none is, or where the only one was refused by the province. */
export function readPublished(reader: Database, siteId: Id, service: DutyDesk, month: string): StoredDocument<'roster'> | null {
  const stored = readDocument(reader, 'roster', rosterId(siteId, service, month));
  return stored === null || (stored.sync === REFUSED && stored.document.version === 0) ? null : stored;
}

/** So many months before count for who has worked how much. */
const MONTHS_BEFORE = 3;

/** Who works when in a desk's published month; null where none is. */
export function readDuty(reader: Database, siteId: Id, service: DutyDesk, month: string): RosterPlan | null {
  const published = readPublished(reader, siteId, service, month);
  return published === null ? null : dutyPlan(published.document);
}

/** A desk's published months before one, the nearest first; those that were not published are left out. */
export function publishedBefore(reader: Database, siteId: Id, { service, month }: Pick<RosterPlan, 'service' | 'month'>): RosterPlan[] {
  const months = Array.from({ length: MONTHS_BEFORE }).reduce<string[]>(all => [...all, monthBeside(all.at(-1) ?? month, -1)], []);
  return months.flatMap(one => readDuty(reader, siteId, service, one) ?? []);
}

/** What is published of a month at the other desks of a site; a desk that the site does not have has none. */
export function otherDesks(reader: Database, siteId: Id, { service, month }: Pick<RosterPlan, 'service' | 'month'>): RosterPlan[] {
  return DUTY_DESKS.filter(desk => desk !== service).flatMap(desk => readDuty(reader, siteId, desk, month) ?? []);
}
