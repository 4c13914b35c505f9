import 'maplibre-gl/dist/maplibre-gl.css';
import { addProtocol, MapLibreMap, removeProtocol, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { PMTiles, TileType } from 'pmtiles';
import { z } from 'zod';
import { AppError } from '../../contract/errors.ts';
import { packStyle, type PackFacts, type Palette } from './pack-style.ts';
import type { PackSource } from './pack-source.ts';
import type { MapView } from './view.ts';

const PICTURES: readonly TileType[] = [TileType.Png, TileType.Jpeg, TileType.Webp];
const OTHER_FONTS = /,.*$/;

const Metadata = z.object({ vector_layers: z.array(z.object({ id: z.string() })).optional().catch([]), attribution: z.string().optional().catch('') });

export interface DrawnPack {
  /** Whose data it is, as the pack says it; plain text, '' when it says nothing. */
  credit: string;
  show(view: MapView): void;
  close(): void;
}

export interface DrawPackOptions {
  container: HTMLElement; source: PackSource; view: MapView; palette: Palette;
  /** All that is in view has been drawn. */
  onDrawn: () => void;
  onTrouble: (error: unknown) => void;
}

/**
 * Draws the ground out of a pack. It takes no keys and no pointer, and shows exactly what it is told to: what lies on it is
 * drawn by others in the same projection.
 *
 * @throws what the source throws when the pack cannot be read; `map/not-a-pack` when its tiles are of no kind that is drawn here
 */
export async function drawPack({ container, source, view, palette, onDrawn, onTrouble }: DrawPackOptions): Promise<DrawnPack> {
  const pack = new PMTiles(source);
  const { facts, credit } = await factsOf(pack, source.name);
  // Several maps may be shown at once, each with a pack of its own.
  const protocol = `pack-${crypto.randomUUID()}`;
  setWorkerUrl(new URL(workerUrl, document.baseURI).href);
  // Nothing but this one pack can be asked for: a tile's address is only its place.
  addProtocol(protocol, async ({ url }, { signal }) => {
    const [z = 0, x = 0, y = 0] = url.slice(`${protocol}://`.length).split('/').map(Number);
    const tile = await pack.getZxy(z, x, y, signal);
    if (tile !== undefined) return { data: tile.data };
    // A hole in the pack: of pictures the larger tile shows through, a vector tile is an empty one.
    if (!facts.isVector) throw Object.assign(new Error('no such tile'), { status: 404 });
    return { data: new ArrayBuffer(0) };
  });
  const map = new MapLibreMap({
    container, interactive: false, attributionControl: false, fadeDuration: 0, renderWorldCopies: false, validateStyle: false,
    style: packStyle(facts, `${protocol}://{z}/{x}/{y}`, { ...palette, font: palette.font.replace(OTHER_FONTS, '').replaceAll(/['"]/g, '') }),
    center: [view.lon, view.lat], zoom: view.zoom,
  });
  map.on('idle', onDrawn);
  map.on('error', ({ error }) => { onTrouble(error); });
  return {
    credit,
    show({ lat, lon, zoom }) { map.jumpTo({ center: [lon, lat], zoom }); },
    close() {
      map.remove();
      removeProtocol(protocol);
    },
  };
}

/** What a pack says of itself; its metadata may be anything. */
async function factsOf(pack: PMTiles, file: string): Promise<{ facts: PackFacts; credit: string }> {
  const header = await pack.getHeader();
  if (header.tileType !== TileType.Mvt && !PICTURES.includes(header.tileType)) throw new AppError('map/not-a-pack', { file });
  const said = Metadata.safeParse(await pack.getMetadata()).data ?? {};
  return {
    facts: {
      isVector: header.tileType === TileType.Mvt, layers: said.vector_layers?.map(({ id }) => id) ?? [],
      minZoom: header.minZoom, maxZoom: header.maxZoom, bounds: [header.minLon, header.minLat, header.maxLon, header.maxLat],
    },
    credit: (said.attribution ?? '').replaceAll(/<[^>]*>/g, '').trim().slice(0, 120),
  };
}
