import type { Issue } from '../../../contract/issue.ts';
import type { Area } from '../../../contract/org.ts';
import { useSession } from '../../frame/station.ts';
import { MapPanel } from '../../map/map-panel.tsx';
import { useMapUnits } from '../../map/nearest.ts';
import { pointOf, type Point } from '../../nearest-units.ts';
import { formatPosition, parsePosition } from '../../position.ts';
import { useT } from '../../strings/text.ts';
import { Field } from '../../ui/field.tsx';

/** The position of a place as its text: two numbers, or nothing where it is not known. */
export function positionText({ lat, lon }: Issue['place']): string {
  return lat === null || lon === null ? '' : formatPosition({ lat, lon });
}

/**
 * A record's position in its edit form, typed or put on the map.
 *
 * @param text as it is being typed
 * @param onChange the text, and the point that it says; undefined while it cannot be read
 */
export function PositionField({ issue, place, areas, text, onChange }: {
  issue: Issue; place: Issue['place']; areas: readonly Area[]; text: string; onChange: (text: string, point: Point | null | undefined) => void;
}) {
  const t = useT();
  const { siteId } = useSession();
  const { units, nearest } = useMapUnits(issue.service, pointOf(place, areas), siteId);
  const area = areas.find(one => one.id === place.areaId) ?? null;
  const written = parsePosition(text);
  return (
    <>
      <Field label={t('map.position.label')} wrong={written === 'unreadable' ? t('map.position.wrong') : null}>
        {control => (
          <input {...control} className="input" data-field="position" maxLength={60} spellCheck={false} autoComplete="off" value={text} onChange={event => {
            const read = parsePosition(event.target.value);
            onChange(event.target.value, read === 'unreadable' ? undefined : read);
          }} />
        )}
      </Field>
      <MapPanel point={written === 'unreadable' ? null : written} label={t('map.here.record')} isVital={issue.class === 'incident'} area={area} areas={areas} ownSiteId={siteId}
        units={units} nearest={nearest} exceptId={issue.id} opens={false} onPick={point => { onChange(formatPosition(point), point); }} />
    </>
  );
}
