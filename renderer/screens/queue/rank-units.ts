import type { Issue } from '../../../contract/issue.ts';
import type { Unit } from '../../../contract/org.ts';
import { fold } from '../../../contract/text.ts';
import { nearestUnits, type NearUnit, type Point } from '../../nearest-units.ts';

/**
 * Units whose name holds every word typed, with or without accents: those of the record's service first, among them those
 * where someone can accept on the system (Q13.5), and those as the intake ranks them: by distance from the place, without a
 * place those of the record's own site before the others.
 */
export function rankUnits(units: readonly Unit[], text: string, issue: Pick<Issue, 'siteId' | 'service'>, from: Point | null, nowMs: number): NearUnit[] {
  const wanted = fold(text).split(' ').filter(word => word !== '');
  const serves = (unit: Unit) => unit.services.length === 0 || unit.services.includes(issue.service);
  const standing = ({ unit }: NearUnit) => (serves(unit) ? 0 : 2) + (unit.focalPoint === null ? 1 : 0);
  const named = units.filter(unit => { const name = fold(unit.name); return wanted.every(word => name.includes(word)); });
  return nearestUnits(named, from, issue.siteId, nowMs).sort((a, b) => standing(a) - standing(b));
}
