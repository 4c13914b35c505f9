import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ALARM_LASTS_MS, ALARM_LEVELS, ringsAt, type AlarmDesk, type Ringing } from '../../contract/alarms.ts';
import { newId } from '../../contract/ids.ts';
import { SEVERITIES, STATES } from '../../contract/issue.ts';
import { SERVICES, type Service } from '../../contract/org.ts';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';

const T0 = Date.UTC(2026, 10, 24);
const STEP_MS = DEFAULT_PACK.alarms.escalateSeconds * 1_000;
const [SITE, ELSEWHERE, DESK, OTHER_DESK] = [newId(T0), newId(T0), newId(T0), newId(T0)];

function record(some: Partial<Ringing> = {}): Ringing {
  return { state: 'received', siteId: SITE, stationId: OTHER_DESK, service: '115', lines: [], severity: 'P1', class: 'incident', receivedAtMs: T0, acknowledged: false, handOff: null, ...some };
}
function desk(some: Partial<AlarmDesk> & { services?: Service[] } = {}): AlarmDesk {
  const { services = ['115'], ...rest } = some;
  return { deviceId: DESK, site: { id: SITE, tier: 'district' }, scope: { siteIds: [SITE], services }, onDuty: true, ...rest };
}
const province = (some: Partial<AlarmDesk> = {}) => desk({ site: { id: ELSEWHERE, tier: 'province' }, scope: { siteIds: null, services: null }, ...some });
const at = (what: Ringing, where: AlarmDesk, afterMs: number) => {
  const rings = ringsAt(what, where, DEFAULT_PACK, T0 + afterMs);
  return rings !== null && 'kind' in rings ? rings : null;
};

describe('whom an alarm is for', () => {
  test('the desks of its line at once, every desk of its centre after one step, the province after two', () => {
    expect(at(record(), desk(), 0)).toEqual({ kind: 'new', sound: 'life', sinceMs: T0, level: 0, nextAtMs: T0 + STEP_MS });
    const otherLine = desk({ services: ['113'] });
    expect(at(record(), otherLine, STEP_MS - 1)).toBeNull();
    expect(ringsAt(record(), otherLine, DEFAULT_PACK, T0)).toEqual({ nextLookMs: T0 + STEP_MS });
    expect(at(record(), otherLine, STEP_MS)).toMatchObject({ level: 1, nextAtMs: T0 + 2 * STEP_MS });
    expect(at(record(), province(), 2 * STEP_MS - 1)).toBeNull();
    expect(at(record(), province(), 2 * STEP_MS)).toMatchObject({ level: 2, nextAtMs: null });
  });

  test('where it was taken in, and where nobody is signed in, it rings when nobody of the line has answered', () => {
    for (const where of [desk({ deviceId: OTHER_DESK }), desk({ onDuty: null })]) {
      expect(at(record(), where, STEP_MS - 1)).toBeNull();
      expect(at(record(), where, STEP_MS)).toMatchObject({ level: 1 });
    }
  });

  test('another centre’s desk, a province desk that nobody is at, and whoever may not take it up are left in peace', () => {
    const never = [desk({ site: { id: ELSEWHERE, tier: 'district' }, scope: { siteIds: null, services: null } }), province({ onDuty: null }), desk({ onDuty: false }), desk({ scope: { siteIds: [ELSEWHERE], services: null } })];
    for (const where of never) expect(ringsAt(record(), where, DEFAULT_PACK, T0 + 5 * STEP_MS)).toBeNull();
  });

  test('an offer rings at the line that it is made to, whatever its level, until that has taken it or refused it', () => {
    const offered = record({ state: 'in_progress', severity: 'P3', acknowledged: true, handOff: { to: '114', atMs: T0 } });
    expect(at(offered, desk({ services: ['114'] }), 0)).toMatchObject({ kind: 'handOff', sound: 'handOff', level: 0 });
    expect(at(offered, desk({ services: ['115'] }), 0)).toBeNull();
    expect(at({ ...offered, handOff: null }, desk({ services: ['114'] }), 0)).toBeNull();
  });

  test('each class has its sound', () => {
    const soundOf = (some: Partial<Ringing>) => at(record(some), desk({ services: [...SERVICES] }), 0)?.sound;
    expect([soundOf({}), soundOf({ severity: 'P2' }), soundOf({ severity: 'P2', class: 'issue', service: '1022' }), soundOf({ severity: 'P2', handOff: { to: '113', atMs: T0 } })])
      .toEqual(['life', 'emergency', 'issue', 'handOff']);
  });
});

test('who has taken it up, moved it on, or a level that the policy does not name silences it everywhere; and so does half a day', () => {
  for (const quiet of [record({ acknowledged: true }), record({ state: 'verifying' }), record({ severity: 'P3' })]) {
    for (const where of [desk(), province()]) expect(ringsAt(quiet, where, DEFAULT_PACK, T0 + 5 * STEP_MS)).toBeNull();
  }
  expect(at(record(), desk(), ALARM_LASTS_MS - 1)).not.toBeNull();
  expect(at(record(), desk(), ALARM_LASTS_MS)).toBeNull();
});

test('what has begun to ring at a desk does not stop by itself and reaches no fewer desks; `nextAtMs` and `nextLookMs` are the moments at which that changes', () => {
  const records = fc.record({
    state: fc.constantFrom(...STATES.slice(0, 3)), severity: fc.constantFrom(...SEVERITIES), service: fc.constantFrom(...SERVICES), lines: fc.subarray([...SERVICES]), acknowledged: fc.boolean(),
    siteId: fc.constantFrom(SITE, ELSEWHERE), stationId: fc.constantFrom(DESK, OTHER_DESK), class: fc.constantFrom('incident' as const, 'issue' as const), receivedAtMs: fc.constant(T0),
    handOff: fc.option(fc.record({ to: fc.constantFrom(...SERVICES), atMs: fc.constant(T0) })),
  });
  const desks = fc.record({
    deviceId: fc.constant(DESK), site: fc.record({ id: fc.constantFrom(SITE, ELSEWHERE), tier: fc.constantFrom('province' as const, 'district' as const) }),
    scope: fc.record({ siteIds: fc.constantFrom<(string[] | null)[]>(null, [SITE]), services: fc.option(fc.subarray([...SERVICES])) }), onDuty: fc.constantFrom(true, false, null),
  });
  fc.assert(fc.property(records, desks, fc.array(fc.integer({ min: -STEP_MS, max: ALARM_LASTS_MS - 1 }), { minLength: 2, maxLength: 8 }), (what, where, moments) => {
    let before: ReturnType<typeof ringsAt> = null;
    for (const [n, afterMs] of moments.toSorted((a, b) => a - b).entries()) {
      const now = ringsAt(what, where, DEFAULT_PACK, T0 + afterMs);
      if (now !== null && 'kind' in now) expect(ALARM_LEVELS).toContain(now.level);
      if (n > 0) expect(now === null).toBe(before === null);
      if (before !== null && 'kind' in before) {
        expect(now !== null && 'kind' in now && now.level >= before.level).toBe(true);
        if (now !== null && 'kind' in now) expect(now.level > before.level).toBe(before.nextAtMs !== null && T0 + afterMs >= before.nextAtMs);
      } else if (before !== null && now !== null) expect('kind' in now).toBe(T0 + afterMs >= before.nextLookMs);
      before = now;
    }
  }));
});
