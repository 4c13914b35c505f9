import { districtOf } from '../../../contract/area-names.ts';
import type { Id } from '../../../contract/ids.ts';
import type { Area, Site } from '../../../contract/org.ts';
import { fold } from '../../../contract/text.ts';

/** A commune as a table may name it without doubt: "Xã Tân Hưng, huyện Hớn Quản". */
export interface NamedArea { id: Id; label: string }

/**
 * Finds communes by what a table says: "Tân Hưng", "Xã Tân Hưng", "Xã Tân Hưng, huyện Hớn Quản", also with " · " between.
 *
 * @returns all that the words fit: one = understood, several = the words are not enough
 */
export function areaFinder(areas: readonly Area[], sites: readonly Site[]): (words: string) => readonly NamedArea[] {
  const districts = new Map(sites.map(site => [site.id, districtOf(site)]));
  const byName = new Map<string, { id: Id; label: string; whole: string; district: string }[]>();
  for (const area of areas) {
    const district = districts.get(area.siteId) ?? '';
    const entry = { id: area.id, label: district === '' ? area.name : `${area.name}, ${district}`, whole: fold(area.name), district: bareDistrict(fold(district)) };
    const key = bareName(entry.whole);
    byName.set(key, [...byName.get(key) ?? [], entry]);
  }
  return words => {
    const [name = '', ...around] = fold(words).replace(/ (?=(huyen|thi xa|thanh pho|tp\.?) )/g, ', ').split(/[,·]/).map(part => part.trim());
    const named = byName.get(bareName(name)) ?? [];
    // "Phường Minh Hưng" is not "Xã Minh Hưng"; whoever writes the wrong kind of a single one is understood.
    const ofKind = named.filter(area => area.whole === name);
    const district = around.find(part => part !== '' && !part.startsWith('tinh '));
    return (ofKind.length > 0 ? ofKind : named).filter(area => district === undefined || area.district === bareDistrict(district));
  };
}

const bareName = (folded: string): string => folded.replace(/^(xa|phuong|thi tran|thi xa) /, '');
const bareDistrict = (folded: string): string => folded.replace(/^(huyen|thi xa|thanh pho|tp\.?|quan) /, '');
