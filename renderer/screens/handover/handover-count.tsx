import { useMay } from '../../frame/station.ts';
import { useLive } from '../../live-query.ts';

/** How many handovers wait to be read, as a mark in the rail; nothing when there are none. */
export function HandoverCount() {
  const enabled = useMay('handover.read');
  const { data } = useLive(['handovers.news'], ['document', 'session'], core => core.handovers.news({}), { enabled });
  return data === undefined || data.unread === 0 ? null : <b className="rail-count">{data.unread > 99 ? '99+' : data.unread}</b>;
}
