import type { LinkStatus } from '../../../contract/console.ts';
import type { CheckLine } from '../../../contract/diagnosis.ts';
import { formatDateTime } from '../../../contract/time.ts';
import { percentOf } from '../../frame/link-face.ts';
import { t, type Language } from '../../strings/text.ts';
import { sentences } from '../../ui/error-text.ts';
import type { Answer } from './diagnosis.ts';
import { spanOf } from './span.ts';

/** A span in words: "3 phút", "2 giờ 5 phút". */
export function spanWords(ms: number): string {
  const span = spanOf(Math.abs(ms));
  return t(`health.span.${span.unit}`, span);
}

/** A clock's distance from the province's, in words; `offsetMs` as measured: province − machine. */
export function skewWords(offsetMs: number): { skew: string; direction: string } {
  return { skew: spanWords(offsetMs), direction: t(offsetMs > 0 ? 'diagnosis.slower' : 'diagnosis.faster') };
}

const UNITS = ['byte', 'KB', 'MB', 'GB', 'TB'] as const;

/** "26 KB", "1,8 MB": one decimal from a thousand kilobytes on. */
export function sizeWords(bytes: number, language: Language): string {
  const power = Math.min(UNITS.length - 1, bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10));
  const digits = power < 2 ? 0 : 1;
  return `${new Intl.NumberFormat(language === 'vi' ? 'vi-VN' : 'en-GB', { maximumFractionDigits: digits }).format(bytes / 1024 ** power)} ${UNITS[power] ?? ''}`;
}

function factsIn({ facts }: CheckLine, language: Language): Record<string, unknown> {
  const { offsetMs, freeMb, from, to } = facts;
  return {
    ...facts,
    ...(typeof offsetMs === 'number' ? skewWords(offsetMs) : {}),
    ...(typeof freeMb === 'number' ? { free: sizeWords(freeMb * 1024 ** 2, language) } : {}),
    ...(typeof from === 'number' ? { from: formatDateTime(from) } : {}),
    ...(typeof to === 'number' ? { to: formatDateTime(to) } : {}),
  };
}

/** What a check found and what to do about it; for a failed exchange with what the error itself says. */
export function causeWords(line: CheckLine, language: Language): { what: string; todo: string } {
  const facts = factsIn(line, language);
  const [what, todo] = [t(`diagnosis.cause.${line.cause}.what`, facts), t(`diagnosis.cause.${line.cause}.todo`, facts)];
  if (line.error === null) return { what, todo };
  const error = sentences(line.error);
  return { what: `${what} ${error.what}`, todo: `${todo}. ${error.todo}` };
}

/** The answer in words: title, and the sentence that says what is safe; nothing more to say when all is well. */
export function answerWords(answer: Answer, status: LinkStatus, language: Language): { title: string; sub: string } {
  const safe = status.pending === 0 ? t('health.safeNone') : t('health.safe', { n: status.pending });
  switch (answer.kind) {
    case 'inStep': return { title: t('health.answer.inStep'), sub: '' };
    case 'sending': return { title: t('health.answer.sending'), sub: t('health.goodSending', { n: status.pending }) };
    case 'sendingFiles': return { title: t('health.answer.sendingFiles', { n: answer.n }), sub: t('health.sendingFilesSaid') };
    case 'attention': return { title: t('health.answer.attention'), sub: t('health.attentionSaid', { n: answer.n }) };
    case 'held': return { title: t('health.answer.held'), sub: t('diagnosis.heldSome', { n: answer.n }) };
    case 'warned': { const { what, todo } = causeWords(answer.line, language); return { title: t('health.answer.warned', { what }), sub: todo }; }
    case 'firstCopy': {
      const again = status.lastSyncAtMs !== null;
      return { title: t(again ? 'health.answer.copyAgain' : 'health.answer.firstCopy', { percent: percentOf(answer.share) }), sub: t(again ? 'health.copyAgainSaid' : 'health.firstCopySaid') };
    }
    case 'neverYet': return { title: t('health.answer.neverYet'), sub: safe };
    case 'looking': return { title: t('diagnosis.looking'), sub: `${t('diagnosis.lookingSub')} ${safe}` };
    case 'stopped': return { title: causeWords(answer.line, language).what, sub: safe };
  }
}
