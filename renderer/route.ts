import { useSyncExternalStore } from 'react';
import { formatRoute, parseRoute, type Route } from './route-path.ts';

/** Goes to a screen, at once: a key that is pressed right behind belongs to the new one. `replace` leaves no step behind for "back". */
export function goTo(route: Route, replace = false): void {
  const to = formatRoute(route);
  if (replace || to === location.hash) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => { window.removeEventListener('hashchange', listener); };
}

/** The route of the window now. */
export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(subscribe, () => location.hash));
}
