const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** From here on days are fine enough; before, "1 ngày" could be nearly two. */
const IN_DAYS = 3 * DAY;

/** A span as the clocks show it: key of a text and its figures. */
export interface SpanFace { key: 'seconds' | 'minutes' | 'hours' | 'hoursMinutes' | 'days'; facts: Record<string, string | number> }

/** `soon`: from the moment that the policy pack warns, or the last minute. */
export interface DueFace { tone: 'none' | 'ok' | 'soon' | 'over'; span: SpanFace | null }

/** A span of time, coarser the longer it is; always rounded down. */
export function spanFace(spanMs: number): SpanFace {
  const minutes = Math.floor(spanMs / MINUTE);
  if (spanMs < 10 * MINUTE) return { key: 'seconds', facts: { minutes, seconds: String(Math.floor((spanMs % MINUTE) / SECOND)).padStart(2, '0') } };
  if (spanMs < HOUR) return { key: 'minutes', facts: { minutes } };
  const hours = Math.floor(spanMs / HOUR);
  if (spanMs < 10 * HOUR && minutes % 60 !== 0) return { key: 'hoursMinutes', facts: { hours, minutes: String(minutes % 60).padStart(2, '0') } };
  return daysFace(spanMs);
}

function daysFace(spanMs: number): SpanFace {
  return spanMs < IN_DAYS ? { key: 'hours', facts: { hours: Math.floor(spanMs / HOUR) } } : { key: 'days', facts: { days: Math.floor(spanMs / DAY) } };
}

/** An overdue span has no seconds: it no longer matters how many. */
function overFace(spanMs: number): SpanFace {
  if (spanMs < HOUR) return { key: 'minutes', facts: { minutes: Math.max(1, Math.floor(spanMs / MINUTE)) } };
  return daysFace(spanMs);
}

/** How a deadline stands; from `warnAtMs` on it is soon due. */
export function dueFace(dueAtMs: number | null, warnAtMs: number | null, nowMs: number): DueFace {
  if (dueAtMs === null) return { tone: 'none', span: null };
  const leftMs = dueAtMs - nowMs;
  if (leftMs < 0) return { tone: 'over', span: overFace(-leftMs) };
  const isSoon = leftMs < MINUTE || (warnAtMs !== null && nowMs >= warnAtMs);
  return { tone: isSoon ? 'soon' : 'ok', span: spanFace(leftMs) };
}
