/** A length of time cut to its two greatest units: what a reader needs, without digits that change under the eye. */
export type Span = { unit: 's'; s: number } | { unit: 'm'; m: number } | { unit: 'h'; h: number; m: number } | { unit: 'd'; d: number; h: number };

/** The span of a number of ms; negative counts as none. */
export function spanOf(ms: number): Span {
  const s = Math.max(0, Math.floor(ms / 1000));
  const m = Math.floor(s / 60);
  const h = Math.floor(m / 60);
  if (m < 1) return { unit: 's', s };
  if (h < 1) return { unit: 'm', m };
  if (h < 24) return { unit: 'h', h, m: m % 60 };
  return { unit: 'd', d: Math.floor(h / 24), h: h % 24 };
}

/** m:ss, for a countdown. */
export function countdown(ms: number): string {
  const s = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`;
}
