import { useMemo } from 'react';
import type { Service, Unit } from '../../contract/org.ts';
import { useLive } from '../live-query.ts';
import { nearestUnits, type Point } from '../nearest-units.ts';
import { clock } from '../ui/clock.ts';

/** So many of the nearest units are named before all others. */
const NEAREST = 5;
const NO_UNITS: readonly Unit[] = [];

/**
 * Handling units of a service, as a map shows them, and the ids of those that are nearest to a point. All are asked for, as
 * the form asks that sends a record to one of them: it has its list at once then.
 */
export function useMapUnits(service: Service, from: Point | null, siteId: string | null): { units: readonly Unit[]; nearest: string[] } {
  const all = useLive(['directory.units', '', true], ['org', 'session'], core => core.directory.units({ text: '', handlingOnly: true })).data ?? NO_UNITS;
  const units = useMemo(() => all.filter(unit => unit.services.length === 0 || unit.services.includes(service)), [all, service]);
  const nearest = useMemo(() => nearestUnits(units, from, siteId, clock.nowMs).slice(0, NEAREST).map(({ unit }) => unit.id), [units, from?.lat, from?.lon, siteId]);
  return { units, nearest };
}
