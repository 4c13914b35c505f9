import type { RosterJob, RosterParts, RosterPlan } from '../../../contract/roster.ts';
import type { t as Words } from '../../strings/text.ts';
import { rowsAndShifts } from './plan-edits.ts';

/** A search of this window, with the plan that it set out from, and the cells that were put into the grid of what it found. */
export interface Search { job: RosterJob; plan: string; rows: string; taken: string | null }

/**
 * How a search stands to the grid: `waiting`, what it found can be put in; `inGrid`, that is what the grid shows; `edited`, it was put in and has been changed since; `otherPlan`, it is of other people
 * or another pattern than there are by now; `empty`, it ended without any.
 */
export type Standing = { kind: 'idle'; job: null } | { kind: 'running' | 'waiting' | 'inGrid' | 'edited' | 'otherPlan' | 'empty' | 'failed'; job: RosterJob };

/** @param answer what the core says of it: null, it does not know it any more; undefined, it has not said anything yet */
export function standingOf(search: Search | null, answer: RosterJob | null | undefined, plan: RosterPlan): Standing {
  if (search === null || answer === null) return { kind: 'idle', job: null };
  const job = answer?.id === search.job.id ? answer : search.job;
  if (job.state !== 'ended') return { kind: job.state, job };
  if (job.cells === null) return { kind: 'empty', job };
  if (search.taken !== null) return { kind: search.taken === cellsOf(plan.members) ? 'inGrid' : 'edited', job };
  return { kind: search.rows === rowsAndShifts(plan) ? 'waiting' : 'otherPlan', job };
}

/** The cells of a plan, to be compared. */
export function cellsOf(members: readonly { cells: readonly number[] }[]): string {
  return JSON.stringify(members.map(({ cells }) => cells));
}

type T = typeof Words;
const ENDED = { overtaken: ['rosterSearch.overtaken', 'rosterSearch.overtakenEmpty'], calledOff: ['roster.calledOff', 'roster.calledOffEmpty'], timeUp: ['roster.timeUp', 'roster.timeUpEmpty'] } as const;

/** How far a search is, or how it ended. */
export function stateWords({ kind, job }: Standing, t: T): string {
  const seconds = (ms: number): string => (ms / 1_000).toLocaleString('vi-VN', { maximumFractionDigits: 1 });
  if (kind === 'idle') return t('roster.engineIdle');
  if (kind === 'running') return job.cost === null ? t('roster.seeking') : t('roster.improving', { at: seconds(job.afterMs) });
  if (kind === 'failed') return t('roster.failed');
  if (kind === 'edited') return t('rosterSearch.edited');
  if (kind === 'empty' && job.without.length > 0) return t('rosterSearch.without');
  if (job.cost !== null && job.isProven) return t('roster.proven', { at: seconds(job.bestAfterMs) });
  const [best, empty] = ENDED[job.isOvertaken ? 'overtaken' : job.isCalledOff ? 'calledOff' : 'timeUp'];
  return t(job.cost === null ? empty : best);
}

/** What a roster lacks, in shifts: "thiếu 30 ca · lệch chia đều 2". */
export function partsWords({ under, ...parts }: RosterParts, t: T): string {
  return [
    under === 0 ? t('rosterSearch.full') : t('rosterSearch.under', { n: under }),
    ...(['empty', 'skill', 'over', 'share', 'wish'] as const).flatMap(part => (parts[part] === 0 ? [] : [t(`rosterSearch.${part}`, { n: parts[part] })])),
  ].join(' · ');
}

/** How far the best is above what is proven, in percent of the best. */
export function gapWords({ cost, bound, isProven }: Pick<RosterJob, 'cost' | 'bound' | 'isProven'>): string {
  if (isProven || cost === 0) return '0 %';
  if (cost === null || bound === null) return '…';
  return `${(100 * Math.max(0, cost - bound) / Math.max(1, cost)).toLocaleString('vi-VN', { maximumFractionDigits: 1 })} %`;
}
