import type { Id } from '../ids.ts';
import type { Issue } from '../issue.ts';
import type { Role, Scope, Unit } from '../org.ts';
import type { PolicyBook } from '../policy/pack.ts';

/** Who acts, as both sides know it when they judge: the author is bound at write, so this never changes on the way. */
export interface Actor { personId: Id; unitId: Id | null; roles: readonly Role[]; scope: Scope }

/** Who acts, of whoever is signed in: no more of them than both sides judge by. */
export function actorOf({ personId, unitId, roles, scope }: Actor): Actor {
  return { personId, unitId, roles, scope };
}

/** What a forward asks of a unit: whether it handles records (Q3.6), and who receives there (Q13.5). */
export type RoutableUnit = Pick<Unit, 'handling'> & Partial<Pick<Unit, 'focalPoint' | 'head'>>;

/** What a mutation may know beside the row and its payload. Console and province fill it from their own data. */
export interface Facts {
  actor: Actor;
  deviceId: Id;
  /** The device's time of writing, corrected by the last known server offset, ms. */
  atMs: number;
  /** When the province has it, ms; null at a workstation. */
  arrivedAtMs: number | null;
  /** Told to the caller when the record is made; given by the device. */
  provisionalNo: string;
  /** The final number; only the province gives one, the console passes null. */
  nextDisplayNo: string | null;
  /** The unit of that id, if the directory has it and it is in force. */
  unit: (id: Id) => RoutableUnit | undefined;
  /** Another record of that id, as far as a link to it must know. */
  record: (id: Id) => Pick<Issue, 'siteId' | 'service' | 'lines' | 'handOff' | 'state'> | undefined;
  /** The policy packs that are known here. */
  policy: PolicyBook;
}

/** A value that lost: another change came first. Both are kept for a person to choose. */
export interface LostValue { field: string; mine: unknown; theirs: unknown }

/** `lost` is empty unless an edit met a newer value. */
export interface Applied { row: Issue; lost: LostValue[] }
