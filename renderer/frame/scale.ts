const SCALE_STEP = 0.1;

/** One step larger (1), smaller (−1), or back to 100 % (0); always within 100 and 200 %. */
export function steppedScale(scale: number, step: -1 | 0 | 1): number {
  if (step === 0) return 1;
  return Math.min(2, Math.max(1, Math.round((scale + step * SCALE_STEP) * 10) / 10));
}
