import type { Issue } from '../../../contract/issue.ts';
import type { Unit } from '../../../contract/org.ts';
import { fold } from '../../../contract/text.ts';

/** Units whose name holds every word typed, with or without accents; those of the record's own site first, then those of its service, then by name. */
export function rankUnits(units: readonly Unit[], text: string, issue: Pick<Issue, 'siteId' | 'service'>): Unit[] {
  const wanted = fold(text).split(' ').filter(word => word !== '');
  const distance = (unit: Unit) => (unit.siteId === issue.siteId ? 0 : 2) + (unit.services.includes(issue.service) ? 0 : 1);
  return units
    .filter(unit => { const name = fold(unit.name); return wanted.every(word => name.includes(word)); })
    .sort((a, b) => distance(a) - distance(b) || a.name.localeCompare(b.name, 'vi'));
}
