import { useSyncExternalStore } from 'react';
import type { Settings } from '../../contract/console.ts';
import { client } from '../client.ts';
import { queries, useLive } from '../live-query.ts';

const KEY = ['station.settings'];
const DEFAULTS: Settings = { language: 'vi', theme: 'auto', scale: 1 };

/** Theme, text size and language of this window, as the core keeps them. */
export function useSettings(): Settings {
  return useLive<Settings>(KEY, ['settings'], core => core.station.settings({})).data ?? DEFAULTS;
}

/** Changes some settings: shown at once, kept by the core. */
export async function changeSettings(change: Partial<Settings>): Promise<void> {
  const next = { ...(queries.getQueryData<Settings>(KEY) ?? DEFAULTS), ...change };
  queries.setQueryData(KEY, next);
  await client.station.saveSettings(next);
}

const darkWanted = '(prefers-color-scheme: dark)';

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(darkWanted);
  query.addEventListener('change', listener);
  return () => { query.removeEventListener('change', listener); };
}

/** The ground to draw on: the setting, or what the machine wants. */
export function useColorScheme(theme: Settings['theme']): 'light' | 'dark' {
  const machineIsDark = useSyncExternalStore(subscribe, () => window.matchMedia(darkWanted).matches);
  if (theme === 'auto') return machineIsDark ? 'dark' : 'light';
  return theme;
}
