/** A check that compares such an object, or writes it as text, throws: these names are what JavaScript asks an object for its plain value by. */
const PLAIN_VALUE: readonly string[] = ['toString', 'valueOf'];

/**
 * Whether a value of JSON can be looked at safely: it has at most so many levels of lists and objects, and no field that stands in the way of
 * being compared. Parsing goes to any depth, but most of what is done with a value afterwards costs some of the stack at every step down.
 */
export function isSound(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && !PLAIN_VALUE.some(name => Object.hasOwn(value, name)) && Object.values(value).every(inner => isSound(inner, levels - 1));
}
