import type { Id } from '../../contract/ids.ts';
import { RosterPlan } from '../../contract/roster.ts';
import type { DutyDesk } from '../../contract/roster-desks.ts';
import { allRows, blobToId, getRow, idToBlob, run, type Database } from '../database.ts';
import type { Work } from '../work.ts';

/** A plan, who touched it last and when. */
export interface KeptPlan { plan: RosterPlan; personId: Id; savedAtMs: number }

/** The month of a line as it is planned here; null when nobody has touched it, or a newer program has written what this one does not know. */
export function readRosterPlan(db: Database, service: DutyDesk, month: string): KeptPlan | null {
  const row = getRow<{ data: string; person_id: Uint8Array; saved_at_ms: number }>(db, 'SELECT data, person_id, saved_at_ms FROM roster_plan WHERE service=? AND month=?', service, month);
  if (row === undefined) return null;
  const { success, data } = RosterPlan.safeParse(JSON.parse(row.data));
  return success ? { plan: data, personId: blobToId(row.person_id), savedAtMs: row.saved_at_ms } : null;
}

export function saveRosterPlan(work: Work, { plan, personId, atMs }: { plan: RosterPlan; personId: Id; atMs: number }): void {
  run(work.db, 'INSERT OR REPLACE INTO roster_plan(service, month, data, person_id, saved_at_ms) VALUES (?,?,?,?,?)', plan.service, plan.month, JSON.stringify(plan), idToBlob(personId), atMs);
  work.touch('roster');
}

/** A copy of a month beside its draft, by its name. */
export interface KeptCopy extends KeptPlan { name: string }

/** The copies of a month, by name; those that a newer program has written and this one does not know are left out. */
export function readRosterCopies(db: Database, service: DutyDesk, month: string): KeptCopy[] {
  return allRows<{ name: string; data: string; person_id: Uint8Array; saved_at_ms: number }>(db, 'SELECT name, data, person_id, saved_at_ms FROM roster_copy WHERE service=? AND month=? ORDER BY name', service, month).flatMap(row => {
    const { success, data } = RosterPlan.safeParse(JSON.parse(row.data));
    return success ? [{ name: row.name, plan: data, personId: blobToId(row.person_id), savedAtMs: row.saved_at_ms }] : [];
  });
}

/** @returns false, and nothing kept, where there are `most` others already */
export function saveRosterCopy(work: Work, { plan, name, personId, atMs, most }: { plan: RosterPlan; name: string; personId: Id; atMs: number; most: number }): boolean {
  const { others } = getRow<{ others: number }>(work.db, 'SELECT count(*) AS others FROM roster_copy WHERE service=? AND month=? AND name<>?', plan.service, plan.month, name)!;
  if (others >= most) return false;
  run(work.db, 'INSERT OR REPLACE INTO roster_copy(service, month, name, data, person_id, saved_at_ms) VALUES (?,?,?,?,?,?)', plan.service, plan.month, name, JSON.stringify(plan), idToBlob(personId), atMs);
  work.touch('roster');
  return true;
}

export function removeRosterCopy(work: Work, { service, month, name }: { service: DutyDesk; month: string; name: string }): void {
  run(work.db, 'DELETE FROM roster_copy WHERE service=? AND month=? AND name=?', service, month, name);
  work.touch('roster');
}
