import { useRef, useState, type RefObject } from 'react';
import type { IssueDetail } from '../../../contract/console.ts';
import type { Area } from '../../../contract/org.ts';
import { useSession } from '../../frame/station.ts';
import { useLive } from '../../live-query.ts';
import { MapPanel } from '../../map/map-panel.tsx';
import { useMapUnits } from '../../map/nearest.ts';
import { pointOf } from '../../nearest-units.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';

const NO_AREAS: readonly Area[] = [];

/** Whether the map is open where a record is shown: kept while the window lives, so that it does not have to be opened for each one. */
class OpenMaps {
  readonly #open = new Map<string, boolean>([['page', true]]);

  of(layout: string): boolean {
    return this.#open.get(layout) ?? false;
  }

  set(layout: string, isOpen: boolean): void {
    this.#open.set(layout, isOpen);
  }
}

const openMaps = new OpenMaps();

/** Where a record is, with the nearest units and its neighbours; M opens it, and its position is corrected in the edit form. */
export function IssueMap({ detail: { issue }, layout, onEdit }: { detail: IssueDetail; layout: 'panel' | 'page'; onEdit: (() => void) | null }) {
  const t = useT();
  const [isOpen, setOpen] = useState(() => openMaps.of(layout));
  const sheet = useRef<HTMLDivElement>(null);
  const turn = (next: boolean) => { openMaps.set(layout, next); setOpen(next); };
  useShortcuts('panel', [{ keys: 'm', label: t('map.key'), run: () => { turn(true); requestAnimationFrame(() => { sheet.current?.focus(); }); } }]);
  return (
    <section className="issue-map">
      <header>
        <h2>{t('map.title')}</h2>
        {onEdit !== null && <Button onClick={onEdit}>{t('map.edit')}</Button>}
        <Button hint={isOpen ? undefined : 'M'} expanded={isOpen} onClick={() => { turn(!isOpen); }}>{t(isOpen ? 'map.hide' : 'map.show')}</Button>
      </header>
      {isOpen && <OpenMap issue={issue} sheet={sheet} />}
    </section>
  );
}

function OpenMap({ issue, sheet }: { issue: IssueDetail['issue']; sheet: RefObject<HTMLDivElement | null> }) {
  const t = useT();
  const { siteId } = useSession();
  const areas = useLive(['directory.areas'], ['org', 'session'], core => core.directory.areas({})).data ?? NO_AREAS;
  const { lat, lon, areaId } = issue.place;
  const point = lat === null || lon === null ? null : { lat, lon };
  const area = areas.find(one => one.id === areaId) ?? null;
  const { units, nearest } = useMapUnits(issue.service, pointOf(issue.place, areas), siteId);
  return (
    <>
      {point === null && <p className="muted">{t(area === null ? 'map.position.noPlace' : 'map.position.noPosition')}</p>}
      <MapPanel point={point} label={t('map.here.record')} isVital={issue.class === 'incident'} area={area} areas={areas} ownSiteId={siteId}
        units={units} nearest={nearest} exceptId={issue.id} opens onPick={null} focusRef={sheet} />
    </>
  );
}
