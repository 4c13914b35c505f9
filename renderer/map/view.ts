import type { MapBox } from '../../contract/map.ts';
import type { Point } from '../nearest-units.ts';

/** What a map shows: its centre, and how large the world is (512 px at zoom 0, twice that with each step), as MapLibre counts. */
export interface MapView extends Point { zoom: number }
/** Of the drawing, in CSS pixels. */
export interface Size { width: number; height: number }
export interface Spot { x: number; y: number }

const WORLD_PX = 512;
const EARTH_M = 2 * Math.PI * 6_371_000;
const MAX_LAT = 85;
const [MIN_ZOOM, MAX_ZOOM] = [4, 18];
/** A single point is shown with its streets, a group of them never closer. */
export const CLOSE_ZOOM = 14.5;

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
const worldPx = (zoom: number): number => WORLD_PX * 2 ** zoom;
const toX = (lon: number): number => (lon + 180) / 360;
const toY = (lat: number): number => (1 - Math.asinh(Math.tan(clamp(lat, -MAX_LAT, MAX_LAT) * Math.PI / 180)) / Math.PI) / 2;
const toLat = (y: number): number => Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180 / Math.PI;

/** Where a point is drawn (Web Mercator); outside of the size when it is not shown. */
export function spotOf(view: MapView, size: Size, { lat, lon }: Point): Spot {
  const world = worldPx(view.zoom);
  return { x: size.width / 2 + (toX(lon) - toX(view.lon)) * world, y: size.height / 2 + (toY(lat) - toY(view.lat)) * world };
}

/** The point that is drawn at a spot. */
export function pointAt(view: MapView, size: Size, { x, y }: Spot): Point {
  const world = worldPx(view.zoom);
  const lon = (toX(view.lon) + (x - size.width / 2) / world) * 360 - 180;
  return { lat: clamp(toLat(toY(view.lat) + (y - size.height / 2) / world), -MAX_LAT, MAX_LAT), lon: clamp(lon, -180, 180) };
}

/** The view after it has been pushed so many pixels: what was right of the centre by `x` is the centre then. */
export function pushed(view: MapView, { x, y }: Spot): MapView {
  return { ...pointAt(view, { width: 0, height: 0 }, { x, y }), zoom: view.zoom };
}

/** Closer (above 0) or further away; the point `around` stays where it is drawn. */
export function zoomed(view: MapView, size: Size, by: number, around: Point): MapView {
  const zoom = clamp(view.zoom + by, MIN_ZOOM, MAX_ZOOM);
  const spot = spotOf(view, size, around);
  const still = { ...around, zoom };
  return pushed(still, { x: size.width / 2 - spot.x, y: size.height / 2 - spot.y });
}

/** The closest view that shows all points with an eighth of room around; null for none. */
export function viewOf(points: readonly Point[], size: Size): MapView | null {
  if (points.length === 0) return null;
  const [xs, ys] = [points.map(p => toX(p.lon)), points.map(p => toY(p.lat))];
  const [west, east, north, south] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const share = Math.max((east - west) / Math.max(1, size.width), (south - north) / Math.max(1, size.height)) / 0.75;
  const zoom = share === 0 ? CLOSE_ZOOM : Math.log2(1 / share / WORLD_PX);
  return { lat: toLat((north + south) / 2), lon: (west + east) / 2 * 360 - 180, zoom: clamp(zoom, MIN_ZOOM, CLOSE_ZOOM) };
}

/** The zoom at which so many of the points that are nearest to a middle are drawn around it; the closest there is for none. */
export function zoomWith(middle: Point, points: readonly Point[], count: number, size: Size): number {
  const away = points.map(({ lat, lon }) => Math.hypot(toX(lon) - toX(middle.lon), toY(lat) - toY(middle.lat))).sort((a, b) => a - b)[Math.min(count, points.length) - 1];
  const room = Math.min(size.width, size.height) * 0.42;
  return away === undefined || away === 0 ? MAX_ZOOM : clamp(Math.log2(room / away / WORLD_PX), MIN_ZOOM, MAX_ZOOM);
}

/** Whether a point is drawn with at least `margin` (share of the size) to each edge. */
export function isInside(view: MapView, size: Size, point: Point, margin = 0): boolean {
  const { x, y } = spotOf(view, size, point);
  return x >= size.width * margin && x <= size.width * (1 - margin) && y >= size.height * margin && y <= size.height * (1 - margin);
}

/** The view pushed just so far that the point has its margin again; the same object when it has. */
export function following(view: MapView, size: Size, point: Point, margin = 0.12): MapView {
  if (isInside(view, size, point, margin)) return view;
  const { x, y } = spotOf(view, size, point);
  const over = (at: number, length: number): number => at - clamp(at, length * margin, length * (1 - margin));
  return pushed(view, { x: over(x, size.width), y: over(y, size.height) });
}

/** What is shown, in degrees, widened to whole steps of a quarter of its shorter side: a small push asks for nothing new. */
export function boxOf(view: MapView, size: Size): MapBox {
  const [a, b] = [pointAt(view, size, { x: 0, y: size.height }), pointAt(view, size, { x: size.width, y: 0 })];
  const step = 2 ** Math.floor(Math.log2(Math.max(1e-6, Math.min(b.lon - a.lon, b.lat - a.lat) / 4)));
  const [down, up] = [(v: number) => Math.floor(v / step) * step, (v: number) => Math.ceil(v / step) * step];
  return { west: clamp(down(a.lon), -180, 180), south: clamp(down(a.lat), -90, 90), east: clamp(up(b.lon), -180, 180), north: clamp(up(b.lat), -90, 90) };
}

/** Metres that one pixel stands for at the centre. */
export function metresPerPixel({ lat, zoom }: MapView): number {
  return EARTH_M * Math.cos(clamp(lat, -MAX_LAT, MAX_LAT) * Math.PI / 180) / worldPx(zoom);
}

/** The longest of 1, 2 or 5 times a power of ten metres that is not longer than so many pixels. */
export function roundLength(view: MapView, maxPx: number): { metres: number; px: number } {
  const perPx = metresPerPixel(view);
  const power = 10 ** Math.floor(Math.log10(maxPx * perPx));
  const metres = [5, 2, 1].map(n => n * power).find(length => length <= maxPx * perPx) ?? power;
  return { metres, px: metres / perPx };
}

export interface GridLine { degrees: number; at: number }

/** Lines of the grid with a round number of degrees, at least so many pixels apart; `decimals` of their labels. */
export function gridOf(view: MapView, size: Size, apartPx = 96): { lats: GridLine[]; lons: GridLine[]; decimals: number } {
  const least = apartPx / worldPx(view.zoom) * 360;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map(n => n * power).find(s => s >= least) ?? 10 * power;
  const { west, south, east, north } = boxOf(view, size);
  const multiples = (from: number, to: number): number[] => Array.from({ length: Math.max(0, Math.floor(to / step) - Math.ceil(from / step) + 1) }, (_, i) => (Math.ceil(from / step) + i) * step);
  return {
    lats: multiples(south, north).map(lat => ({ degrees: lat, at: spotOf(view, size, { lat, lon: view.lon }).y })).filter(({ at }) => at >= 0 && at <= size.height),
    lons: multiples(west, east).map(lon => ({ degrees: lon, at: spotOf(view, size, { lat: view.lat, lon }).x })).filter(({ at }) => at >= 0 && at <= size.width),
    decimals: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)),
  };
}
