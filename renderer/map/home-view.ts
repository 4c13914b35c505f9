import type { Area } from '../../contract/org.ts';
import type { Point } from '../nearest-units.ts';
import { CLOSE_ZOOM, viewOf, zoomWith, type MapView, type Size } from './view.ts';

const COMMUNE_ZOOM = 12.5;
/** So many communes and units are in view where only they tell where it is. */
const COMPANY = 5;
/** Where a map opens that knows of no place at all: the middle of the country. */
const NOWHERE: MapView = { lat: 16, lon: 107, zoom: 5 };

export interface MapPlace {
  point: Point | null;
  /** The commune of the place: where the map opens without a point. */
  area: Area | null;
  /** What is shown when neither is known. */
  around: readonly Point[];
  /** On a plain grid: communes and units, of which some must be in view to tell where it is. Null: the ground itself tells. */
  company: readonly Point[] | null;
}

/** The view a map has until someone moves it: the point, else its commune, else everything around. */
export function homeView({ point, area, around, company }: MapPlace, size: Size): MapView {
  const middle = point ?? area;
  if (middle === null) return viewOf(around, size) ?? NOWHERE;
  const zoom = point === null ? COMMUNE_ZOOM : CLOSE_ZOOM;
  return { lat: middle.lat, lon: middle.lon, zoom: company === null ? zoom : Math.min(zoom, zoomWith(middle, company, COMPANY, size)) };
}
