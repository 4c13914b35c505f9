import { useMemo } from 'react';
import { useSession } from '../../frame/station.ts';
import { useLive } from '../../live-query.ts';
import type { Listed } from './find-people.ts';

/** Everybody who is active in the directory, of every centre and unit: people serve at a desk beside their post (kiêm nhiệm, Đ.7.1). */
export function useDirectory(): { people: Listed[]; error: unknown; isThere: boolean } {
  const { siteId } = useSession();
  const { data: people, error } = useLive(['directory.people'], ['org', 'session'], core => core.directory.people({}));
  const { data: units } = useLive(['directory.units', '', false], ['org', 'session'], core => core.directory.units({ text: '', handlingOnly: false }));
  const { data: sites } = useLive(['directory.sites'], ['org', 'session'], core => core.directory.sites({}));
  return useMemo(() => {
    const nameOf = (some: readonly { id: string; name: string }[] | undefined): Map<string, string> => new Map(some?.map(({ id, name }) => [id, name]));
    const [unitName, siteName] = [nameOf(units), nameOf(sites)];
    const all = (people ?? []).filter(({ active }) => active).map((person): Listed => ({
      id: person.id, login: person.login, name: person.name, agency: unitName.get(person.unitId ?? '') ?? null, title: person.title, site: siteName.get(person.siteId) ?? '', isOwn: person.siteId === siteId,
    }));
    return { people: all, error, isThere: people !== undefined && units !== undefined };
  }, [people, units, sites, error, siteId]);
}
