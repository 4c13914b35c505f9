import { isOpen, type Issue } from '../issue.ts';
import type { PolicyPack } from './pack.ts';

const DAY_MS = 86_400_000;

/** Records whose persons are kept alike: sự cố, phản ánh, tin không xác thực. */
export const RETENTION_KINDS = ['incident', 'issue', 'false'] as const;
export type RetentionKind = (typeof RETENTION_KINDS)[number];

/** Of which kind a record is; a false report counts as one whatever its class. */
export function retentionKind({ class: kind, state }: Pick<Issue, 'class' | 'state'>): RetentionKind {
  if (state === 'false_report') return 'false';
  return kind === 'incident' ? 'incident' : 'issue';
}

/** For how many days after its end who reported and who was hurt are kept; null: for as long as the record is. A pack that does not say so erases nothing. */
export function retentionDays({ personalData }: Pick<PolicyPack, 'personalData'>, kind: RetentionKind): number | null {
  return personalData.retention?.[`${kind}Days`] ?? personalData.retentionDays;
}

/** For how many days after its end a request about personal data keeps who asked and what was written of it; null: always. */
export function requestRetentionDays({ personalData }: Pick<PolicyPack, 'personalData'>): number | null {
  return personalData.retention?.requestDays ?? null;
}

/** When the record ended, ms; null while someone still has to act on it. */
export function endedAtMs({ state, history, receivedAtMs }: Pick<Issue, 'state' | 'history' | 'receivedAtMs'>): number | null {
  if (isOpen(state)) return null;
  return history.findLast(entry => entry.to !== undefined && !isOpen(entry.to))?.atMs ?? receivedAtMs;
}

/**
 * From when on the persons of a record are to be erased, ms; null: never, not yet to be told, or done.
 *
 * @param pack the one in force now: for how long personal data are kept is not what it was when the record came
 * @param root the record that stands for it, where one does (trùng lặp, gộp): it ends with that one
 */
export function erasureDueAtMs(issue: Issue, pack: PolicyPack, root: Pick<Issue, 'state' | 'history' | 'receivedAtMs'> = issue): number | null {
  if (issue.personalErasedAtMs !== undefined && issue.personalErasedAtMs !== null) return null;
  const days = retentionDays(pack, retentionKind(issue));
  const endMs = endedAtMs(issue) ?? endedAtMs(root);
  return days === null || endMs === null ? null : endMs + days * DAY_MS;
}
