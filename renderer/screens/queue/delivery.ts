import type { IssueDetail } from '../../../contract/console.ts';

/**
 * Whether the lead unit cannot have the record yet: the change that forwards it has not left this machine. Changes are sent
 * in the order in which they were made, so that a forward older than the oldest unsent change has gone.
 *
 * @param oldestPendingAtMs when the oldest unsent change of this machine was made; null when not known
 */
export function isUndelivered({ issue, sync }: { issue: Pick<IssueDetail['issue'], 'state' | 'history'>; sync: IssueDetail['sync'] }, oldestPendingAtMs: number | null): boolean {
  if ((issue.state !== 'forwarded' && issue.state !== 'unverified_forwarded') || (sync !== 'saved' && sync !== 'waiting')) return false;
  const forwarded = issue.history.findLast(entry => entry.action === 'issue.forward' || entry.action === 'issue.dispatch');
  return forwarded !== undefined && (oldestPendingAtMs === null || forwarded.atMs >= oldestPendingAtMs);
}
