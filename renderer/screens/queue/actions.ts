import type { Issue } from '../../../contract/issue.ts';
import type { MutationName } from '../../../contract/mutations/payloads.ts';

/** Keys of the actions on a record; the same wherever a record is shown. */
export const ACTION_KEYS: Readonly<Partial<Record<MutationName, string>>> = {
  'issue.startVerification': 'x', 'issue.verify': 'x', 'issue.forward': 'c', 'issue.dispatch': 'c', 'issue.takeOver': 'a', 'issue.accept': 'a', 'issue.start': 's', 'issue.resolve': 'h', 'issue.close': 'd',
  'issue.resume': 's', 'issue.return': 'y', 'issue.remind': 'o', 'issue.handOff': 'j', 'issue.merge': 'i', 'issue.acknowledge': 'f9', 'issue.reopen': 'z', 'issue.survey': 'q',
  'issue.note': 'g', 'issue.edit': 'e', 'issue.proposeFalse': 'k', 'issue.confirmFalse': 'k',
};

/** The steps that lead on, the most pressing first. */
const STEPS: readonly MutationName[] = [
  'issue.takeOver', 'issue.startVerification', 'issue.verify', 'issue.forward', 'issue.accept', 'issue.start', 'issue.resume', 'issue.resolve', 'issue.close', 'issue.survey',
];
const ASIDE: readonly MutationName[] = [
  'issue.dispatch', 'issue.confirmFalse', 'issue.confirmCancel', 'issue.refuseHandOff', 'issue.return', 'issue.proposeFalse', 'issue.remind', 'issue.note', 'issue.edit', 'issue.merge', 'issue.handOff', 'issue.sendResource', 'issue.join',
  'issue.askInfo', 'issue.hold', 'issue.reopen', 'issue.outOfScope', 'issue.acknowledge', 'issue.leave', 'issue.withdrawHandOff', 'issue.split', 'issue.correct', 'issue.proposeCancel', 'issue.erasePersonal',
];

/** Life first: what may go out before it is verified, goes out. */
function stepsOf(issue: Pick<Issue, 'class' | 'severity'>): readonly MutationName[] {
  return issue.class === 'incident' && issue.severity === 'P1' ? ['issue.takeOver', 'issue.dispatch', ...STEPS.slice(1)] : STEPS;
}

/** The next real step, and what else may be done, in the order of the buttons. */
export function arrange(issue: Pick<Issue, 'class' | 'severity'>, possible: readonly string[]): { primary: MutationName | null; others: MutationName[] } {
  const steps = stepsOf(issue);
  const primary = steps.find(name => possible.includes(name)) ?? null;
  const all = [...new Set([...steps, ...ASIDE])];
  return { primary, others: all.filter(name => name !== primary && possible.includes(name)) };
}

/** Whether a life may hang on the next step: the only time that a button is red. */
export function isVital(issue: Pick<Issue, 'class' | 'severity'>, action: MutationName): boolean {
  return issue.class === 'incident' && issue.severity === 'P1' && (action === 'issue.forward' || action === 'issue.dispatch');
}
