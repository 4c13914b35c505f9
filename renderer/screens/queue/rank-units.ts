import { focalAt } from '../../../contract/focal.ts';
import type { Issue } from '../../../contract/issue.ts';
import type { Unit } from '../../../contract/org.ts';
import { fold } from '../../../contract/text.ts';
import { nearestUnits, type NearUnit, type Point } from '../../nearest-units.ts';

/** Whether a unit does the work of this service; one without any named does all. */
function serves(unit: Unit, { service }: Pick<Issue, 'service'>): boolean {
  return unit.services.length === 0 || unit.services.includes(service);
}

/** The units that have returned the record, and when each did so last. */
export function returnsOf({ history, returned }: Pick<Issue, 'history' | 'returned'>): ReadonlyMap<string, number> {
  const told = history.flatMap(({ action, unitId, atMs }): [string, number][] => (action === 'issue.return' && unitId !== undefined ? [[unitId, atMs]] : []));
  return new Map(returned === undefined ? told : [...told, [returned.unitId, returned.atMs]]);
}

/** The unit of the service that is nearer than the first of the list and stands further down for want of a focal point. */
export function nearerWithoutFocal(ranked: readonly NearUnit[], issue: Pick<Issue, 'service'>, nowMs: number, returns: ReadonlyMap<string, number> = new Map()): { unit: Unit; distanceM: number } | null {
  const [first] = ranked;
  if (first === undefined || focalAt(first.unit, nowMs) === null || first.distanceM === null) return null;
  const near = ranked.find(({ unit }) => focalAt(unit, nowMs) === null && serves(unit, issue) && !returns.has(unit.id));   // of these the nearest stands first
  if (near === undefined || near.distanceM === null || near.distanceM >= first.distanceM) return null;
  return { unit: near.unit, distanceM: near.distanceM };
}

/**
 * Units whose name holds every word typed, with or without accents: those of the record's service first, among them those
 * where someone can accept on the system (Q13.5), and those as the intake ranks them: by distance from the place, without a
 * place those of the record's own site before the others. Those that have returned the record stand after all of them.
 */
export function rankUnits(units: readonly Unit[], text: string, issue: Pick<Issue, 'siteId' | 'service'>, from: Point | null, nowMs: number, returns: ReadonlyMap<string, number> = new Map()): NearUnit[] {
  const wanted = fold(text).split(' ').filter(word => word !== '');
  const standing = ({ unit }: NearUnit) => (returns.has(unit.id) ? 4 : 0) + (serves(unit, issue) ? 0 : 2) + (focalAt(unit, nowMs) === null ? 1 : 0);
  const named = units.filter(unit => { const name = fold(unit.name); return wanted.every(word => name.includes(word)); });
  return nearestUnits(named, from, issue.siteId, nowMs).sort((a, b) => standing(a) - standing(b));
}
