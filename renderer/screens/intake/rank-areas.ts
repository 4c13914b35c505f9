import type { Area } from '../../../contract/org.ts';
import { fold } from '../../../contract/text.ts';

/** Areas whose name carries the text (accents do not matter), the own site's first, then by Vietnamese name. */
export function rankAreas(areas: readonly Area[], text: string, ownSiteId: string | null): Area[] {
  const typed = fold(text);
  const collator = new Intl.Collator('vi');
  return areas
    .filter(area => fold(area.name).includes(typed))
    .sort((a, b) => Number(b.siteId === ownSiteId) - Number(a.siteId === ownSiteId) || collator.compare(a.name, b.name));
}
