/** Figures older than this say so: three askings have come to nothing. */
const OLD_MS = 60_000;

/** Whether figures got at `gotAtMs` (of `performance.now()`) must be called old. */
export function isOld(gotAtMs: number | null, nowMs: number): boolean {
  return gotAtMs === null || nowMs - gotAtMs > OLD_MS;
}
