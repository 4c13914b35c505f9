import type { ExpressionSpecification, LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl';

/** Colours of the ground in one theme, as CSS writes them. */
export interface Palette { ground: string; water: string; green: string; built: string; road: string; casing: string; border: string; label: string; halo: string; font: string }

/** What a pack says of itself: its kind of tiles, and of vector tiles the names of their layers. */
export interface PackFacts { isVector: boolean; layers: readonly string[]; minZoom: number; maxZoom: number; bounds: [west: number, south: number, east: number, north: number] }

const SOURCE = 'pack';
type Shape = 'Polygon' | 'LineString';
const isShape = (shape: Shape): ExpressionSpecification => ['==', ['geometry-type'], shape];
const width = (...stops: [zoom: number, px: number][]): ExpressionSpecification => ['interpolate', ['exponential', 1.5], ['zoom'], ...stops.flat()] as unknown as ExpressionSpecification;
const kindOf: ExpressionSpecification = ['to-string', ['coalesce', ['get', 'class'], ['get', 'kind'], ['get', 'pmap:kind'], '']];
const isMain: ExpressionSpecification = ['in', kindOf, ['literal', ['motorway', 'trunk', 'primary', 'secondary', 'highway', 'major_road']]];

/** Layers of the two usual schemas (OpenMapTiles, Protomaps) by what they are drawn as; the first are drawn first. */
const PARTS = {
  green: ['landcover', 'landuse', 'park', 'natural'], water: ['water'], stream: ['waterway', 'physical_line'], built: ['building', 'buildings'],
  road: ['transportation', 'roads', 'transit'], border: ['boundary', 'boundaries'], roadName: ['transportation_name'], place: ['place', 'places'],
} as const;
/** Of the usual schemas too, and not drawn: the ground itself, and what would only crowd it. */
const LEFT_OUT = ['earth', 'poi', 'pois', 'mountain_peak', 'aerodrome_label', 'aeroway', 'housenumber', 'water_name', 'physical_point'];
const KNOWN: readonly string[] = [...Object.values(PARTS).flat(), ...LEFT_OUT];

/**
 * A style for any pack, with nothing that would have to be fetched: no sprite, no glyphs (letters are drawn with the
 * interface's own font). Layers of an unknown schema are drawn as plain fills and lines.
 */
export function packStyle(pack: PackFacts, url: string, palette: Palette): StyleSpecification {
  const { isVector, minZoom, maxZoom, bounds } = pack;
  const source: SourceSpecification = { type: isVector ? 'vector' : 'raster', tiles: [url], minzoom: minZoom, maxzoom: maxZoom, bounds, ...(isVector ? {} : { tileSize: 256 }) } as SourceSpecification;
  const ground: LayerSpecification = { id: 'ground', type: 'background', paint: { 'background-color': palette.ground } };
  const layers: LayerSpecification[] = isVector ? vectorLayers(pack.layers, palette) : [{ id: 'raster', type: 'raster', source: SOURCE }];
  return { version: 8, sources: { [SOURCE]: source }, layers: [ground, ...layers] };
}

function vectorLayers(names: readonly string[], palette: Palette): LayerSpecification[] {
  const of = (part: keyof typeof PARTS): string[] => names.filter(name => PARTS[part].some(known => known === name));
  const fill = (name: string, color: string, opacity = 1): LayerSpecification =>
    ({ id: `${name}-fill`, type: 'fill', source: SOURCE, 'source-layer': name, filter: isShape('Polygon'), paint: { 'fill-color': color, 'fill-opacity': opacity } });
  const line = (name: string, end: string, color: string, px: ExpressionSpecification | number, filter: ExpressionSpecification = isShape('LineString')): LayerSpecification =>
    ({ id: `${name}-${end}`, type: 'line', source: SOURCE, 'source-layer': name, filter, layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': color, 'line-width': px } });
  const [main, minor]: ExpressionSpecification[] = [['all', isShape('LineString'), isMain], ['all', isShape('LineString'), ['!', isMain]]];
  const unknown = names.filter(name => !KNOWN.includes(name));
  return [
    ...of('green').map(name => fill(name, palette.green, 0.6)),
    ...unknown.map(name => fill(name, palette.built, 0.5)),
    ...of('water').map(name => fill(name, palette.water)),
    ...[...of('stream'), ...of('water')].map(name => line(name, 'stream', palette.water, width([8, 0.6], [16, 4]))),
    ...of('built').map(name => fill(name, palette.built)),
    ...of('road').map(name => line(name, 'minor', palette.casing, width([10, 0.4], [14, 1.6], [18, 9]), minor!)),
    ...of('road').map(name => line(name, 'casing', palette.casing, width([6, 1.2], [12, 3.6], [18, 20]), main!)),
    ...of('road').map(name => line(name, 'main', palette.road, width([6, 0.6], [12, 2.2], [18, 17]), main!)),
    ...unknown.map(name => line(name, 'line', palette.casing, width([8, 0.8], [16, 3]))),
    ...of('border').map(name => line(name, 'border', palette.border, 1)),
    ...[...of('roadName'), ...of('road')].map(name => nameLayer(name, 'line', palette)),
    ...of('place').map(name => nameLayer(name, 'point', palette)),
  ];
}

/** Names as the pack writes them in Vietnamese, else as it writes them. */
function nameLayer(layer: string, placement: 'line' | 'point', { label, halo, font }: Palette): LayerSpecification {
  return {
    id: `${layer}-name`, type: 'symbol', source: SOURCE, 'source-layer': layer, filter: isShapeOf(placement),
    layout: { 'text-field': ['to-string', ['coalesce', ['get', 'name:vi'], ['get', 'name'], '']], 'text-font': [font], 'text-size': placement === 'line' ? 11 : 12, 'symbol-placement': placement, 'text-max-width': 8 },
    paint: { 'text-color': label, 'text-halo-color': halo, 'text-halo-width': 1.4 },
  };
}

const isShapeOf = (placement: 'line' | 'point'): ExpressionSpecification => ['==', ['geometry-type'], placement === 'line' ? 'LineString' : 'Point'];
