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
import { testDesk, type Desk } from '../issues/desk.ts';
import { issueWith, sessionWith, T0 } from '../issues/support.ts';

const { repeatSeconds, escalateSeconds, perMinute } = DEFAULT_PACK.alarms;
const SECOND_MS = 1_000;
const ends: (() => Promise<void>)[] = [];
afterEach(async () => { for (const end of ends.splice(0)) await end(); });

interface Stage { desk: Desk; time: VirtualTime; calls: AlarmCall[]; who: { session: Session | null }; state(): AlarmState; hear(): void; alarms: Alarms; province(...issues: Issue[]): Promise<void>; pass(seconds: number): Promise<void> }

/** A desk at which somebody of all lines is on duty, unless told otherwise, with time that passes only when asked to. */
async function stage(session: Session | null = sessionWith()): Promise<Stage> {
  const desk = await testDesk();
  const time = new VirtualTime();
  const who = { session };
  const calls: AlarmCall[] = [];
  const begin = () => {
    const alarms = new Alarms({ reader: desk.reader, writer: desk.writer, timers: time, log: silentLog, correctedNowMs: () => T0 + time.nowMs(), station: () => desk.station, currentSession: () => who.session });
    alarms.onCall(call => { calls.push(call); });
    return alarms;
  };
  const alarms = begin();
  ends.push(async () => { alarms.close(); await desk.close(); });
  const seq = { n: 100 };
  const state = () => AlarmState.parse(alarms.handlers.state({}, { session: who.session, signal: new AbortController().signal }));
  return {
    desk, time, calls, who, state, alarms,
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
    await province(call({ description: 'Ông Mẫu ngất', place: { text: 'Nhà ông Mẫu', areaId: null, landmark: 'cạnh nhà bà Mẫu', lat: null, lon: null }, reporter: { anonymous: false, name: 'Nguyễn Văn Mẫu', phone: '0271555418', relation: 'con' } }));
    expect(JSON.stringify(state())).not.toMatch(/Mẫu|0271|ngất/);
    expect(state().total).toBe(1);
  });

  test('the most urgent first, whichever came first', async () => {
    const { province, state } = await stage();
    const [p2, offer, p1] = [call({ severity: 'P2' }), call({ severity: 'P3', state: 'in_progress', handOff: { to: '114', byId: newId(T0), atMs: T0, note: '' } }), call({ receivedAtMs: T0 + 50 })];
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
  who.session = sessionWith({ roles: ['phan_tich'] });
  alarms.lookSoon();
  await pass(1);
  expect(state()).toMatchObject({ total: 0, sound: null });
});

test('beats that no window has played are said aloud, until one has', async () => {
  const { province, pass, state, hear, calls } = await stage();
  await province(call());
  await pass(2 * repeatSeconds - 1);
  expect(state()).toMatchObject({ beat: 2, unheard: false });
  await pass(repeatSeconds);
  expect(state()).toMatchObject({ beat: 3, unheard: true });
  expect(calls.at(-1)).toEqual({ ringing: true, unheard: true });
  hear();
  expect(state().unheard).toBe(false);
  expect(calls.at(-1)).toEqual({ ringing: true, unheard: false });
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

test('it is found through its two small indexes, however many records there are', async () => {
  const { desk, province } = await stage();
  await province(call());
  const plan = (sql: string) => JSON.stringify(desk.reader.prepare(`EXPLAIN QUERY PLAN ${sql}`).all());
  expect(plan('SELECT id FROM issue INDEXED BY ix_waiting WHERE is_open = 1 AND state = 0 AND severity IN (0, 1) AND received_at > 5')).toContain('SEARCH issue USING INDEX ix_waiting (severity=? AND received_at>?)');
  expect(plan('SELECT id FROM issue INDEXED BY ix_offered WHERE is_open = 1 AND lines <> 0')).toContain('ix_offered');
});
