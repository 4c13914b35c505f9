import type { ChoiceStep } from '../../../contract/queue.ts';

/** Where a run of marks began, and how far it went with Shift held. */
export interface Run { from: number; to: number }

const span = (a: number, b: number, chosen: boolean): ChoiceStep => ({ from: Math.min(a, b), to: Math.max(a, b), chosen });

/** The steps that make a run reach to `to`: what it held before is let go of, so that it also shrinks. */
export function extendSteps(run: Run, to: number): ChoiceStep[] {
  return run.to === run.from ? [span(run.from, to, true)] : [span(run.from, run.to, false), span(run.from, to, true)];
}
