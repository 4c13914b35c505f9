import type { Area, Unit } from '../../contract/org.ts';
import type { Neighbour } from '../../contract/map.ts';
import { formatDistance, type Point } from '../nearest-units.ts';
import { useT } from '../strings/text.ts';
import { LETTERS } from './keys.ts';
import { placeLabels, type Named, type Rect } from './labels.ts';
import { gridOf, isInside, metresPerPixel, roundLength, spotOf, type MapView, type Size, type Spot } from './view.ts';

/** The drawing: its size, what it shows, and how many pixels a rem is. */
export interface Sheet { view: MapView; size: Size; rem: number }

/** Lines of round degrees, named at the edges: the ground where there is no map. */
export function Grid({ sheet: { view, size } }: { sheet: Sheet }) {
  const { lats, lons, decimals } = gridOf(view, size);
  const degrees = (value: number): string => `${value.toFixed(decimals).replace('.', ',')}°`;
  return (
    <g className="grid" aria-hidden>
      {lats.map(({ degrees: lat, at }) => <path key={`lat${lat}`} d={`M0 ${at}H${size.width}`} />)}
      {lons.map(({ degrees: lon, at }) => <path key={`lon${lon}`} d={`M${at} 0V${size.height}`} />)}
      {lats.filter(({ at }) => at > 24 && at < size.height - 34).map(({ degrees: lat, at }) => <text key={`lat${lat}`} x={6} y={at - 4}>{degrees(lat)}</text>)}
      {lons.filter(({ at }) => at > 60 && at < size.width - 60).map(({ degrees: lon, at }) => <text key={`lon${lon}`} x={at + 4} y={14}>{degrees(lon)}</text>)}
    </g>
  );
}

/** Communes and units with their names, as many as there is room for. */
export function Places({ sheet: { view, size, rem }, areas, units, named, point, neighbours }: {
  sheet: Sheet; areas: readonly Area[]; units: readonly Unit[]; named: ReadonlySet<string>; point: Point | null; neighbours: readonly Neighbour[];
}) {
  const shownAreas = areas.filter(area => isInside(view, size, area)).map(area => ({ area, spot: spotOf(view, size, area) }));
  const shownUnits = units.flatMap(unit => {
    const place = placeOf(unit);
    return place === null || !isInside(view, size, place) ? [] : [{ unit, spot: spotOf(view, size, place) }];
  });
  const names: Named[] = [
    ...shownUnits.map(({ unit, spot }, i) => ({ key: unit.id, text: unit.name, spot, rank: named.has(unit.id) ? i : 1_000 + i })),
    ...shownAreas.map(({ area, spot }, i) => ({ key: area.id, text: area.name, spot, rank: 100 + i })),
  ];
  const marks = [...[...shownUnits, ...shownAreas].map(({ spot }) => spot), ...neighbours.map(one => spotOf(view, size, one)), ...(point === null ? [] : pinSpots(spotOf(view, size, point), rem))];
  const keepOut = [
    { left: size.width - rem * 4, right: size.width, top: 0, bottom: rem * 10 }, { left: size.width - rem * 14, right: size.width, top: size.height - rem * 3.4, bottom: size.height },
    { left: 0, right: size.width, top: 0, bottom: rem * 1.6 }, ...(point === null ? [] : [ringNameRect({ view, size, rem }, point)]),
  ];
  const labels = placeLabels(names, size, rem * 1.1, { marks, gapPx: rem * 0.9, keepOut });
  const unitIds = new Set(shownUnits.map(({ unit }) => unit.id));
  return (
    <g aria-hidden>
      {shownAreas.map(({ area, spot }) => <circle key={area.id} className="area" cx={spot.x} cy={spot.y} r={rem * 0.28} />)}
      {shownUnits.map(({ unit, spot }) => <rect key={unit.id} className={`unit${named.has(unit.id) ? ' near' : ''}`} x={spot.x - rem * 0.45} y={spot.y - rem * 0.45} width={rem * 0.9} height={rem * 0.9} rx={rem * 0.15} />)}
      {labels.map(({ key, text, x, y, anchor }) => <text key={key} className={unitIds.has(key) ? 'unit-name' : 'area-name'} x={x} y={y} textAnchor={anchor} dominantBaseline="central">{text}</text>)}
    </g>
  );
}

/** The ring around the pin: of a round radius that fits into the drawing. */
function ringOf({ view, size }: Sheet, point: Point): { metres: number; px: number } {
  return roundLength({ ...view, lat: point.lat }, Math.min(size.width, size.height) * 0.42);
}

function ringNameRect(sheet: Sheet, point: Point): Rect {
  const { x, y } = spotOf(sheet.view, sheet.size, point);
  const { rem } = sheet;
  const bottom = y + ringOf(sheet, point).px;
  return { left: x - rem * 4.5, right: x + rem * 4.5, top: bottom - rem * 1.8, bottom };
}

/** What the pin and its name cover. */
function pinSpots({ x, y }: Spot, rem: number): Spot[] {
  return [[0, 0], [0, -2.2], [-3, -3.8], [-1.5, -3.8], [0, -3.8], [1.5, -3.8], [3, -3.8]].map(([right = 0, down = 0]) => ({ x: x + right * rem, y: y + down * rem }));
}

/** Where a unit is, null where the directory does not know. */
export function placeOf({ lat, lon }: Pick<Unit, 'lat' | 'lon'>): Point | null {
  return lat === null || lon === null ? null : { lat, lon };
}

/** Records with the letters that they have in the list; the first lies on top. */
export function NeighbourMarks({ sheet: { view, size, rem }, neighbours, chosenId, onChoose }: { sheet: Sheet; neighbours: readonly Neighbour[]; chosenId: string | null; onChoose: (id: string) => void }) {
  const half = rem * 0.95;
  return (
    <g aria-hidden>
      {neighbours.map((neighbour, i) => ({ neighbour, letter: LETTERS[i] })).filter(({ neighbour }) => isInside(view, size, neighbour)).reverse().map(({ neighbour, letter }) => {
        const { x, y } = spotOf(view, size, neighbour);
        return (
          <g key={neighbour.id} className={`neighbour${neighbour.id === chosenId ? ' chosen' : ''}`} onPointerDown={event => { event.stopPropagation(); }} onClick={() => { onChoose(neighbour.id); }}>
            <rect x={x - half} y={y - half} width={half * 2} height={half * 2} rx={rem * 0.4} />
            <text x={x} y={y} textAnchor="middle" dominantBaseline="central">{letter}</text>
          </g>
        );
      })}
    </g>
  );
}

/** The point as a pin with what it is, and a ring of a round radius around it. */
export function Pin({ sheet: { view, size, rem }, point, label, isVital }: { sheet: Sheet; point: Point; label: string; isVital: boolean }) {
  const t = useT();
  const { x, y } = spotOf(view, size, point);
  const ring = ringOf({ view, size, rem }, point);
  const head = rem * 1.1;
  return (
    <g className={`pin${isVital ? ' vital' : ''}`} aria-hidden>
      <circle className="ring" cx={x} cy={y} r={ring.px} />
      <text className="ring-name" x={x} y={y + ring.px - rem * 0.6} textAnchor="middle">{t('map.radius', { length: formatLength(ring.metres) })}</text>
      <path d={`M${x} ${y}l${-head * 0.72} ${-head * 1.35}a${head} ${head} 0 1 1 ${head * 1.44} 0z`} />
      <circle className="eye" cx={x} cy={y - head * 2.02} r={head * 0.36} />
      <text className="pin-name" x={x} y={y - head * 3.5} textAnchor="middle">{label}</text>
    </g>
  );
}

/** What the keys move; seen while the map has the focus, and whenever it `isShown`. */
export function Crosshair({ spot: { x, y }, rem, isShown }: { spot: Spot; rem: number; isShown: boolean }) {
  const [inner, outer] = [rem * 0.5, rem * 1.6];
  const arms = `M${x - outer} ${y}H${x - inner}M${x + inner} ${y}H${x + outer}M${x} ${y - outer}V${y - inner}M${x} ${y + inner}V${y + outer}`;
  return <g className={`crosshair${isShown ? ' shown' : ''}`} aria-hidden><path className="halo" d={arms} /><path d={arms} /><circle cx={x} cy={y} r={1.5} /></g>;
}

/** A round length as a bar in the corner. */
export function ScaleBar({ sheet: { view, size, rem } }: { sheet: Sheet }) {
  const { metres, px } = roundLength(view, Math.min(size.width * 0.3, rem * 11));
  const [right, bottom] = [size.width - rem * 1.6, size.height - rem * 1.4];
  return (
    <g className="scale" aria-hidden>
      <path d={`M${right - px} ${bottom - rem * 0.5}v${rem * 0.5}H${right}v${-rem * 0.5}`} />
      <text x={right - px / 2} y={bottom - rem * 0.7} textAnchor="middle">{formatLength(metres)}</text>
    </g>
  );
}

/** How wide the drawing is, in words. */
export function widthOf({ view, size }: Sheet): string {
  return formatDistance(metresPerPixel(view) * size.width);
}

function formatLength(metres: number): string {
  return metres < 1_000 ? `${metres} m` : `${metres / 1_000} km`;
}
