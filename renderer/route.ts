import { useSyncExternalStore } from 'react';
import { formatRoute, parseRoute, type Route } from './route-path.ts';

/** Goes to a screen; `replace` leaves no step behind for "back". */
export function goTo(route: Route, replace = false): void {
  if (replace) {
    history.replaceState(null, '', formatRoute(route));
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  } else location.hash = formatRoute(route);
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => { window.removeEventListener('hashchange', listener); };
}

/** The route of the window now. */
export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(subscribe, () => location.hash));
}
