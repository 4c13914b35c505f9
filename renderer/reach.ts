import { reachOf, type Reach } from '../contract/focal.ts';
import type { Unit } from '../contract/org.ts';
import { usePolicy } from './policy.ts';
import { useMinute } from './ui/clock.ts';

/** Whom to call at a unit at this minute (Q13.5); the component shows itself again when the minute is over. */
export function useReach(): (unit: Unit) => Reach {
  const nowMs = useMinute();
  const { calendar } = usePolicy().at(nowMs);
  return unit => reachOf(unit, nowMs, calendar);
}
