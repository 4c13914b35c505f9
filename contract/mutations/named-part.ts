/** A value of a field before and after an edit. */
export interface FieldChange { from: unknown; to: unknown }
type Fields = Record<string, unknown>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function namesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  return isFields(value) ? Object.keys(value) : [];
}

/** The names inside a field that its editor knew. */
function namesOf({ from, to }: FieldChange): ReadonlySet<string> {
  return new Set([...namesIn(from), ...namesIn(to)]);
}

function only(value: unknown, isKept: (name: string) => boolean): unknown {
  if (Array.isArray(value)) return value.map(item => only(item, isKept));
  return isFields(value) ? Object.fromEntries(Object.entries(value).filter(([name]) => isKept(name))) : value;
}

/** The value as far as the change speaks of it: what a newer version has added inside is not what its editor started from. */
export function namedPart(value: unknown, change: FieldChange): unknown {
  const names = namesOf(change);
  return only(value, name => names.has(name));
}

/**
 * What a field becomes by a change: what its editor did not know of stays inside it. An item of a list keeps it while it is
 * left as it was, or changed in its place without the list growing or shrinking.
 */
export function changedValue(value: unknown, change: FieldChange, isSame: (a: unknown, b: unknown) => boolean): unknown {
  const names = namesOf(change);
  const over = (before: unknown, after: unknown): unknown =>
    isFields(before) && isFields(after) ? { ...only(before, name => !names.has(name)) as Fields, ...after } : after;
  const { from, to } = change;
  if (!Array.isArray(value) || !Array.isArray(from) || !Array.isArray(to)) return over(value, to);
  return to.map((item, index) => {
    const unchanged = from.findIndex(other => isSame(other, item));
    const place = unchanged >= 0 ? unchanged : from.length === to.length ? index : -1;
    return over(value[place], item);
  });
}
