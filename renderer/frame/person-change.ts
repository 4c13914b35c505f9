/** What a person has typed or chosen and nobody else may meet; each is called when that person leaves the window. */
export const forgetters = new Set<() => void>();

/** Calls all of them. */
export function forgetPerson(): void {
  for (const forget of forgetters) forget();
}
