import type { Id } from './ids.ts';
import type { Area, Site } from './org.ts';

/** What each commune is called where it is named by itself, by id: with its district ("Xã Tân Hưng, huyện Hớn Quản") where others have the same name. */
export function areaNames(areas: readonly Area[], sites: readonly Site[]): Map<Id, string> {
  const districts = new Map(sites.map(site => [site.id, districtOf(site)]));
  const ofName = Map.groupBy(areas, area => area.name);
  return new Map(areas.map(area => {
    const district = (ofName.get(area.name) ?? []).length > 1 ? districts.get(area.siteId) ?? '' : '';
    return [area.id, district === '' ? area.name : `${area.name}, ${district}`];
  }));
}

/** "IOC huyện Hớn Quản" stands for "huyện Hớn Quản". */
export function districtOf(site: Site): string {
  return /(huyện|thị xã|thành phố|quận) .+$/iu.exec(site.name)?.[0] ?? site.name;
}
