import './map.css';
import { useComputedColorScheme } from '@mantine/core';
import { useCallback, useId, useMemo, useState, type RefObject } from 'react';
import type { MapPack, Neighbours } from '../../contract/map.ts';
import { NEIGHBOUR_SPAN_MS } from '../../contract/map.ts';
import type { Area, Unit } from '../../contract/org.ts';
import { useLive } from '../live-query.ts';
import type { Point } from '../nearest-units.ts';
import { formatPosition } from '../position.ts';
import { useT } from '../strings/text.ts';
import { clock } from '../ui/clock.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { errorOf } from '../ui/error-text.ts';
import { LETTERS } from './keys.ts';
import { MapTools, MapZoom } from './map-tools.tsx';
import { Crosshair, Grid, NeighbourMarks, Pin, Places, placeOf, ScaleBar, widthOf, type Sheet } from './marks.tsx';
import { NeighbourList } from './neighbour-list.tsx';
import { drawing, PackGround } from './pack-ground.tsx';
import { useMap } from './use-map.ts';
import { usePointer, useSheetSize } from './use-sheet.ts';
import { boxOf, isInside, spotOf } from './view.ts';

/** How often it is looked whether a map pack has come or gone, while a map is shown. */
const LOOK_AGAIN_MS = 30_000;
/** A little later than asked for is not worth a word. */
const SINCE_SLACK_MS = 60_000;

export interface MapPanelProps {
  point: Point | null;
  /** What the pin is: this call, this record. */
  label: string;
  /** A life may hang on it: the pin is red. */
  isVital: boolean;
  area: Area | null;
  areas: readonly Area[];
  /** Where the map opens when neither point nor commune is known. */
  ownSiteId: string | null;
  units: readonly Unit[];
  /** Units whose names come first. */
  nearest: readonly string[];
  /** The record that the map belongs to: not its own neighbour. */
  exceptId: string | null;
  /** Null: the map only shows. */
  onPick: ((point: Point) => void) | null;
  /** Whether another record can be opened from here. */
  opens: boolean;
  /** The element that takes the keys. */
  focusRef?: RefObject<HTMLDivElement | null>;
}

/**
 * Where it is: the point, units, communes and the records of the last 24 hours, on the site's map or a plain grid. All of it
 * works by keyboard, by single clicks, and by dragging.
 */
export function MapPanel(props: MapPanelProps) {
  const { point, area, areas, units, exceptId, ownSiteId, onPick } = props;
  const t = useT();
  const { ref, size, rem } = useSheetSize();
  const around = useMemo(() => { const own = areas.filter(a => a.siteId === ownSiteId); return own.length > 0 ? own : areas; }, [areas, ownSiteId]);
  const from = point ?? (area === null ? null : { lat: area.lat, lon: area.lon });
  // Known only once the view is, and the view moves when one of them is chosen.
  const records = { current: [] as Neighbours['records'] };
  const ground = useGround();
  const company = useMemo(() => [...areas, ...units.flatMap(unit => placeOf(unit) ?? [])], [areas, units]);
  const map = useMap({ point, area, around, company: ground.pack === null ? company : null }, size, () => records.current, onPick);
  const box = boxOf(map.view, size);
  const asked = useLive(['map.neighbours', box, from, exceptId], ['issue', 'session'], core => core.map.neighbours({ box, near: from, exceptId, limit: LETTERS.length }), { keepPrevious: true });
  const found = asked.data;
  records.current = found?.records ?? [];
  usePointer(ref, { ...map, size });
  const sheet: Sheet = { view: map.view, size, rem };
  const counts = t('map.said.counts', {
    width: widthOf(sheet), records: records.current.filter(record => isInside(map.view, size, record)).length,
    units: units.filter(unit => { const place = placeOf(unit); return place !== null && isInside(map.view, size, place); }).length, areas: areas.filter(one => isInside(map.view, size, one)).length,
  });
  const state = point === null ? t('map.said.noPoint') : t('map.said.point', { position: formatPosition(point) });
  const since = found === undefined || found.sinceMs < clock.exactMs - NEIGHBOUR_SPAN_MS + SINCE_SLACK_MS ? null : found.sinceMs;
  return (
    <div className="map">
      <Drawing {...props} sheet={sheet} sheetRef={ref} map={map} records={records.current} ground={ground} />
      <p className="hidden-text" role="status">{map.said ?? `${state} ${counts}`}</p>
      <MapTools aim={map.aim} onPut={onPick === null ? null : () => { map.put(map.aim); }} onPush={(x, y) => { map.push({ x: x * size.width / 4, y: y * size.height / 4 }); }} />
      <NeighbourList found={found} error={asked.error} sinceMs={since} from={from} chosenId={map.chosenId} onChoose={map.choose} opens={props.opens} />
    </div>
  );
}

interface DrawingProps extends MapPanelProps { sheet: Sheet; sheetRef: RefObject<HTMLDivElement | null>; map: ReturnType<typeof useMap>; records: Neighbours['records']; ground: ReturnType<typeof useGround> }

function Drawing({ point, label, isVital, areas, units, nearest, onPick, focusRef, sheet, sheetRef, map, records, ground }: DrawingProps) {
  const t = useT();
  const id = useId();
  const { size, rem, view } = sheet;
  const named = useMemo(() => new Set(nearest), [nearest]);
  const isAiming = map.isAiming || (point === null && onPick !== null);
  return (
    <>
      <div className="map-frame">
        <div className="map-sheet" tabIndex={0} role="application" aria-label={t('map.label')} aria-describedby={`${id}-help`} onKeyDown={map.onKeyDown}
          ref={element => { sheetRef.current = element; if (focusRef !== undefined) focusRef.current = element; }}>
          {ground.pack !== null && <PackGround key={ground.key} pack={ground.pack} view={view} onTrouble={ground.onTrouble} />}
          <svg width={size.width} height={size.height} aria-hidden>
            {ground.pack === null && <Grid sheet={sheet} />}
            <Places sheet={sheet} areas={areas} units={units} named={named} point={point} neighbours={records} />
            {point !== null && isInside(view, size, point, -0.2) && <Pin sheet={sheet} point={point} label={label} isVital={isVital} />}
            <NeighbourMarks sheet={sheet} neighbours={records} chosenId={map.chosenId} onChoose={map.choose} />
            <ScaleBar sheet={sheet} />
            {isInside(view, size, map.aim) && <Crosshair spot={spotOf(view, size, map.aim)} rem={rem} isShown={isAiming} />}
          </svg>
        </div>
        <MapZoom onZoom={by => { map.zoom(by); }} onHome={map.home} />
      </div>
      <div className="map-note muted">
        <p id={`${id}-help`} className={ground.said === null ? undefined : 'when-focused'}>{onPick === null ? t('map.help') : `${t('map.helpPut')} · ${t('map.help')}`}</p>
        {ground.said !== null && <p className="else">{ground.said}</p>}
      </div>
      {ground.trouble !== null && <ErrorNotice error={ground.trouble} />}
    </>
  );
}

/** What the map is drawn on: the site's pack when there is one and this machine can draw it; else why not. */
function useGround(): { pack: MapPack | null; key: string; said: string | null; trouble: unknown; onTrouble: (error: unknown) => void } {
  const t = useT();
  const scheme = useComputedColorScheme('light');
  const shelf = useLive(['map.pack'], ['session'], core => core.map.pack({}), { askAgainMs: () => LOOK_AGAIN_MS }).data;
  const [failed, setFailed] = useState<{ key: string; error: unknown } | null>(null);
  const key = shelf?.pack?.key ?? '';
  const onTrouble = useCallback((error: unknown) => {
    // What a cut connection did not bring is asked for again when the map moves.
    if (errorOf(error).code !== 'core/starting') setFailed({ key, error });
  }, [key]);
  const hasFailed = failed !== null && failed.key === key;
  const found = shelf?.pack ?? null;
  const pack = found !== null && !hasFailed && drawing.isPossible ? found : null;
  const isMissing = shelf !== undefined && shelf.pack === null && shelf.trouble === null;
  return {
    pack, key: `${key} ${scheme}`, onTrouble, trouble: hasFailed ? failed.error : shelf?.trouble ?? null,
    said: isMissing ? t('map.ground.none') : found !== null && !drawing.isPossible ? t('map.ground.noDrawing') : null,
  };
}
