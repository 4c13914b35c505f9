import { useLive } from '../../live-query.ts';
import { useMinute } from '../../ui/clock.ts';

const HOUR_MS = 3_600_000;

/** How often personal data was opened in an emergency at this machine within a day, as a mark in the rail: whoever leads the shift or inspects is to know. */
export function AccessCount() {
  const fromMs = Math.floor(useMinute() / HOUR_MS) * HOUR_MS - 24 * HOUR_MS;
  const emergencies = useLive(['accessLog.emergencies', fromMs], ['access', 'session'],
    core => core.accessLog.list({ of: 'station', filter: { personId: null, issueNo: null, fromMs, toMs: null, grounds: ['emergency'] }, after: null })).data?.entries.length ?? 0;
  return emergencies === 0 ? null : <b className="rail-count">{emergencies}</b>;
}
