import { IconPhone } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Area, Service } from '../../../contract/org.ts';
import { formatTime } from '../../../contract/time.ts';
import { useLinkStatus } from '../../frame/station.ts';
import { useLive } from '../../live-query.ts';
import { formatDistance, nearestUnits, phoneOf, type NearUnit, type Point } from '../../nearest-units.ts';
import { useT } from '../../strings/text.ts';
import { clock } from '../../ui/clock.ts';
import { Notice } from '../../ui/notice.tsx';

const SHOWN = 5;

/** Handling units of the service that are nearest to the place, with the person to call; and what to do while the link is cut. */
export function UnitsPanel({ service, position, area, siteId }: { service: Service; position: Point | null; area: Area | null; siteId: string | null }) {
  const t = useT();
  const units = useLive(['directory.units', '', true, service], ['org'], core => core.directory.units({ text: '', handlingOnly: true, service }));
  const link = useLinkStatus();
  const from = position ?? (area === null ? null : { lat: area.lat, lon: area.lon });
  const near = useMemo(() => nearestUnits(units.data ?? [], from, siteId, clock.nowMs), [units.data, from?.lat, from?.lon, siteId]);
  const isCut = link !== undefined && link.link !== 'up';
  return (
    <aside className="intake-side" aria-label={t('intake.units.title')}>
      {isCut && (
        <Notice tone="warning" title={link.link === 'never' || link.sinceMs === null ? t('intake.linkDown.titleNever') : t('intake.linkDown.title', { time: formatTime(link.sinceMs) })}>
          {t('intake.linkDown.body')}
        </Notice>
      )}
      <header>
        <h2>{t(from === null ? 'intake.units.titleNoPlace' : 'intake.units.title')}</h2>
        <span className="muted">
          {position !== null ? t('intake.units.fromPosition') : area !== null ? t('intake.units.from', { place: area.name }) : t('intake.units.source')}
        </span>
      </header>
      {units.data !== undefined && near.length === 0 && <p className="muted">{t('intake.units.none')}</p>}
      {near.length > 0 && <ul className="near">{near.slice(0, SHOWN).map(entry => <NearRow key={entry.unit.id} entry={entry} measured={from !== null} />)}</ul>}
      {from === null && near.length > 0 && <p className="muted">{t('intake.units.askPlace')}</p>}
    </aside>
  );
}

function NearRow({ entry: { unit, distanceM }, measured }: { entry: NearUnit; measured: boolean }) {
  const t = useT();
  const focal = unit.focalPoint;
  return (
    <li>
      <div className="unit">
        <div><span className="strong">{unit.name}</span>
          {measured && <span className="muted"> · {distanceM === null ? t('intake.units.noDistance') : `${formatDistance(distanceM)} ${t('intake.units.straight')}`}</span>}
        </div>
        {focal === null
          ? <div className="warning">{t('intake.units.noFocal')}</div>
          : <div>{t('intake.units.focal')}: {focal.name}{focal.hours === '' ? '' : <span className="muted"> · {focal.hours}</span>}</div>}
      </div>
      <div className="call">
        <IconPhone aria-hidden />
        <span className="strong">{phoneOf(unit) ?? t('intake.units.noPhone')}</span>
      </div>
    </li>
  );
}
