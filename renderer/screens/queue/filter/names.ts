import { areaNames } from '../../../../contract/area-names.ts';
import type { Service, Unit } from '../../../../contract/org.ts';
import { isOffered, useCategories as useKnownCategories } from '../../../policy.ts';
import { useLive } from '../../../live-query.ts';
import { useLanguage } from '../../../strings/text.ts';

export interface Named { id: string; name: string }
const NOTHING: readonly [] = [];

/** Communes by the name that tells them apart, in the order of the alphabet. */
export function useAreaNames(): Named[] {
  const areas = useLive(['directory.areas'], ['org', 'session'], core => core.directory.areas({})).data ?? NOTHING;
  const sites = useLive(['directory.sites'], ['org', 'session'], core => core.directory.sites({})).data ?? NOTHING;
  const names = areaNames(areas, sites);
  return areas.map(({ id, name }) => ({ id, name: names.get(id) ?? name })).sort((a, b) => a.name.localeCompare(b.name, 'vi'));
}

/** Units that records can be forwarded to (Q3.6). */
export function useHandlingUnits(): readonly Unit[] {
  return useLive(['directory.units', '', true], ['org', 'session'], core => core.directory.units({ text: '', handlingOnly: true })).data ?? NOTHING;
}

/** What the kinds of cases are called in the language of the window, those of these services, or of all (none named); `offered`: that a record can still be given. */
export function useCategories(services: readonly Service[] = NOTHING, offered = false): Named[] {
  const language = useLanguage();
  return useKnownCategories().filter(c => !offered || isOffered(c)).filter(c => services.length === 0 || c.services.some(service => services.includes(service))).map(c => ({ id: c.code, name: c[language] }));
}
