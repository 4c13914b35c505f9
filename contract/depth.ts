/**
 * Whether a value of JSON has at most so many levels of lists and objects. Parsing goes to any depth, but most of what is done
 * with a value afterwards costs some of the stack at every step down.
 */
export function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every(inner => isShallow(inner, levels - 1));
}
