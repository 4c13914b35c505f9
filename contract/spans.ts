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
  const [these, those] = [joined(some), joined(others)], out: Span[] = [];
  for (let a = 0, b = 0; a < these.length && b < those.length;) {
    const one = these[a]!, other = those[b]!, from = Math.max(one[0], other[0]), to = Math.min(one[1], other[1]);
    if (from < to) out.push([from, to]);
    if (one[1] < other[1]) a++; else b++;
  }
  return out;
}

/** What lies in the first and not in the second. */
export function without(some: readonly Span[], others: readonly Span[]): Span[] {
  const those = joined(others), out: Span[] = [];
  let b = 0;
  for (const [begin, to] of joined(some)) {
    let from = begin;
    while (b < those.length && those[b]![1] <= from) b++;
    for (let at = b; at < those.length && those[at]![0] < to; at++) {
      if (from < those[at]![0]) out.push([from, those[at]![0]]);
      from = those[at]![1];
    }
    if (from < to) out.push([from, to]);
  }
  return out;
}

/** What lies in at least so many of some lists, from one on. */
export function inAtLeast(n: number, lists: readonly (readonly Span[])[]): Span[] {
  const edges = lists.flatMap(joined).flatMap(([from, to]) => [[from, 1], [to, -1]] as const).sort((a, b) => a[0] - b[0]);
  let depth = 0;
  return joined(edges.flatMap(([from, by], at): Span[] => { depth += by; return depth >= n ? [[from, edges[at + 1]?.[0] ?? from]] : []; }));
}

/** How many minutes. */
export function lengthOf(spans: readonly Span[]): number {
  return joined(spans).reduce((sum, [from, to]) => sum + to - from, 0);
}
