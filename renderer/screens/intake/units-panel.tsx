import { IconPhone } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Reach } from '../../../contract/focal.ts';
import type { Area, Service } from '../../../contract/org.ts';
import { formatTime } from '../../../contract/time.ts';
import { useLinkStatus } from '../../frame/station.ts';
import { useLive } from '../../live-query.ts';
import { formatDistance, nearestUnits, type NearUnit, type Offered, type Point } from '../../nearest-units.ts';
import { reachWords } from '../../reach-words.ts';
import { useReach } from '../../reach.ts';
import { useT } from '../../strings/text.ts';
import { clock } from '../../ui/clock.ts';
import { Notice } from '../../ui/notice.tsx';

const SHOWN = 5;

/** The units that may be sent to a place, the nearest first. */
export function useOffered(service: Service, position: Point | null, area: Area | null, siteId: string | null): Offered {
  const units = useLive(['directory.units', '', true, service], ['org'], core => core.directory.units({ text: '', handlingOnly: true, service }));
  const from = position ?? (area === null ? null : { lat: area.lat, lon: area.lon });
  const near = useMemo(() => nearestUnits(units.data ?? [], from, siteId, clock.nowMs).slice(0, SHOWN), [units.data, from?.lat, from?.lon, siteId]);
  return { near, isKnown: units.data !== undefined, measured: from !== null, isExact: position !== null };
}

/** Units near the place, with the person to call; and what to do while the link is cut. `onChoose`: one of them is sent with the record. */
export function UnitsPanel({ offered, position, areaName, chosenId, onChoose }: { offered: Offered; position: Point | null; areaName: string | null; chosenId: string | null; onChoose: ((unitId: string) => void) | null }) {
  const t = useT();
  const link = useLinkStatus();
  const reachOf = useReach();
  const { near, isKnown, measured } = offered;
  const isCut = link !== undefined && link.link !== 'up';
  return (
    <>
      {isCut && (
        <Notice tone="warning" title={link.link === 'never' || link.sinceMs === null ? t('intake.linkDown.titleNever') : t('intake.linkDown.title', { time: formatTime(link.sinceMs) })}>
          {t('intake.linkDown.body')}
        </Notice>
      )}
      <header>
        <h2>{t(!measured ? 'intake.units.titleNoPlace' : 'intake.units.title')}</h2>
        <span className="muted">
          {measured && `${t('intake.units.straight')} `}{position !== null ? t('intake.units.fromPosition') : areaName !== null ? t('intake.units.from', { place: areaName }) : t('intake.units.source')}
        </span>
      </header>
      {isKnown && near.length === 0 && <p className="muted">{t('intake.units.none')}</p>}
      {near.length > 0 && <ul className="near">{near.map(entry => <NearRow key={entry.unit.id} entry={entry} reach={reachOf(entry.unit)} measured={measured} isChosen={entry.unit.id === chosenId} onChoose={onChoose} />)}</ul>}
      {!measured && near.length > 0 && <p className="muted">{t('intake.units.askPlace')}</p>}
    </>
  );
}

function NearRow({ entry: { unit, distanceM }, reach, measured, isChosen, onChoose }: { entry: NearUnit; reach: Reach; measured: boolean; isChosen: boolean; onChoose: ((unitId: string) => void) | null }) {
  const t = useT();
  const hours = unit.focalPoint?.hours ?? '';
  return (
    <li>
      <div className="unit">
        <div>{onChoose === null ? <span className="strong">{unit.name}</span> : <label className="strong"><input type="radio" name="unit-to-send" checked={isChosen} onChange={() => { onChoose(unit.id); }} /> {unit.name}</label>}
          {measured && <span className="muted"> · {distanceM === null ? t('intake.units.noDistance') : formatDistance(distanceM)}</span>}
        </div>
        <div className={reach.focal === 'none' || reach.reason === 'gap' ? 'warning' : undefined}>{reachWords(reach, t)}
          {reach.focal === 'on-duty' && hours !== '' && <span className="muted"> · {hours}</span>}
        </div>
      </div>
      <div className="call">
        <IconPhone aria-hidden />
        <span className="strong">{reach.phone ?? t('intake.units.noPhone')}</span>
      </div>
    </li>
  );
}
