/** From one whole minute to another, the end not with it; minutes since the epoch. Lists of them rise and do not touch one another where a function has given them. */
export type Span = readonly [from: number, to: number];

/** What lies in any of them. */
export function joined(spans: readonly Span[]): Span[] {
  const out: [number, number][] = [];
  for (const [from, to] of spans.filter(one => one[0] < one[1]).sort((a, b) => a[0] - b[0])) {
    const last = out.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else out.push([from, to]);
  }
  return out;
}

/** What lies in both. */
export function shared(some: readonly Span[], others: readonly Span[]): Span[] {
  const those = joined(others);
  return joined(some).flatMap(([from, to]) => those.flatMap((one): Span[] => (one[0] < to && from < one[1] ? [[Math.max(from, one[0]), Math.min(to, one[1])]] : [])));
}

/** What lies in the first and not in the second. */
export function without(some: readonly Span[], others: readonly Span[]): Span[] {
  return joined(others).reduce<Span[]>((left, [from, to]) => left.flatMap((one): Span[] => ([[one[0], Math.min(one[1], from)], [Math.max(one[0], to), one[1]]] as const).filter(part => part[0] < part[1])), joined(some));
}

/** How many minutes. */
export function lengthOf(spans: readonly Span[]): number {
  return joined(spans).reduce((sum, [from, to]) => sum + to - from, 0);
}
