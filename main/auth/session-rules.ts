import type { Session } from '../../contract/console.ts';
import { personScope, type Person, type Scope, type Site } from '../../contract/org.ts';

/** What both allow: a person sees no more at a station than the station may, and no more than the person may. */
export function narrower(a: Scope, b: Scope): Scope {
  return { siteIds: both(a.siteIds, b.siteIds), services: both(a.services, b.services) };
}

function both<T>(a: readonly T[] | null, b: readonly T[] | null): T[] | null {
  if (a === null) return b === null ? null : [...b];
  return b === null ? [...a] : a.filter(item => b.includes(item));
}

/**
 * The session of a person at a station.
 *
 * @param site the person's site as the directory has it; null (not replicated yet) counts as one that sees only itself
 */
export function sessionOf(person: Person, at: { site: Site | null; stationScope: Scope; signedInAtMs: number; signedInCorrectedMs?: number | undefined; offline: boolean }): Session {
  const scope = narrower(personScope(person, at.site ?? { tier: 'district' }), at.stationScope);
  return {
    personId: person.id, name: person.name, title: person.title, roles: person.roles, siteId: person.siteId, unitId: person.unitId,
    scope, signedInAtMs: at.signedInAtMs, signedInCorrectedMs: at.signedInCorrectedMs, offline: at.offline, locked: false,
  };
}

/** A session as it is kept: also when its person was last seen, so that a restart can tell whether to lock. */
export type KeptSession = Session & { touchedAtMs: number };

/** When a kept session may go on after a restart: someone was there less than the lock time ago; 0 never locks. */
export function mayResume(kept: Session & { touchedAtMs?: number }, lockAfterMs: number, nowMs: number): boolean {
  const idleMs = nowMs - (kept.touchedAtMs ?? kept.signedInAtMs);
  return lockAfterMs === 0 || (idleMs >= 0 && idleMs < lockAfterMs);
}
