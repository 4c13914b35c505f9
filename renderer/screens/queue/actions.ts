import type { Issue } from '../../../contract/issue.ts';
import type { MutationName } from '../../../contract/mutations/issue.ts';

/** Keys of the actions on a record; the same wherever a record is shown. */
export const ACTION_KEYS: Readonly<Partial<Record<MutationName, string>>> = {
  'issue.startVerification': 'x', 'issue.verify': 'x', 'issue.forward': 'c', 'issue.accept': 'a', 'issue.start': 's', 'issue.resolve': 'h', 'issue.close': 'd',
  'issue.note': 'g', 'issue.edit': 'e', 'issue.proposeFalse': 'k', 'issue.confirmFalse': 'k',
};

const STEPS: readonly MutationName[] = ['issue.startVerification', 'issue.verify', 'issue.forward', 'issue.accept', 'issue.start', 'issue.resolve', 'issue.close'];
const ASIDE: readonly MutationName[] = ['issue.confirmFalse', 'issue.proposeFalse', 'issue.note', 'issue.edit'];

/** The next real step, and what else may be done, in the order of the buttons. */
export function arrange(possible: readonly string[]): { primary: MutationName | null; others: MutationName[] } {
  const primary = STEPS.find(name => possible.includes(name)) ?? null;
  return { primary, others: [...STEPS, ...ASIDE].filter(name => name !== primary && possible.includes(name)) };
}

/** Whether a life may hang on the next step: the only time that a button is red. */
export function isVital(issue: Pick<Issue, 'class' | 'severity'>, action: MutationName): boolean {
  return issue.class === 'incident' && issue.severity === 'P1' && action === 'issue.forward';
}
