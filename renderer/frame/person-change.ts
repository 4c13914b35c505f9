import { wire } from '../client.ts';
import { sayLast, type DraftSaver } from '../draft-saver.ts';

/** What a person has typed or chosen and nobody else may meet; each is called when that person leaves the window. */
export const forgetters = new Set<() => void>();

/** Calls all of them. */
export function forgetPerson(): void {
  for (const forget of forgetters) forget();
}

/** What sends typed words to the core that it does not have yet; each is asked to before the person may leave, and as the page goes. */
export const keepers = new Set<Pick<DraftSaver<never>, 'flush' | 'unsaid'>>();

/** Resolves when all of them have done what they can. */
export async function keepTyped(): Promise<void> {
  await Promise.allSettled([...keepers].map(keeper => keeper.flush()));
}

/** Has typed words kept whenever the window loses the eye or closes; gives the function that ends it. */
export function keepWhenLeft(): () => void {
  const keep = (): void => { void keepTyped(); };
  const lastWords = (): void => {
    wire.leave();
    sayLast(keepers);
  };
  const stay = (): void => { wire.stay(); };
  window.addEventListener('blur', keep);
  window.addEventListener('pagehide', lastWords);
  window.addEventListener('pageshow', stay);
  document.addEventListener('visibilitychange', keep);
  return () => {
    window.removeEventListener('blur', keep);
    window.removeEventListener('pagehide', lastWords);
    window.removeEventListener('pageshow', stay);
    document.removeEventListener('visibilitychange', keep);
  };
}
