import { useMay } from '../../frame/station.ts';
import { useLive } from '../../live-query.ts';

const LOOK_AGAIN_MS = 60_000;

/** How many requests wait for an answer, as a mark in the rail; nothing when there are none. */
export function RequestsCount() {
  const enabled = useMay('request.read');
  const { data } = useLive(['requests.news'], ['document', 'session'], core => core.requests.news({}), { enabled, askAgainMs: () => LOOK_AGAIN_MS });
  return data === undefined || data.open === 0 ? null : <b className="rail-count">{data.open > 99 ? '99+' : data.open}</b>;
}
