import type { HistoryEntry, Issue } from '../../../contract/issue.ts';
import { ladderOf, type Laddered } from '../../../contract/policy/ladder.ts';
import type { PolicyPack } from '../../../contract/policy/pack.ts';

/** A step of the ladder as a record shows it: its level among those of the pack, and whom it tells. */
export interface StepFace { level: number; of: number; tells: readonly string[] }
/** `recorded`: the step on record, with its time, ms; `unsent`: one that is due and that nobody has been told of. */
export interface LadderFace { recorded: (StepFace & { atMs: number }) | null; unsent: StepFace | null }

/**
 * What a record says of its ladder of reminders (Q15.6, Q17.7). With the link up a step that is due is a matter of a minute: the province records it.
 *
 * @param nowMs the province's time, as far as it is known here
 */
export function ladderFace(issue: Laddered, pack: PolicyPack, nowMs: number, isLinkUp: boolean): LadderFace {
  const { recorded, due } = ladderOf(issue, pack, nowMs);
  const face = (level: number): StepFace => ({ level, of: Math.max(level, ...pack.ladder.map(step => step.level)), tells: pack.ladder.find(step => step.level === level)?.tells ?? [] });
  return {
    recorded: recorded === null ? null : { ...face(recorded.level), atMs: recorded.atMs },
    unsent: due === null || isLinkUp ? null : face(due.level),
  };
}

/** The step of the ladder that a line of the history took; 0 when it took none. */
export function stepTaken({ reminders = [] }: Pick<Issue, 'reminders'>, { action, atMs, unitId, byId }: HistoryEntry): number {
  if (action !== 'issue.remind') return 0;
  return reminders.find(one => one.atMs === atMs && one.unitId === unitId && one.byId === byId)?.level ?? 0;
}
