import { BULK, BULK_ACTIONS, BULK_LIMITS, type BulkAction, type BulkJob } from '../../../../contract/bulk.ts';
import { MUTATION_PERMISSION } from '../../../../contract/mutations/workflow.ts';
import type { Role } from '../../../../contract/org.ts';
import { may } from '../../../../contract/permissions.ts';

/** The bulk actions that these roles may try. */
export function actionsFor(roles: readonly Role[]): BulkAction[] {
  return BULK_ACTIONS.filter(action => may(roles, MUTATION_PERMISSION[BULK[action].mutation]));
}

/** What is given to a preview while the words of a note are still missing: they change nothing of whom it can be written for. */
const ANY_NOTE = '…';

/** What has been filled in, as the action wants it; null while something that it needs is missing. */
export function completeGiven(action: BulkAction, given: Record<string, unknown>): Record<string, unknown> | null {
  const text = (key: string): string => (typeof given[key] === 'string' ? given[key] : '');
  switch (action) {
    case 'classify': {
      const [severity, category] = [text('severity'), text('category')];
      return severity === '' && category === '' ? null : { severity: severity || null, category: category || null };
    }
    case 'startVerification': return {};
    case 'forward': return text('leadUnitId') === '' ? null : { leadUnitId: text('leadUnitId'), coUnitIds: [], note: text('note') };
    case 'link': return text('parentId') === '' ? null : { parentId: text('parentId'), note: text('note') };
    case 'remind': return { note: text('note') };
    case 'note': return text('note').trim() === '' ? null : { note: text('note') };
  }
}

/** What a preview is asked with: the free text does not matter to it. */
export function previewGiven(action: BulkAction, given: Record<string, unknown>): Record<string, unknown> | null {
  if (action === 'note') return { note: ANY_NOTE };
  return completeGiven(action, action === 'forward' || action === 'link' || action === 'remind' ? { ...given, note: '' } : given);
}

/** How long a bulk edit can still be taken back, ms; 0 when it cannot. */
export function undoLeftMs(job: BulkJob, nowMs: number): number {
  return job.undoUntilMs === null ? 0 : Math.max(0, job.undoUntilMs - nowMs);
}

/** A result that leaves nothing to do goes by itself after this. */
const READ_MS = 30_000;

/** Until when the result of a job that has ended is shown: as long as it can be taken back or leaves something to look at, else only to be read. */
export function toldUntilMs(job: BulkJob): number {
  if (job.endedAtMs === null) return Infinity;
  const isPlain = job.undoUntilMs === null && job.refused + job.partly === 0 && job.error === null && goneThrough(job) === job.total;
  return job.endedAtMs + (isPlain ? READ_MS : BULK_LIMITS.undoMs);
}

/** How much of it has been gone through. */
export function goneThrough(job: BulkJob): number {
  return job.done + job.unchanged + job.refused;
}
