import type { Id } from '../../contract/ids.ts';
import { RosterPlan } from '../../contract/roster.ts';
import type { DutyDesk } from '../../contract/roster-desks.ts';
import { blobToId, getRow, idToBlob, run, type Database } from '../database.ts';
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
