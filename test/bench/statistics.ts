/** The value below which a share of the samples lies (nearest rank); the samples need not be sorted. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

/** Rounded for a line of output. */
export function round(value: number, decimals = 2): number {
  return Number(value.toFixed(decimals));
}

/** How long each call takes, in ms, one after another. */
export async function times<T>(inputs: readonly T[], call: (input: T) => unknown): Promise<number[]> {
  const samples: number[] = [];
  for (const input of inputs) {
    const startedAt = performance.now();
    await call(input);
    samples.push(performance.now() - startedAt);
  }
  return samples;
}
