/** A difference that wanders by less is the same one still. */
const SAME_MS = 60_000;

/**
 * Whether a clock's distance from the province's is told.
 *
 * @param hiddenAtMs the distance at which a person has put the banner away; null when nobody has
 */
export function isSkewShown(offsetMs: number, hiddenAtMs: number | null, fromMs: number): boolean {
  if (Math.abs(offsetMs) <= fromMs) return false;
  return hiddenAtMs === null || Math.abs(offsetMs - hiddenAtMs) >= SAME_MS;
}
