import { useEffect, useRef } from 'react';
import type { Neighbour, Neighbours } from '../../contract/map.ts';
import { formatTime } from '../../contract/time.ts';
import { distanceM, formatDistance, type Point } from '../nearest-units.ts';
import { formatRoute } from '../route-path.ts';
import { shortNo } from '../screens/queue/rows.ts';
import { useT, type TextKey } from '../strings/text.ts';
import { useNow } from '../ui/clock.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { ServiceTag, SeverityBadge, StateMark } from '../ui/marks.tsx';
import { LETTERS } from './keys.ts';

const [MINUTE_MS, HOUR_MS] = [60_000, 3_600_000];

/** How long ago, in whole minutes or hours: the text and its number. */
export function agoOf(atMs: number, nowMs: number): { key: TextKey; n: number } {
  const pastMs = Math.max(0, nowMs - atMs);
  if (pastMs < MINUTE_MS) return { key: 'map.near.now', n: 0 };
  return pastMs < HOUR_MS ? { key: 'map.near.minutes', n: Math.floor(pastMs / MINUTE_MS) } : { key: 'map.near.hours', n: Math.floor(pastMs / HOUR_MS) };
}

export interface NeighbourListProps {
  found: Neighbours | undefined; error: unknown; sinceMs: number | null;
  from: Point | null; chosenId: string | null; onChoose: (id: string) => void; opens: boolean;
}

/** The records on the map with their letters, how far and how long ago; a choice shows itself on the map. */
export function NeighbourList({ found, error, sinceMs, from, chosenId, onChoose, opens }: NeighbourListProps) {
  const t = useT();
  const records = found?.records ?? [];
  return (
    <section className="neighbours" aria-label={t(from === null ? 'map.near.newest' : 'map.near.title')}>
      <header>
        <h2>{t(from === null ? 'map.near.newest' : 'map.near.title')}</h2>
        {found?.more === true && <span className="muted">{t('map.near.more')}</span>}
        {sinceMs !== null && <span className="muted">{t('map.near.since', { time: formatTime(sinceMs) })}</span>}
      </header>
      {error !== null && <ErrorNotice error={error} />}
      {error === null && records.length === 0 && <p className="muted">{t(found === undefined ? 'map.near.loading' : 'map.near.none')}</p>}
      {records.length > 0 && (
        <ul>{records.map((record, i) => <Row key={record.id} record={record} letter={LETTERS[i] ?? ''} from={from} isChosen={record.id === chosenId} onChoose={onChoose} opens={opens} />)}</ul>
      )}
    </section>
  );
}

function Row({ record, letter, from, isChosen, onChoose, opens }: { record: Neighbour; letter: string; from: Point | null; isChosen: boolean; onChoose: (id: string) => void; opens: boolean }) {
  const t = useT();
  const row = useRef<HTMLLIElement>(null);
  const nowMs = useNow();
  const { key, n } = agoOf(record.receivedAtMs, nowMs);
  useEffect(() => { if (isChosen) row.current?.scrollIntoView({ block: 'nearest' }); }, [isChosen]);
  return (
    <li ref={row} className={isChosen ? 'chosen' : undefined}>
      <button type="button" aria-pressed={isChosen} aria-label={t('map.near.choose', { letter })} onClick={() => { onChoose(record.id); }}><b>{letter}</b></button>
      <div className="words">
        <div className="line">
          <ServiceTag service={record.service} /><span className="no" title={record.displayNo ?? record.provisionalNo}>{shortNo(record.displayNo, record.provisionalNo, nowMs)}</span><SeverityBadge severity={record.severity} />
          <span className="strong">{from === null ? '' : `${formatDistance(distanceM(from, record))} · `}{t(key, { n })}</span>
          <span className="push"><StateMark state={record.state} /></span>
        </div>
        <div className="clip">{record.description}</div>
      </div>
      {opens && <a className="link" href={formatRoute({ screen: 'issue', id: record.id })}>{t('map.near.open')}</a>}
    </li>
  );
}
