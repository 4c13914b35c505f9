import type { LinkStatus } from '../../../contract/console.ts';
import type { ErrorCode } from '../../../contract/errors.ts';
import { health } from '../../strings/vi/health.ts';
import { useT, type TextKey } from '../../strings/text.ts';
import { sentences } from '../../ui/error-text.ts';
import type { ChainRow, Diagnosis } from './diagnosis.ts';

/** Errors whose cause is worth being the title itself. */
function becauseKey(code: ErrorCode | null): TextKey | null {
  return code !== null && code in health.because ? `health.because.${code as keyof typeof health.because}` : null;
}

/** Whole per cent of a share 0…1, never 100 before it is all there. */
export function percentOf(share: number): number {
  return Math.min(99, Math.floor(share * 100));
}

/** The answer in words: title, and the sentence that says what is safe; nothing more to say when all is well. */
export function useAnswerWords({ answer }: Diagnosis, status: LinkStatus, attention: number): { title: string; sub: string } {
  const t = useT();
  const safe = status.pending === 0 ? t('health.safeNone') : t('health.safe', { n: status.pending });
  switch (answer.kind) {
    case 'inStep': return { title: t('health.answer.inStep'), sub: '' };
    case 'sending': return { title: t('health.answer.sending'), sub: t('health.goodSending', { n: status.pending }) };
    case 'attention': return { title: t('health.answer.attention'), sub: t('health.attentionSaid', { n: attention }) };
    case 'firstCopy': return { title: t('health.answer.firstCopy', { percent: percentOf(answer.share) }), sub: t('health.cause.loading', { percent: percentOf(answer.share) }) };
    case 'neverYet': return { title: t('health.answer.neverYet'), sub: safe };
    case 'stopped': return { title: t(becauseKey(answer.error) ?? `health.answerStopped.${answer.step}`), sub: safe };
  }
}

/** Why a step stands as it does, and for a broken one what the error says. */
export function useCauseWords(row: ChainRow, status: LinkStatus): { what: string; more: string } {
  const t = useT();
  switch (row.state) {
    case 'ok': return { what: t(`health.cause.${row.step}`, { address: status.provinceAddress }), more: '' };
    case 'busy': return { what: t('health.cause.loading', { percent: percentOf(status.loading ?? 0) }), more: '' };
    case 'notReached': return { what: t('health.cause.notReached'), more: '' };
    case 'warning': return { what: t(row.step === 'refused' ? 'health.cause.refusedSome' : 'health.cause.conflictSome', { n: row.count }), more: '' };
    case 'stopped': {
      if (row.error === null) return { what: t('health.cause.unknown'), more: '' };
      const { what, todo } = sentences({ code: row.error, facts: status.lastError?.facts ?? {} });
      return { what, more: row.action === 'tryNow' ? todo : '' };
    }
  }
}
