import { focalAt } from '../contract/focal.ts';
import { LINE_UNIT_KIND, type Area, type Service, type Unit } from '../contract/org.ts';

export interface Point { lat: number; lon: number }
export interface NearUnit { unit: Unit; distanceM: number | null }

const EARTH_RADIUS_M = 6_371_000;

/** Great-circle distance in metres; roads are longer, so the screen says "đường chim bay". */
export function distanceM(a: Point, b: Point): number {
  const rad = (degrees: number): number => degrees * Math.PI / 180;
  const half = Math.sin(rad(b.lat - a.lat) / 2) ** 2
    + Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * Math.sin(rad(b.lon - a.lon) / 2) ** 2;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(half)));
}

/**
 * Units by distance from the place, those without a known position after the others; without a place, by name, those of the
 * own site first. Units that are not in force at `nowMs` are left out.
 */
export function nearestUnits(units: readonly Unit[], from: Point | null, siteId: string | null, nowMs: number): NearUnit[] {
  const collator = new Intl.Collator('vi');
  return units
    .filter(unit => unit.effectiveFromMs <= nowMs && (unit.effectiveToMs === null || unit.effectiveToMs > nowMs))
    .map(unit => ({ unit, distanceM: from === null || unit.lat === null || unit.lon === null ? null : distanceM(from, { lat: unit.lat, lon: unit.lon }) }))
    .sort((a, b) => {
      const byDistance = (a.distanceM ?? Infinity) - (b.distanceM ?? Infinity);
      if (Number.isFinite(byDistance) && byDistance !== 0) return byDistance;
      if (a.distanceM === null !== (b.distanceM === null)) return a.distanceM === null ? 1 : -1;
      const own = Number(b.unit.siteId === siteId) - Number(a.unit.siteId === siteId);
      return own !== 0 ? own : collator.compare(a.unit.name, b.unit.name);
    });
}

/** Handling units of the service, the nearest first. `measured`: from a place, `isExact`: from its position and not from the centre of its commune. */
export interface Offered { near: readonly NearUnit[]; isKnown: boolean; measured: boolean; isExact: boolean }

/** How far the centre of a commune may be from a place in it, m: nearer than that to each other, units are as near as one another. */
const COMMUNE_M = 2_000;

/**
 * The unit that is sent: the one chosen, else the first that has someone who can accept, else the first. Measured from the centre of
 * a commune only, of those about as near the unit whose line it is. Null when nothing says which is near.
 */
export function unitToSend({ near, measured, isExact }: Offered, service: Service, chosenId: string | null, nowMs: number): Unit | null {
  const chosen = near.find(({ unit }) => unit.id === chosenId)?.unit;
  if (chosen !== undefined) return chosen;
  if (!measured) return null;
  const reached = near.filter(({ unit }) => focalAt(unit, nowMs) !== null);
  const able = reached.length > 0 ? reached : near;
  const first = able[0];
  if (first === undefined || isExact || first.distanceM === null) return first?.unit ?? null;
  const asNear = able.filter(({ distanceM }) => distanceM !== null && distanceM - (first.distanceM ?? 0) <= COMMUNE_M);
  return (asNear.find(({ unit }) => unit.kind === LINE_UNIT_KIND[service]) ?? first).unit;
}

/** "850 m", "6,2 km", "41 km". */
export function formatDistance(metres: number): string {
  if (metres < 950) return `${Math.max(10, Math.round(metres / 10) * 10)} m`;
  const km = metres / 1000;
  return km < 9.95 ? `${km.toFixed(1).replace('.', ',')} km` : `${Math.round(km)} km`;
}

/** Where distances to a record are measured from: its own position, else the centre of its commune; null when neither is known. */
export function pointOf(place: { lat: number | null; lon: number | null; areaId: string | null }, areas: readonly Area[]): Point | null {
  if (place.lat !== null && place.lon !== null) return { lat: place.lat, lon: place.lon };
  const area = areas.find(a => a.id === place.areaId);
  return area === undefined ? null : { lat: area.lat, lon: area.lon };
}
