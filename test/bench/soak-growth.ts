import { percentile, round } from './statistics.ts';

/** A figure at a moment of the run, from 0 to 1. */
export interface Sample { at: number; value: number }

/** Medians of the first, second and last quarter of a run, and by how much the last lies above the second: the first is the warming up. */
export interface Growth { firstQuarter: number; secondQuarter: number; last: number; growthPct: number }

export function growthOf(samples: readonly Sample[]): Growth {
  const median = (quarter: number): number => percentile(samples.filter(({ at }) => Math.min(3, Math.floor(at * 4)) === quarter).map(({ value }) => value), 0.5);
  const [firstQuarter, secondQuarter, last] = [median(0), median(1), median(3)];
  return { firstQuarter: round(firstQuarter, 1), secondQuarter: round(secondQuarter, 1), last: round(last, 1), growthPct: round((last / secondQuarter - 1) * 100, 1) };
}
