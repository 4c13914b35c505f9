import { describe, expect, test } from 'vitest';
import { packStyle, type PackFacts } from '../../renderer/map/pack-style.ts';

const PALETTE = { ground: '#eee', water: '#00f', green: '#0f0', built: '#999', road: '#fff', casing: '#777', border: '#909', label: '#111', halo: '#eee', font: 'Be Vietnam Pro' };
const facts = (layers: string[], isVector = true): PackFacts => ({ isVector, layers, minZoom: 0, maxZoom: 14, bounds: [106, 11, 108, 13] });
const style = (layers: string[], isVector = true) => packStyle(facts(layers, isVector), 'pack://{z}/{x}/{y}', PALETTE);
const drawn = (layers: string[]): string[] => style(layers).layers.flatMap(layer => ('source-layer' in layer ? [`${layer.type} ${String(layer['source-layer'])}`] : []));

describe('the style of a pack', () => {
  test.each([
    ['OpenMapTiles', ['water', 'waterway', 'landcover', 'landuse', 'transportation', 'transportation_name', 'building', 'boundary', 'place']],
    ['Protomaps', ['earth', 'water', 'landuse', 'landcover', 'roads', 'buildings', 'boundaries', 'places', 'pois']],
  ])('draws roads, water, ground, houses, borders and names of %s', (_schema, layers) => {
    const kinds = new Set(drawn(layers).map(one => one.replace(/transportation|roads/, 'road').replace(/buildings?/, 'building').replace(/boundar(y|ies)/, 'border').replace(/places?/, 'place')));
    for (const kind of ['line road', 'fill water', 'fill landuse', 'fill landcover', 'fill building', 'line border', 'symbol place']) expect(kinds).toContain(kind);
  });

  test('draws at least lines and fills of layers that it does not know', () => {
    expect(drawn(['thua_dat', 'duong_xa'])).toEqual(['fill thua_dat', 'fill duong_xa', 'line thua_dat', 'line duong_xa']);
  });

  test('draws a raster as it is', () => {
    expect(style([], false)).toMatchObject({ sources: { pack: { type: 'raster', tileSize: 256 } }, layers: [{ type: 'background' }, { type: 'raster' }] });
  });

  test('has no address in it but the pack’s own, no glyphs, no sprite, and each layer once', () => {
    const made = style(['water', 'roads', 'places', 'transportation', 'transportation_name', 'x']);
    expect(Object.keys(made).sort()).toEqual(['layers', 'sources', 'version']);
    expect(JSON.stringify(made).match(/[a-z]+:\/\//g)).toEqual(['pack://']);
    const ids = made.layers.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
