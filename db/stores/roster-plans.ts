import type { Id } from '../../contract/ids.ts';
import { RosterPlan } from '../../contract/roster.ts';
import type { DutyDesk } from '../../contract/roster-desks.ts';
import { allRows, blobToId, getRow, idToBlob, run, type Database } from '../database.ts';
import type { Work } from '../work.ts';

/** A plan, who touched it last and when; `revision`: by which save, '' of one from before that was written down. */
export interface KeptPlan { plan: RosterPlan; personId: Id; savedAtMs: number; revision: string }
interface Row { data: string; person_id: Uint8Array; saved_at_ms: number; revision: string }

function planOf(row: Row | undefined): KeptPlan | null {
  if (row === undefined) return null;
  const { success, data } = RosterPlan.safeParse(JSON.parse(row.data));
  return success ? { plan: data, personId: blobToId(row.person_id), savedAtMs: row.saved_at_ms, revision: row.revision } : null;
}

/** The month of a line as it is planned here; null when nobody has touched it, or a newer program has written what this one does not know. */
export function readRosterPlan(db: Database, service: DutyDesk, month: string): KeptPlan | null {
  return planOf(getRow<Row>(db, 'SELECT data, person_id, saved_at_ms, revision FROM roster_plan WHERE service=? AND month=?', service, month));
}

/** By which save a month is as it stands, also one that a newer program has written; null: nobody has touched it. */
export function revisionOfPlan(db: Database, { service, month }: Pick<RosterPlan, 'service' | 'month'>): string | null {
  return getRow<{ revision: string }>(db, 'SELECT revision FROM roster_plan WHERE service=? AND month=?', service, month)?.revision ?? null;
}

interface SavedPlan { plan: RosterPlan; personId: Id; atMs: number; revision: string }

export function saveRosterPlan(work: Work, { plan, personId, atMs, revision }: SavedPlan): void {
  run(work.db, 'INSERT OR REPLACE INTO roster_plan(service, month, data, person_id, saved_at_ms, revision) VALUES (?,?,?,?,?,?)', plan.service, plan.month, JSON.stringify(plan), idToBlob(personId), atMs, revision);
  work.touch('roster');
}

/** A copy of a month beside its draft, by its name. */
export interface KeptCopy extends KeptPlan { name: string }

/** The copies of a month, by name; those that a newer program has written and this one does not know are left out. */
export function readRosterCopies(db: Database, service: DutyDesk, month: string): KeptCopy[] {
  return allRows<Row & { name: string }>(db, 'SELECT name, data, person_id, saved_at_ms, revision FROM roster_copy WHERE service=? AND month=? ORDER BY name', service, month).flatMap(row => {
    const kept = planOf(row);
    return kept === null ? [] : [{ name: row.name, ...kept }];
  });
}

/** By which save the copy of a name is as it stands; null: there is none. */
export function revisionOfCopy(db: Database, { service, month }: Pick<RosterPlan, 'service' | 'month'>, name: string): string | null {
  return getRow<{ revision: string }>(db, 'SELECT revision FROM roster_copy WHERE service=? AND month=? AND name=?', service, month, name)?.revision ?? null;
}

export function countRosterCopies(db: Database, { service, month }: Pick<RosterPlan, 'service' | 'month'>): number {
  return getRow<{ n: number }>(db, 'SELECT count(*) AS n FROM roster_copy WHERE service=? AND month=?', service, month)!.n;
}

export function saveRosterCopy(work: Work, { plan, name, personId, atMs, revision }: SavedPlan & { name: string }): void {
  run(work.db, 'INSERT OR REPLACE INTO roster_copy(service, month, name, data, person_id, saved_at_ms, revision) VALUES (?,?,?,?,?,?,?)', plan.service, plan.month, name, JSON.stringify(plan), idToBlob(personId), atMs, revision);
  work.touch('roster');
}

export function removeRosterCopy(work: Work, { service, month, name }: { service: DutyDesk; month: string; name: string }): void {
  run(work.db, 'DELETE FROM roster_copy WHERE service=? AND month=? AND name=?', service, month, name);
  work.touch('roster');
}
