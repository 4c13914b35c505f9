import { useT } from '../../strings/text.ts';
import { useNow } from '../../ui/clock.ts';
import { dueFace } from './due.ts';

/** The time left or over, in words and colour; ticks with the one clock of the window. */
export function DueClock({ dueAtMs, warnAtMs, isOpen = true }: { dueAtMs: number | null; warnAtMs: number | null; isOpen?: boolean }) {
  const t = useT();
  const nowMs = useNow();
  const { tone, span } = dueFace(isOpen ? dueAtMs : null, warnAtMs, nowMs);
  if (span === null) return <span className="due none">{isOpen ? t('queue.due.none') : ''}</span>;
  const words = t(`queue.due.${span.key}`, span.facts);
  return <span className={`due ${tone}`}>{t(tone === 'over' ? 'queue.due.over' : 'queue.due.left', { span: words })}</span>;
}
