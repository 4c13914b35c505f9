/** What a person has typed or chosen and nobody else may meet; each is called when that person leaves the window. */
export const forgetters = new Set<() => void>();

/** Calls all of them. */
export function forgetPerson(): void {
  for (const forget of forgetters) forget();
}

/** What sends typed words to the core that it does not have yet; each is called before the person may leave. */
export const keepers = new Set<() => Promise<void>>();

/** Resolves when all of them have done what they can. */
export async function keepTyped(): Promise<void> {
  await Promise.allSettled([...keepers].map(keep => keep()));
}

/** Has typed words kept whenever the window loses the eye or closes; gives the function that ends it. */
export function keepWhenLeft(): () => void {
  const keep = (): void => { void keepTyped(); };
  window.addEventListener('blur', keep);
  window.addEventListener('pagehide', keep);
  document.addEventListener('visibilitychange', keep);
  return () => {
    window.removeEventListener('blur', keep);
    window.removeEventListener('pagehide', keep);
    document.removeEventListener('visibilitychange', keep);
  };
}
