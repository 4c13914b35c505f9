import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ALARM_LASTS_MS, ALARM_LEVELS, ringsAt, type AlarmDesk, type Ringing, type Rung } from '../../contract/alarms.ts';
import { newId } from '../../contract/ids.ts';
import { SEVERITIES, STATES } from '../../contract/issue.ts';
import { SERVICES, type Service } from '../../contract/org.ts';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';

const T0 = Date.UTC(2026, 10, 24);
const STEP_MS = DEFAULT_PACK.alarms.escalateSeconds * 1_000;
const [SITE, ELSEWHERE, DESK, OTHER_DESK, PERSON, OTHER_PERSON] = [newId(T0), newId(T0), newId(T0), newId(T0), newId(T0), newId(T0)];

function record(some: Partial<Ringing> = {}): Ringing {
  return { state: 'received', siteId: SITE, stationId: OTHER_DESK, service: '115', lines: [], severity: 'P1', class: 'incident', sinceMs: T0, acknowledged: false, imported: false, handOff: null, asked: [], ...some };
}
function desk(some: Partial<AlarmDesk> & { services?: Service[] } = {}): AlarmDesk {
  const { services = ['115'], ...rest } = some;
  return { deviceId: DESK, site: { id: SITE, tier: 'district' }, scope: { siteIds: [SITE], services }, onDuty: true, personId: PERSON, ...rest };
}
const province = (some: Partial<AlarmDesk> = {}) => desk({ site: { id: ELSEWHERE, tier: 'province' }, scope: { siteIds: null, services: null }, ...some });
const at = (what: Ringing, where: AlarmDesk, afterMs: number, rung: Rung | null = null) => {
  const rings = ringsAt(what, where, DEFAULT_PACK, T0 + afterMs, () => rung);
  return rings !== null && 'kind' in rings ? rings : null;
};

describe('whom an alarm is for', () => {
  test('the desks of its line at once, every desk of its centre after one step, the province after two', () => {
    expect(at(record(), desk(), 0)).toEqual({ kind: 'new', sound: 'life', line: '115', sinceMs: T0, level: 0, nextAtMs: T0 + STEP_MS });
    const otherLine = desk({ services: ['113'] });
    expect(at(record(), otherLine, STEP_MS - 1)).toBeNull();
    expect(ringsAt(record(), otherLine, DEFAULT_PACK, T0)).toEqual({ nextLookMs: T0 + STEP_MS });
    expect(at(record(), otherLine, STEP_MS)).toMatchObject({ level: 1, nextAtMs: T0 + 2 * STEP_MS });
    expect(at(record(), province(), 2 * STEP_MS - 1)).toBeNull();
    expect(at(record(), province(), 2 * STEP_MS)).toMatchObject({ level: 2, nextAtMs: null });
  });

  test('where it was taken in, and where nobody who may take it up is signed in, it rings when nobody of the line has answered', () => {
    for (const where of [desk({ deviceId: OTHER_DESK }), desk({ onDuty: false })]) {
      expect(at(record(), where, STEP_MS - 1)).toBeNull();
      expect(at(record(), where, STEP_MS)).toMatchObject({ level: 1 });
    }
  });

  test('another centre’s desk, a province desk that nobody is at, and a line at the province that has nothing to do with it are left in peace', () => {
    const never = [desk({ site: { id: ELSEWHERE, tier: 'district' }, scope: { siteIds: null, services: null } }), province({ onDuty: false }), province({ scope: { siteIds: null, services: ['113'] } }), desk({ scope: { siteIds: [ELSEWHERE], services: null } })];
    for (const where of never) expect(ringsAt(record(), where, DEFAULT_PACK, T0 + 5 * STEP_MS)).toBeNull();
  });

  test('other lines that work the record hear it as its own does', () => {
    expect(at(record({ lines: ['114'] }), desk({ services: ['114'] }), 0)).toMatchObject({ level: 0 });
  });

  test('an offer rings at the line that it is made to, whatever its level, until that has taken it or refused it; with whoever has made it only when nobody answers', () => {
    const offered = record({ state: 'in_progress', severity: 'P3', acknowledged: true, handOff: { to: '114', atMs: T0, byId: OTHER_PERSON } });
    expect(at(offered, desk({ services: ['114'] }), 0)).toMatchObject({ kind: 'handOff', sound: 'handOff', level: 0 });
    expect(at(offered, desk({ services: ['115'] }), 0)).toBeNull();
    expect(at({ ...offered, handOff: null }, desk({ services: ['114'] }), 0)).toBeNull();
    const own = desk({ services: ['114', '115'], personId: OTHER_PERSON });
    expect(at(offered, own, STEP_MS - 1)).toBeNull();
    expect(at(offered, own, STEP_MS)).toMatchObject({ level: 1 });
    // The desk that took it in is not left out: the offer is not its own.
    expect(at({ ...offered, stationId: DESK }, desk({ services: ['114'] }), 0)).toMatchObject({ level: 0 });
  });

  test('an offer silences nothing: a call that nobody has taken up rings on where it did', () => {
    const both = record({ handOff: { to: '114', atMs: T0 + 2 * STEP_MS, byId: OTHER_PERSON } });
    expect(at(both, desk(), 2 * STEP_MS)).toMatchObject({ kind: 'new', level: 2 });
    expect(at(both, desk({ services: ['114'] }), 2 * STEP_MS)).toMatchObject({ level: 2 });
  });

  test('a line called to a record rings though its own has taken it up, each until it has answered; with whoever called it only when nobody does', () => {
    const called = record({ state: 'unverified_forwarded', severity: 'P3', acknowledged: true, lines: ['113', '114'], asked: [{ line: '113', byId: OTHER_PERSON, atMs: T0 }, { line: '114', byId: OTHER_PERSON, atMs: T0 + 1 }] });
    for (const line of ['113', '114'] as const) expect(at(called, desk({ services: [line] }), 1)).toMatchObject({ kind: 'join', sound: 'emergency', line, level: 0 });
    expect(at({ ...called, severity: 'P1' }, desk({ services: ['113'] }), 0)?.sound).toBe('life');
    expect(at(called, desk(), STEP_MS - 1)).toBeNull();
    expect(at(called, desk(), STEP_MS)).toMatchObject({ kind: 'join', level: 1 });
    const answered = { ...called, asked: called.asked.slice(1) };
    expect(at(answered, desk({ services: ['113'] }), 0)).toBeNull();
    expect(at(answered, desk({ services: ['114'] }), 1)).toMatchObject({ line: '114' });
    const caller = desk({ services: ['113', '115'], personId: OTHER_PERSON });
    expect([at(called, caller, 0), at(called, caller, STEP_MS)?.level]).toEqual([null, 1]);
  });

  test('each class has its sound', () => {
    const soundOf = (some: Partial<Ringing>) => at(record(some), desk({ services: [...SERVICES] }), 0)?.sound;
    expect([soundOf({}), soundOf({ severity: 'P2' }), soundOf({ severity: 'P2', class: 'issue', service: '1022' }), soundOf({ severity: 'P2', handOff: { to: '113', atMs: T0, byId: OTHER_PERSON } })])
      .toEqual(['life', 'emergency', 'issue', 'handOff']);
    expect(at(record({ severity: 'P2', state: 'verifying', handOff: { to: '115', atMs: T0, byId: OTHER_PERSON } }), desk(), 0)?.sound).toBe('handOff');
    expect(at(record({ state: 'verifying', handOff: { to: '115', atMs: T0, byId: OTHER_PERSON } }), desk(), 0)?.sound).toBe('life');
    expect(soundOf({ severity: 'P0' as never })).toBe('emergency');
  });
});

test('who has taken it up, moved it on, or a level that the policy does not name silences it everywhere', () => {
  for (const quiet of [record({ acknowledged: true }), record({ state: 'verifying' }), record({ severity: 'P3' })]) {
    for (const where of [desk(), province()]) expect(ringsAt(quiet, where, DEFAULT_PACK, T0 + 5 * STEP_MS)).toBeNull();
  }
});

test('P1 and P2 ring until somebody has taken them up, however long; what came in with a file, and an offer of something milder, for half a day', () => {
  for (const severity of ['P1', 'P2'] as const) expect(at(record({ severity }), desk(), 100 * ALARM_LASTS_MS)).toMatchObject({ level: 2 });
  for (const what of [record({ imported: true }), record({ state: 'verifying', severity: 'P3', handOff: { to: '115', atMs: T0, byId: OTHER_PERSON } })]) {
    expect(at(what, desk(), ALARM_LASTS_MS - 1)).not.toBeNull();
    expect(at(what, desk(), ALARM_LASTS_MS)).toBeNull();
  }
});

test('no jump of a clock silences what rings, or calls fewer desks; and no wrong clock makes what came in with a file ring for ever', () => {
  const HOUR_MS = 3_600_000;
  expect(at(record(), desk({ deviceId: OTHER_DESK }), -HOUR_MS)).toMatchObject({ level: 2 });
  expect(at(record(), desk(), -30_000)).toMatchObject({ level: 0 });
  expect(at(record(), desk({ deviceId: OTHER_DESK }), 10, { level: 1, forMs: 5_000 })).toMatchObject({ level: 1 });
  expect(at(record(), desk(), 13 * HOUR_MS, { level: 0, forMs: 5_000 })).toMatchObject({ level: 2 });
  expect(at(record({ imported: true }), desk(), 0, { level: 2, forMs: ALARM_LASTS_MS })).toBeNull();
});

test('what has begun to ring at a desk does not stop by itself and reaches no fewer desks; `nextAtMs` and `nextLookMs` are the moments at which that changes', () => {
  const records = fc.record({
    state: fc.constantFrom(...STATES.slice(0, 3)), severity: fc.constantFrom(...SEVERITIES), service: fc.constantFrom(...SERVICES), lines: fc.subarray([...SERVICES]), acknowledged: fc.boolean(), imported: fc.boolean(),
    siteId: fc.constantFrom(SITE, ELSEWHERE), stationId: fc.constantFrom(DESK, OTHER_DESK), class: fc.constantFrom('incident' as const, 'issue' as const), sinceMs: fc.constant(T0),
    asked: fc.array(fc.record({ line: fc.constantFrom(...SERVICES), atMs: fc.constant(T0), byId: fc.constantFrom(PERSON, OTHER_PERSON) }), { maxLength: 2 }),
    handOff: fc.option(fc.record({ to: fc.constantFrom(...SERVICES), atMs: fc.constantFrom(T0, T0 + STEP_MS), byId: fc.constantFrom(PERSON, OTHER_PERSON) })),
  });
  const desks = fc.record({
    deviceId: fc.constant(DESK), site: fc.record({ id: fc.constantFrom(SITE, ELSEWHERE), tier: fc.constantFrom('province' as const, 'district' as const) }),
    scope: fc.record({ siteIds: fc.constantFrom<(string[] | null)[]>(null, [SITE]), services: fc.option(fc.subarray([...SERVICES])) }), onDuty: fc.boolean(), personId: fc.constantFrom(PERSON, null),
  });
  fc.assert(fc.property(records, desks, fc.array(fc.integer({ min: 0, max: ALARM_LASTS_MS - 1 }), { minLength: 2, maxLength: 8 }), (what, where, moments) => {
    let before: ReturnType<typeof ringsAt> = null;
    for (const [n, afterMs] of moments.toSorted((a, b) => a - b).entries()) {
      const now = ringsAt(what, where, DEFAULT_PACK, T0 + afterMs);
      if (now !== null && 'kind' in now) expect(ALARM_LEVELS).toContain(now.level);
      if (n > 0) expect(now === null).toBe(before === null);
      if (before !== null && 'kind' in before) {
        expect(now !== null && 'kind' in now && now.level >= before.level).toBe(true);
        if (now !== null && 'kind' in now && now.level > before.level) expect(before.nextAtMs !== null && T0 + afterMs >= before.nextAtMs).toBe(true);
      } else if (before !== null && now !== null && 'kind' in now) expect(T0 + afterMs).toBeGreaterThanOrEqual(before.nextLookMs);
      before = now;
    }
  }));
});
