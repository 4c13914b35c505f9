import type { Area, Site } from '../contract/org.ts';

/** What each commune is called where one is chosen, by id: with its site ("Xã Tân Hưng · huyện Hớn Quản") where others have the same name. */
export function areaLabels(areas: readonly Area[], sites: readonly Site[]): Map<string, string> {
  const siteNames = new Map(sites.map(site => [site.id, site.name.replace(/^IOC /, '')]));
  const ofName = Map.groupBy(areas, area => area.name);
  const label = (area: Area): string => (ofName.get(area.name) ?? []).length > 1 ? `${area.name} · ${siteNames.get(area.siteId) ?? ''}` : area.name;
  return new Map(areas.map(area => [area.id, label(area)]));
}
