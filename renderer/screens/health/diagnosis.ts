import type { ErrorCode } from '../../../contract/errors.ts';
import type { Attention, LinkStatus } from '../../../contract/console.ts';

/** The chain from this machine to "everything is there", in the order in which it is walked. */
export const STEPS = ['reach', 'server', 'device', 'exchange', 'work', 'firstCopy', 'refused', 'conflict'] as const;
export type Step = (typeof STEPS)[number];

/** `notReached`: an earlier step is broken, so nothing is known about this one now. */
export type StepState = 'ok' | 'stopped' | 'busy' | 'notReached' | 'warning';
export type StepAction = 'none' | 'wait' | 'tryNow' | 'callAdmin' | 'later' | 'openAttention';
export interface ChainRow { step: Step; state: StepState; error: ErrorCode | null; count: number; action: StepAction }

export type Answer =
  | { kind: 'inStep' } | { kind: 'sending' } | { kind: 'firstCopy'; share: number } | { kind: 'neverYet' } | { kind: 'attention' }
  | { kind: 'stopped'; step: Step; error: ErrorCode | null };
export interface Diagnosis { answer: Answer; tone: 'good' | 'waiting' | 'warning' | 'danger'; rows: ChainRow[] }

/** Where the chain breaks for an error that the link reported last. Codes that say nothing about the link break at `work`. */
export function brokenStep(code: ErrorCode): Step {
  switch (code) {
    case 'link/unreachable': case 'link/too-slow': return 'reach';
    case 'link/foreign-answer': case 'link/wrong-province': return 'server';
    case 'device/revoked': case 'device/unknown': case 'device/bad-signature': case 'device/token-expired': case 'enrol/not-enrolled': return 'device';
    case 'sync/too-old': case 'sync/restart': case 'sync/out-of-order': case 'input/invalid': case 'input/too-large': return 'exchange';
    case 'sync/chunk-gone': case 'sync/damaged-chunk': return 'firstCopy';
    default: return 'work';
  }
}

function actionAt(step: Step): StepAction {
  return step === 'device' || step === 'exchange' ? 'callAdmin' : 'tryNow';
}

/** Which link of the chain stops, from what the core truly knows: never a guess about a step that was not reached. */
export function diagnose(status: LinkStatus, attention: readonly Pick<Attention, 'status'>[]): Diagnosis {
  const refused = attention.filter(item => item.status === 'rejected').length;
  const conflicts = attention.length - refused;
  const error = status.link === 'up' ? null : status.lastError?.code ?? null;
  const cut = status.link !== 'up';
  const broken: Step | null = error !== null ? brokenStep(error) : cut ? 'reach' : null;
  const brokenAt = broken === null ? STEPS.length : STEPS.indexOf(broken);

  const rows = STEPS.map((step, index): ChainRow => {
    const row = (state: StepState, action: StepAction, count = 0): ChainRow => ({ step, state, action, count, error: null });
    if (step === 'refused') return refused > 0 ? row('warning', 'openAttention', refused) : row('ok', 'none');
    if (step === 'conflict') return conflicts > 0 ? row('warning', 'openAttention', conflicts) : row('ok', 'none');
    if (index === brokenAt) return { ...row('stopped', actionAt(step)), error };
    if (index > brokenAt) return row('notReached', 'later');
    if (step === 'firstCopy' && status.loading !== null) return row('busy', 'wait');
    return row('ok', 'none');
  });

  return { rows, ...answerOf(status, broken, error, attention.length) };
}

function answerOf(status: LinkStatus, broken: Step | null, error: ErrorCode | null, attention: number): Pick<Diagnosis, 'answer' | 'tone'> {
  if (broken !== null && status.link === 'never' && error === null) return { answer: { kind: 'neverYet' }, tone: 'warning' };
  if (broken !== null) return { answer: { kind: 'stopped', step: broken, error }, tone: broken === 'device' ? 'danger' : 'warning' };
  if (status.loading !== null) return { answer: { kind: 'firstCopy', share: status.loading }, tone: 'waiting' };
  if (status.pending > 0) return { answer: { kind: 'sending' }, tone: 'waiting' };
  if (attention > 0) return { answer: { kind: 'attention' }, tone: 'warning' };
  return { answer: { kind: 'inStep' }, tone: 'good' };
}
