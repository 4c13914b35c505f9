const METRES_PER_DEGREE = 111_320;

export interface Point { lat: number; lon: number }

/** Metres between two points, flat: right to a metre over the few hundred that matter here. */
export function metresBetween(a: Point, b: Point): number {
  const dLat = (b.lat - a.lat) * METRES_PER_DEGREE;
  const dLon = (b.lon - a.lon) * METRES_PER_DEGREE * Math.cos((a.lat + b.lat) / 2 * Math.PI / 180);
  return Math.hypot(dLat, dLon);
}

export function pointOf({ lat, lon }: { lat: number | null; lon: number | null }): Point | null {
  return lat === null || lon === null ? null : { lat, lon };
}

/** 1 at the same point, 0 at the edge and beyond; null where one of them has none. */
export function nearness(a: Point | null, b: Point | null, metres: number): number | null {
  return a === null || b === null ? null : Math.max(0, 1 - metresBetween(a, b) / metres);
}

/** The box that holds every point within so many metres. */
export function boxAround({ lat, lon }: Point, metres: number): { south: number; north: number; west: number; east: number } {
  const dLat = metres / METRES_PER_DEGREE;
  const dLon = metres / (METRES_PER_DEGREE * Math.max(0.1, Math.cos(lat * Math.PI / 180)));
  return { south: lat - dLat, north: lat + dLat, west: lon - dLon, east: lon + dLon };
}
