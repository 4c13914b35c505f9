import { useRef, useState } from 'react';
import type { Area, Service } from '../../../contract/org.ts';
import { useSession } from '../../frame/station.ts';
import { MapPanel } from '../../map/map-panel.tsx';
import { useMapUnits } from '../../map/nearest.ts';
import { formatPosition, parsePosition } from '../../position.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { isIncident, type IntakeForm } from './intake-form.ts';

/** The map of the call: shows the position that is written in the form, or puts one there. What it replaces can be taken back. */
export function IntakeMap({ form, service, area, areas, siteId, exceptId, change, isSending }: {
  form: IntakeForm; service: Service; area: Area | null; areas: readonly Area[]; siteId: string; exceptId: string; change: (part: Partial<IntakeForm>) => void; isSending: boolean;
}) {
  const t = useT();
  const sheet = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [before, setBefore] = useState<string | null>(null);
  const { locked } = useSession();
  const written = parsePosition(form.position);
  const point = written === 'unreadable' ? null : written;
  const { units, nearest } = useMapUnits(service, point ?? area, siteId);
  useShortcuts('screen', [{ keys: 'alt+m', label: t('map.key'), hint: 'Alt M', whileTyping: true, enabled: !locked, run: () => { sheet.current?.focus({ preventScroll: true }); panel.current?.scrollIntoView({ block: 'nearest' }); } }]);
  return (
    <div className="intake-map" ref={panel} inert={isSending}>
      <MapPanel point={point} label={t(isIncident(service) ? 'map.here.call' : 'map.here.report')} isVital={isIncident(service)} area={area} areas={areas} ownSiteId={siteId}
        units={units} nearest={nearest} exceptId={exceptId} opens={false} focusRef={sheet}
        onPick={picked => {
          if (form.position.trim() !== '') setBefore(form.position);
          change({ position: formatPosition(picked) });
        }} />
      {before !== null && before !== form.position && <Button onClick={() => { change({ position: before }); setBefore(null); }}>{t('map.before', { text: before })}</Button>}
    </div>
  );
}
