import type { Attached } from '../attachment.ts';
import { attachmentsOf, type Issue } from '../issue.ts';
import type { PolicyPack } from './pack.ts';

/** What gives a record to a unit, or back to it: what was there before proves nothing of what the unit has done since. */
const BEGINS: readonly string[] = ['issue.forward', 'issue.dispatch', 'issue.reopen'];

/** Whether the record's kind of case asks for evidence before its unit may say that it is done (domain, §5.3). */
export function needsEvidence({ category }: Pick<Issue, 'category'>, pack: PolicyPack): boolean {
  return pack.categories.some(one => one.code === category && one.evidence === true);
}

/**
 * The files that may prove the result: those that the record has and that were added since its unit was given it, or it was reopened. Judged by the order of its
 * history and not by times, so that a clock that is wrong takes nobody's evidence away.
 */
export function evidenceOf(row: Pick<Issue, 'attachments' | 'history'>): Attached[] {
  const since = row.history.slice(row.history.findLastIndex(entry => BEGINS.includes(entry.action)) + 1);
  return attachmentsOf(row).filter(file => since.some(entry => entry.action === 'issue.attach' && entry.byId === file.byId && entry.atMs === file.atMs && entry.file === file.name));
}

/** Whether evidence is asked for and there is none. */
export function lacksEvidence(row: Pick<Issue, 'category' | 'attachments' | 'history'>, pack: PolicyPack): boolean {
  return needsEvidence(row, pack) && evidenceOf(row).length === 0;
}
