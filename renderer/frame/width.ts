import { useSyncExternalStore } from 'react';
import { useSettings } from './settings.ts';

function subscribe(listener: () => void): () => void {
  window.addEventListener('resize', listener);
  return () => { window.removeEventListener('resize', listener); };
}

/** The width of the window in drawn pixels: at 150 % text a 1366 px screen has room for 910. */
export function useRoom(): number {
  const { scale } = useSettings();
  return useSyncExternalStore(subscribe, () => window.innerWidth) / scale;
}

/** How much room there is, for style sheets: `data-room` of the root. A plain media query knows nothing of the text size. */
export function roomName(room: number): 'small' | 'narrow' | 'wide' {
  if (room < 760) return 'small';
  return room < 1_100 ? 'narrow' : 'wide';
}
