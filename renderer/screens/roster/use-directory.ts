import { useMemo } from 'react';
import type { DirectoryPerson } from '../../../contract/roster-import-plan.ts';
import { useLive } from '../../live-query.ts';
import { searchablePerson, type Searchable } from '../directory/directory-filter.ts';

/** Somebody of the directory as they can be put into a plan, with where they serve otherwise. */
export interface Listed extends DirectoryPerson { title: string; site: string }

/** Everybody who is active in the directory, of every centre and unit: people serve at a desk beside their post (kiêm nhiệm, Đ.7.1). */
export function useDirectory(): { people: Listed[]; search: Searchable<Listed>[]; error: unknown; isThere: boolean } {
  const { data: people, error } = useLive(['directory.people'], ['org', 'session'], core => core.directory.people({}));
  const { data: units } = useLive(['directory.units', '', false], ['org', 'session'], core => core.directory.units({ text: '', handlingOnly: false }));
  const { data: sites } = useLive(['directory.sites'], ['org', 'session'], core => core.directory.sites({}));
  return useMemo(() => {
    const nameOf = (some: readonly { id: string; name: string }[] | undefined): Map<string, string> => new Map(some?.map(({ id, name }) => [id, name]));
    const [unitName, siteName] = [nameOf(units), nameOf(sites)];
    const all = (people ?? []).filter(({ active }) => active).map(person => {
      const agency = unitName.get(person.unitId ?? '') ?? null, site = siteName.get(person.siteId) ?? '';
      return { listed: { id: person.id, login: person.login, name: person.name, agency, title: person.title, site }, found: searchablePerson(person, site, agency ?? '').folded };
    });
    return { people: all.map(({ listed }) => listed), search: all.map(({ listed, found }) => ({ item: listed, folded: found, phones: '' })), error, isThere: people !== undefined && units !== undefined };
  }, [people, units, sites, error]);
}
