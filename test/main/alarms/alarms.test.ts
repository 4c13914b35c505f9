import { afterEach, describe, expect, test } from 'vitest';
import { AlarmState } from '../../../contract/alarms.ts';
import type { Session } from '../../../contract/console.ts';
import { newId } from '../../../contract/ids.ts';
import type { Issue } from '../../../contract/issue.ts';
import { DEFAULT_PACK } from '../../../contract/policy/default-pack.ts';
import type { Row } from '../../../contract/province.ts';
import { Alarms, type AlarmCall } from '../../../main/alarms/alarms.ts';
import { silentLog } from '../../support/silent-log.ts';
import { VirtualTime } from '../../sim/time.ts';
import { AREA, testDesk, type Desk } from '../issues/desk.ts';
import { issueWith, PEOPLE, sessionWith, SITES, T0 } from '../issues/support.ts';

const { repeatSeconds, escalateSeconds, perMinute } = DEFAULT_PACK.alarms;
const SECOND_MS = 1_000;
const ends: (() => Promise<void>)[] = [];
afterEach(async () => { for (const end of ends.splice(0)) await end(); });

interface Stage { desk: Desk; skew: { ms: number }; time: VirtualTime; calls: AlarmCall[]; who: { session: Session | null }; state(): AlarmState; hear(): void; alarms: Alarms; province(...issues: Issue[]): Promise<void>; pass(seconds: number): Promise<void> }

/** A desk at which somebody of all lines is on duty, unless told otherwise, with time that passes only when asked to. */
async function stage(session: Session | null = sessionWith()): Promise<Stage> {
  const desk = await testDesk();
  const time = new VirtualTime();
  const skew = { ms: 0 };
  const who = { session };
  const calls: AlarmCall[] = [];
  const begin = () => {
    const alarms = new Alarms({ reader: desk.reader, writer: desk.writer, timers: time, log: silentLog, correctedNowMs: () => T0 + time.nowMs() + skew.ms, station: () => desk.station, currentSession: () => who.session });
    alarms.onCall(call => { calls.push(call); });
    return alarms;
  };
  const alarms = begin();
  ends.push(async () => { alarms.close(); await desk.close(); });
  const seq = { n: 100 };
  const state = () => AlarmState.parse(alarms.handlers.state({}, { session: who.session, signal: new AbortController().signal }));
  return {
    desk, time, skew, calls, who, state, alarms,
    hear() { alarms.handlers.heard({ beat: state().beat }); },
    async province(...issues) {
      const rows = issues.map((issue): Row => ({ kind: 'issue', id: issue.id, seq: ++seq.n, deleted: false, data: { ...issue } }));
      await desk.writer.call('sync.applyPage', { rows, cursor: `c${seq.n}`, verdicts: [], atMs: T0 });
      await time.runFor(200);
    },
    pass: seconds => time.runFor(seconds * SECOND_MS),
  };
}
const call = (some: Partial<Issue> = {}) => issueWith({ id: newId(T0), class: 'incident', service: '115', severity: 'P1', displayNo: '115-2026-000123', receivedAtMs: T0, ...some });
const taken = (issue: Issue): Issue => ({ ...issue, acknowledged: { byId: issue.authorId, deviceId: issue.stationId, atMs: T0 } });

describe('what comes from the province rings at the desk', () => {
  test('at once, again and again, and until somebody anywhere has taken it up', async () => {
    const { province, pass, state, hear, calls } = await stage();
    const one = call();
    await province(one);
    expect(state()).toMatchObject({ total: 1, beat: 1, sound: 'life', mayTake: true, alarms: [{ issueId: one.id, no: '115-2026-000123', kind: 'new', level: 0 }] });
    hear();
    await pass(repeatSeconds);
    expect(state().beat).toBe(2);
    await pass(3 * repeatSeconds);
    expect(state().beat).toBe(5);
    await province(taken(one));
    expect(state()).toMatchObject({ total: 0, sound: null, alarms: [] });
    expect(calls.at(-1)).toEqual({ ringing: false, unheard: false });
    const { beat } = state();
    await pass(10 * repeatSeconds);
    expect(state().beat).toBe(beat);
  });

  test('it tells of nobody and of nothing that anybody said', async () => {
    const { province, state } = await stage();
    await province(call({ category: 'Ông Mẫu 0271555418', description: 'Ông Mẫu ngất', place: { text: 'Nhà ông Mẫu', areaId: PEOPLE[1], landmark: 'cạnh nhà bà Mẫu', lat: null, lon: null }, reporter: { anonymous: false, name: 'Nguyễn Văn Mẫu', phone: '0271555418', relation: 'con' } }));
    expect(JSON.stringify(state())).not.toMatch(/Mẫu|0271|ngất/);
    expect(state()).toMatchObject({ total: 1, alarms: [{ category: 'unknown', area: '' }] });
    await province(call({ receivedAtMs: T0 - 1, category: DEFAULT_PACK.categories[0]!.code, place: { text: '', areaId: AREA.id, landmark: '', lat: null, lon: null } }));
    expect(state().alarms[0]).toMatchObject({ category: DEFAULT_PACK.categories[0]!.code, area: AREA.name });
  });

  test('the most urgent first, whichever came first', async () => {
    const { province, state } = await stage();
    const [p2, offer, p1] = [call({ severity: 'P2' }), call({ severity: 'P3', state: 'in_progress', handOff: { to: '114', byId: newId(T0), atMs: T0 + 20, note: '' } }), call({ receivedAtMs: T0 + 50 })];
    await province(p2);
    await province(offer, p1);
    expect(state().alarms.map(({ issueId, sound }) => [issueId, sound])).toEqual([[p1.id, 'life'], [p2.id, 'emergency'], [offer.id, 'handOff']]);
    expect(state().sound).toBe('life');
  });
});

test('a flood gives one steady call: no more beats at once than the policy lets come in a minute, and what is not listed is counted', async () => {
  const { province, pass, state, hear } = await stage();
  for (let i = 0; i < 40; i += 1) {
    await province(call());
    hear();
  }
  expect(state()).toMatchObject({ total: 40, beat: perMinute });
  expect(state().alarms).toHaveLength(20);
  await pass(repeatSeconds);
  expect(state().beat).toBe(perMinute + 1);
});

test('commits that follow one another without a pause do not put an alarm off', async () => {
  const { desk, time, state } = await stage();
  const one = call();
  await desk.writer.call('sync.applyPage', { rows: [{ kind: 'issue', id: one.id, seq: 101, deleted: false, data: { ...one } }], cursor: 'c101', verdicts: [], atMs: T0 });
  for (let i = 0; i < 5; i += 1) {
    await time.runFor(50);
    const other = call({ severity: 'P4' });
    await desk.writer.call('sync.applyPage', { rows: [{ kind: 'issue', id: other.id, seq: 102 + i, deleted: false, data: { ...other } }], cursor: `c${102 + i}`, verdicts: [], atMs: T0 });
  }
  expect(state()).toMatchObject({ total: 1, beat: 1 });
});

test('what nobody takes up at its line rings at the others of the centre, and says so once more at once', async () => {
  const { province, pass, state } = await stage(sessionWith({ scope: { siteIds: null, services: ['113'] } }));
  await province(call());
  expect(state().total).toBe(0);
  await pass(escalateSeconds + 1);
  expect(state()).toMatchObject({ total: 1, beat: 1, alarms: [{ level: 1 }] });
});

test('a desk that nobody is at rings later than those on duty; who signs in hears it at once, and who may not take it up does not', async () => {
  const { province, pass, state, who, alarms } = await stage(null);
  await province(call());
  expect(state()).toMatchObject({ total: 0, mayTake: false });
  who.session = sessionWith();
  alarms.lookSoon();
  await pass(1);
  expect(state()).toMatchObject({ total: 1, mayTake: true });
  who.session = sessionWith({ locked: true });
  expect(state()).toMatchObject({ total: 1, mayTake: false });
});

test('whoever is signed in without the right does not silence the desk of a centre where nobody else is: it rings there as where nobody is signed in, and is not theirs to take up', async () => {
  const { province, pass, state } = await stage(sessionWith({ roles: ['phan_tich'] }));
  await province(call());
  expect(state().total).toBe(0);
  await pass(escalateSeconds + 1);
  expect(state()).toMatchObject({ total: 1, mayTake: false, alarms: [{ mine: false }] });
});

test('a line called to a record that another has taken up rings at its desks, and at the caller’s once nobody answers, until somebody of it has', async () => {
  const { province, pass, state, who, alarms } = await stage(sessionWith({ scope: { siteIds: null, services: ['113'] } }));
  const caller = newId(T0);
  const one = { ...taken(call({ service: '114' })), lines: ['113' as const], asked: [{ line: '113' as const, byId: caller, atMs: T0 }] };
  await province(one);
  expect(state()).toMatchObject({ total: 1, alarms: [{ kind: 'join', sound: 'life', service: '114', line: '113', level: 0, mine: true }] });
  who.session = sessionWith({ personId: caller, scope: { siteIds: null, services: ['114'] } });
  alarms.lookSoon();
  await pass(escalateSeconds + 1);
  expect(state()).toMatchObject({ total: 1, alarms: [{ kind: 'join', line: '113', level: 1, mine: false }] });
  await province({ ...one, asked: [] });
  expect(state().total).toBe(0);
});

test('an offer that nobody answers rings again with whoever made it, who may not take it up', async () => {
  const { province, pass, state } = await stage();
  await province(...PEOPLE.map(byId => call({ displayNo: byId, severity: 'P3', state: 'in_progress', handOff: { to: '114', byId, atMs: T0, note: '' } })));
  await pass(escalateSeconds + 1);
  expect(state().alarms.map(({ no, mine }) => [no, mine])).toEqual([[PEOPLE[1], true], [PEOPLE[0], false]]);
});

test('one’s own line comes first, though another’s has rung for longer: F9 never meets what one may not take up', async () => {
  const { province, pass, state } = await stage(sessionWith({ scope: { siteIds: null, services: ['115'] } }));
  await province(call({ service: '113' }));
  await pass(escalateSeconds + 1);
  expect(state().alarms.map(({ service, mine }) => [service, mine])).toEqual([['113', false]]);
  await province(call({ receivedAtMs: T0 + 60_000 }));
  expect(state().alarms.map(({ service, mine }) => [service, mine])).toEqual([['115', true], ['113', false]]);
  await province(call({ service: '114', severity: 'P2', receivedAtMs: T0 + 60_000 }));
  expect(state().sound).toBe('life');
});

describe('no way of receiving keeps a P1 silent', () => {
  test('a form that was open for long: it counts from when it was saved, at the desks of the line first', async () => {
    const { province, pass, state } = await stage(sessionWith({ scope: { siteIds: null, services: ['113'] } }));
    const saved = call({ receivedAtMs: T0 - 13 * 3_600_000, history: [{ atMs: T0, byId: PEOPLE[0], deviceId: newId(T0), action: 'issue.receive', to: 'received', severity: 'P1', service: '115' }] });
    await province(saved);
    expect(state().total).toBe(0);
    await pass(escalateSeconds + 1);
    expect(state()).toMatchObject({ total: 1, alarms: [{ level: 1 }] });
  });

  test('a level that was raised to P1 later rings from then on', async () => {
    const { province, state } = await stage();
    const entry = { byId: PEOPLE[0], deviceId: newId(T0) };
    await province(call({ receivedAtMs: T0 - 20 * 3_600_000, history: [
      { ...entry, atMs: T0 - 20 * 3_600_000, action: 'issue.receive', to: 'received', severity: 'P3', service: '115' }, { ...entry, atMs: T0, action: 'issue.edit', severity: 'P1' },
    ] }));
    expect(state()).toMatchObject({ total: 1, alarms: [{ level: 0, sinceMs: T0 }] });
  });

  test('a call joined to a calmer record, or to one that is done with, rings by itself; joined to one as urgent, that stands for it', async () => {
    const { province, state } = await stage();
    const join = (root: Issue) => call({ merges: [{ edgeId: newId(T0), parentId: root.id, byId: PEOPLE[0], atMs: T0 }] });
    const resolved = { atMs: T0 - 10, byId: PEOPLE[0], deviceId: newId(T0), action: 'issue.resolve', to: 'resolved' as const };
    const [calm, done, urgent] = [call({ severity: 'P4' }), call({ state: 'resolved', history: [resolved] }), taken(call())];
    const [a, b, c] = [join(calm), join(done), join(urgent)];
    await province(calm, done, urgent, a, b, c);
    expect(state().alarms.map(({ issueId }) => issueId).toSorted()).toEqual([a.id, b.id].toSorted());
    // Joined with the one that is done with by another's edge: nobody can say that it was looked at with it.
    const [older, beside] = [call({ id: newId(T0 - 10_000), state: 'resolved', history: [resolved] }), call()];
    const between = taken(call({ merges: [older, beside].map(({ id }) => ({ edgeId: newId(T0), parentId: id, byId: PEOPLE[0], atMs: T0 - 20 })) }));
    await province(older, beside, between);
    expect(state().alarms.map(({ issueId }) => issueId)).toContain(beside.id);
  });

  test('once its case has been worked and closed, or done with after the call was joined, the call is silent with it', async () => {
    const { province, state } = await stage();
    const step = (to: 'resolved' | 'closed', atMs: number) => ({ atMs, byId: PEOPLE[0], deviceId: newId(T0), action: `issue.${to}`, to });
    const roots = [call({ state: 'resolved', history: [step('resolved', T0 + 10)] }), call({ state: 'closed', severity: 'P4', history: [step('resolved', T0 + 10), step('closed', T0 + 20)] }), call({ state: 'resolved', history: [step('resolved', T0 - 10)] })];
    const parts = roots.map(root => call({ merges: [{ edgeId: newId(T0), parentId: root.id, byId: PEOPLE[0], atMs: T0 }] }));
    await province(...roots, ...parts);
    expect(state().alarms.map(({ issueId }) => issueId)).toEqual([parts[2]!.id]);
  });

  test('nor does a clock that is corrected, either way', async () => {
    const { province, pass, state, skew, desk } = await stage();
    await province(call({ stationId: desk.station.deviceId }));
    await pass(escalateSeconds + 10);
    expect(state()).toMatchObject({ total: 1, alarms: [{ level: 1 }] });
    for (const hours of [-2, 13, -0.01, 0]) {
      skew.ms = hours * 3_600_000;
      await pass(31);
      expect(state().total, `${hours} h`).toBe(1);
    }
  });

  test('nor do hours: it rings on until somebody has taken it up; what came in with a file does not', async () => {
    const { province, pass, state } = await stage();
    const long = 13 * 3_600_000;
    const receipt = (atMs: number) => [{ atMs, byId: PEOPLE[0], deviceId: newId(T0), action: 'issue.receive', to: 'received' as const, severity: 'P1' as const, service: '115' as const }];
    const old = call({ receivedAtMs: T0 - 30 * 86_400_000, history: receipt(T0 - 30 * 86_400_000) });
    await province(old, call({ channel: 'import', receivedAtMs: T0 - long, history: receipt(T0 - long) }), ...Array.from({ length: 510 }, () => call({ channel: 'import', receivedAtMs: T0 - 20 * 86_400_000, history: receipt(T0 - 20 * 86_400_000) })));
    expect(state()).toMatchObject({ total: 1, alarms: [{ issueId: old.id, level: 2 }] });
    await pass(13 * 3_600);
    expect(state().total).toBe(1);
    await province(taken(old));
    expect(state().total).toBe(0);
  });

  test('nor do hundreds of older ones of another line', async () => {
    const { province, state } = await stage(sessionWith({ scope: { siteIds: null, services: ['115'] } }));
    await province(...Array.from({ length: 510 }, () => call({ service: '113', receivedAtMs: T0 - 5_000, siteId: SITES[1] })));
    await province(call());
    expect(state()).toMatchObject({ total: 1, alarms: [{ service: '115' }] });
  });

  test('nor an offer: of what nobody has taken up, the line rings on that had it', async () => {
    const { province, pass, state } = await stage(sessionWith({ scope: { siteIds: null, services: ['115'] } }));
    const one = call();
    await province(one);
    await pass(30);
    await province({ ...one, handOff: { to: '114', byId: PEOPLE[1], atMs: T0 + 30_000, note: '' } });
    expect(state()).toMatchObject({ total: 1, alarms: [{ kind: 'new' }] });
  });
});

test('beats that no window has played are said aloud, until one has; one that has not come yet none has', async () => {
  const { province, pass, state, hear, calls, alarms } = await stage();
  await province(call());
  await pass(2 * repeatSeconds - 1);
  expect(state()).toMatchObject({ beat: 2, unheard: false });
  await pass(repeatSeconds);
  expect(state()).toMatchObject({ beat: 3, unheard: true });
  expect(calls.at(-1)).toEqual({ ringing: true, unheard: true });
  hear();
  expect(state().unheard).toBe(false);
  expect(calls.at(-1)).toEqual({ ringing: true, unheard: false });
  alarms.handlers.heard({ beat: 99 });
  await pass(3 * repeatSeconds);
  expect(state()).toMatchObject({ beat: 6, unheard: true });
});

test('ringing that stops and begins again and again gives no more beats in a minute either', async () => {
  const { province, state } = await stage();
  for (let i = 0; i < 2 * perMinute; i += 1) {
    const one = call();
    await province(one);
    await province(taken(one));
  }
  expect(state().beat).toBe(perMinute);
});

test('a core that is started anew rings on', async () => {
  const { province, desk, time, alarms } = await stage();
  await province(call());
  alarms.close();
  const again = new Alarms({ reader: desk.reader, writer: desk.writer, timers: time, log: silentLog, correctedNowMs: () => T0 + time.nowMs(), station: () => desk.station, currentSession: () => sessionWith() });
  await time.runFor(200);
  expect(again.handlers.state({}, { session: sessionWith(), signal: new AbortController().signal })).toMatchObject({ total: 1, beat: 1 });
  again.close();
});

test('the sound test counts for the person and the shift it was made in, and stands in the audit trail', async () => {
  const { state, alarms, who, desk } = await stage();
  expect(state().soundTest).toBeNull();
  const session = who.session!;
  await alarms.handlers.noteTest({ heard: false }, { session, signal: new AbortController().signal });
  expect(state().soundTest).toEqual({ atMs: T0, heard: false });
  const audit = desk.reader.prepare<unknown[], { action: string; subject: string }>(`SELECT action, subject FROM audit WHERE action = 'alarm.soundTest'`).all();
  expect(audit).toEqual([{ action: 'alarm.soundTest', subject: 'not-heard' }]);
  who.session = { ...session, signedInAtMs: T0 + 1 };
  expect(state().soundTest).toBeNull();
});
