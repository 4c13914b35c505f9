import type { Attention, LinkStatus } from '../../../contract/console.ts';
import type { CheckLine, Diagnosis } from '../../../contract/diagnosis.ts';

/** The entries that need attention, by kind. */
export interface AttentionCounts { refused: number; conflict: number; held: number }

export type Answer =
  | { kind: 'inStep' } | { kind: 'sending' } | { kind: 'sendingFiles'; n: number } | { kind: 'firstCopy'; share: number } | { kind: 'neverYet' } | { kind: 'looking' }
  | { kind: 'attention'; n: number } | { kind: 'held'; n: number } | { kind: 'warned'; line: CheckLine } | { kind: 'stopped'; line: CheckLine };
export type Tone = 'good' | 'waiting' | 'warning' | 'danger';

export function countAttention(entries: readonly Pick<Attention, 'status'>[]): AttentionCounts {
  const of = (status: Attention['status']): number => entries.filter(entry => entry.status === status).length;
  return { refused: of('rejected'), conflict: of('conflict') + of('merged'), held: of('held') };
}

/** How many of them a person can do something about; what waits for its record goes by itself. */
export function needsSomeone({ refused, conflict }: AttentionCounts): number {
  return refused + conflict;
}

/** The one answer to "why is it not in step?": the first step of the chain that is broken, else what is going on, else what is worth a look; only then is all well. */
export function answerOf({ lines, running, files }: Pick<Diagnosis, 'lines' | 'running' | 'files'>, status: LinkStatus, counts: AttentionCounts): { answer: Answer; tone: Tone } {
  const broken = lines.find(line => line.state === 'trouble');
  if (broken !== undefined) return { answer: { kind: 'stopped', line: broken }, tone: broken.check === 'device' || broken.check === 'disk' ? 'danger' : 'warning' };
  if (status.link !== 'up') return { answer: running || status.link === 'down' ? { kind: 'looking' } : { kind: 'neverYet' }, tone: 'warning' };
  if (status.loading !== null) return { answer: { kind: 'firstCopy', share: status.loading }, tone: 'waiting' };
  if (status.pending > 0) return { answer: { kind: 'sending' }, tone: 'waiting' };
  if (needsSomeone(counts) > 0) return { answer: { kind: 'attention', n: needsSomeone(counts) }, tone: 'warning' };
  const warned = lines.find(line => line.state === 'warning');
  if (warned !== undefined) return { answer: { kind: 'warned', line: warned }, tone: 'warning' };
  if (counts.held > 0) return { answer: { kind: 'held', n: counts.held }, tone: 'warning' };
  return files.n > 0 ? { answer: { kind: 'sendingFiles', n: files.n }, tone: 'waiting' } : { answer: { kind: 'inStep' }, tone: 'good' };
}
