import { afterEach, describe, expect, test } from 'vitest';
import { newId, type Id } from '../../../contract/ids.ts';
import { OFF, type RosterPlan } from '../../../contract/roster.ts';
import { PRESETS, THREE_SHIFTS } from '../../../contract/roster-presets.ts';
import { instantOf } from '../../../contract/time.ts';
import { boardLine } from '../../../main/roster/board.ts';
import { createRosters } from '../../../main/roster/rosters.ts';
import { testDesk } from '../issues/desk.ts';
import { sessionWith, T0 } from '../issues/support.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => { for (const end of ends.splice(0).reverse()) await end(); });
const MONTH = '2027-02';
const [LEAD, A, B, C] = Array.from({ length: 4 }, () => newId(T0)) as [Id, Id, Id, Id];
const call = (personId: Id, roles: ('ca_truong' | 'truc_ban')[], services: null | ['113'] = null) => ({ session: sessionWith({ personId, roles, scope: { siteIds: null, services } }), signal: new AbortController().signal });
const lead = call(LEAD, ['ca_truong']), operator = (personId: Id) => call(personId, ['truc_ban']);

/** Three people who take S, C and Đ in turn on all days but one day off in eight: it lacks people. */
const plan: RosterPlan = { service: '115', month: MONTH, seats: 1, profile: 'LAB48', shifts: [...THREE_SHIFTS], members: [A, B, C].map((personId, at) => ({ personId, name: `Trực Mẫu ${at + 1}`, cells: Array.from({ length: 28 }, (_, day) => ((day + at) % 8 === 7 ? OFF : at + 1)) })) };

async function desk() {
  const made = await testDesk();
  ends.push(() => made.close());
  const { handlers, close } = createRosters({ reader: made.reader, writer: made.writer, linkIsUp: () => false, correctedNowMs: () => made.now.ms, nowMs: () => made.now.ms, station: () => made.station, log: { error: () => undefined }, onNews: () => undefined });
  ends.push(close);
  const first = { plan, from: { edition: 0, approved: 0 }, reason: 'Định biên 3 người (Đ.8.2)' };
  return { made, handlers, first };
}

describe('a published month', () => {
  test('is there with no link at once, says what was accepted and why, and waits for whoever is in it', async () => {
    const { handlers, first } = await desk();
    await expect((async () => handlers.publish({ ...first, reason: null }, lead))()).rejects.toMatchObject({ code: 'roster/reason-needed' });
    expect(await handlers.published({ service: '115', month: MONTH }, operator(A))).toBeNull();
    const view = await handlers.publish(first, lead);
    expect(view).toMatchObject({ sync: 'saved', duty: plan, approved: 0, mustAcknowledge: false, roster: { edition: 1, accepted: { reason: 'Định biên 3 người (Đ.8.2)', byId: LEAD } } });
    expect(view.waitingFor).toEqual([A, B, C]);
    expect(view.roster.accepted?.gaps).toHaveLength(9);
    expect(view.roster.accepted?.broken.map(({ rule }) => rule)).toContain('maxRun');
    // Hours a week and days off are accepted each by itself: 25 shifts in 28 days.
    expect(view.roster.accepted?.broken.filter(({ member, day }) => member === 0 && day === null).map(({ rule, limit, is, allowed }) => [rule, limit, is, allowed])).toEqual([['minutes', 'weekMinutes', 25 * 480, 11_520], ['daysOff', 'daysOff', 3, 4]]);
    expect(await handlers.news({}, operator(A))).toEqual({ acknowledge: 1, answer: 0, decide: 0, places: [{ service: '115', month: MONTH, n: 1 }] });
    expect(await handlers.acknowledge({ id: view.roster.id, changedAtMs: view.roster.changedIn[0]!.atMs }, operator(A))).toMatchObject({ waitingFor: [B, C] });
    expect(await handlers.published({ service: '115', month: MONTH }, call(A, ['truc_ban'], ['113']))).toBeNull();
  });

  test('is what a month that nobody has touched here begins with, changes between people in it', async () => {
    const { made, handlers, first } = await desk();
    const { roster: { id } } = await handlers.publish(first, lead);
    const asked = await handlers.ask({ id, personId: A, day: 0, cell: 1, toId: null, theirDay: null, theirCell: null, reason: 'việc nhà' }, operator(A));
    expect(asked.breaks).toEqual({ [asked.roster.asks[0]!.id]: [] });
    expect([await handlers.news({}, operator(C)), await handlers.news({}, operator(A))].map(({ answer }) => answer)).toEqual([0, 0]);
    await handlers.end({ id, askId: asked.roster.asks[0]!.id, reason: '' }, operator(A));
    // B is off on the seventh day, and could take A's shift there.
    const again = await handlers.ask({ id, personId: A, day: 6, cell: 1, toId: B, theirDay: null, theirCell: null, reason: 'việc nhà' }, operator(A));
    const askId = again.roster.asks[1]!.id;
    expect(again.breaks[askId]?.map(({ member, rule }) => [member, rule])).toContainEqual([1, 'maxRun']);
    expect((await handlers.news({}, operator(B))).answer).toBe(1);
    await handlers.take({ id, askId, personId: B, cell: 1, theirCell: null }, operator(B));
    expect((await handlers.news({}, lead)).decide).toBe(1);
    // Nobody decides on their own shift, an operator on none, and a wish whose shift has begun waits for nobody.
    expect([await handlers.news({}, call(B, ['ca_truong'])), await handlers.news({}, operator(C))].map(({ decide }) => decide)).toEqual([0, 0]);
    const now = made.now.ms;
    made.now.ms = instantOf(2027, 2, 7, 6);
    expect((await handlers.news({}, lead)).decide).toBe(0);
    made.now.ms = instantOf(2027, 3, 1);
    expect((await handlers.news({}, operator(C))).places).toEqual([]);
    made.now.ms = now;
    // It breaks law: that is answered for with a reason.
    await expect((async () => handlers.approve({ id, askId, cell: 1, theirCell: null, reason: '' }, lead))()).rejects.toMatchObject({ code: 'roster/why-needed' });
    const done = await handlers.approve({ id, askId, cell: 1, theirCell: null, reason: 'bù tuần sau' }, lead);
    expect([done.approved, done.duty.members[0]!.cells[6], done.duty.members[1]!.cells[6]]).toEqual([1, OFF, 1]);
    expect((await handlers.open({ service: '115', month: MONTH }, lead)).plan).toEqual(done.duty);
    // The board has the change, for whoever sees the line; others have no line of it, and whoever is at no site of it no names.
    made.now.ms = instantOf(2027, 2, 7, 7);
    expect((await handlers.board({}, lead)).lines.find(({ service }) => service === '115')?.now.map(({ names }) => names)).toEqual([['Trực Mẫu 2']]);
    expect((await handlers.board({}, call(A, ['truc_ban'], ['113']))).lines.map(({ service }) => service)).toEqual(['113']);
    const away = { ...lead, session: sessionWith({ personId: LEAD, roles: ['ca_truong'], scope: { siteIds: [newId(T0)], services: null } }) };
    expect((await handlers.board({}, away)).lines.every(({ week, now }) => week === null && now.length === 0)).toBe(true);
    await expect((async () => handlers.open({ service: '115', month: MONTH }, away))()).rejects.toMatchObject({ code: 'auth/forbidden' });
    made.now.ms = T0;
    await expect(handlers.publish({ plan, from: { edition: 1, approved: 0 }, reason: 'x' }, lead)).rejects.toMatchObject({ code: 'roster/changed' });
  });
});

describe('what is refused', () => {
  test('a first publication that the province has refused stands nowhere, and is put away before another', async () => {
    const { made, handlers, first } = await desk();
    await handlers.publish(first, lead);
    const n = made.reader.prepare<[], number>('SELECT n FROM outbox').pluck().get()!;
    await made.writer.call('sync.applyPage', { rows: [], cursor: 'c9', verdicts: [{ n, seq: 0, status: 'rejected', error: { code: 'roster/changed', facts: {} } }], atMs: T0 });
    expect(await handlers.published({ service: '115', month: MONTH }, lead)).toBeNull();
    expect((await handlers.news({}, operator(A))).places).toEqual([]);
    await expect((async () => handlers.publish(first, lead))()).rejects.toMatchObject({ code: 'roster/refused-here' });
  });

  test('more breaches than there is room for are counted, and what is published says so', async () => {
    const { handlers } = await desk();
    const day = PRESETS.day48.shifts[0]!;
    const crowd = { ...plan, seats: 9, shifts: [day], members: Array.from({ length: 60 }, (_, at) => ({ personId: newId(T0 + at), name: `Trực Mẫu ${at}`, cells: plan.members[0]!.cells.map(() => 1) })) };
    const { accepted } = (await handlers.publish({ plan: crowd, from: { edition: 0, approved: 0 }, reason: 'thử' }, lead)).roster;
    expect([accepted?.broken.length, accepted!.more > 0, accepted!.broken.length + accepted!.more]).toEqual([1_000, true, (await handlers.check(crowd, lead)).broken.length]);
  });
});

describe('the board', () => {
  const line = (iso: string, planOf: (month: string) => RosterPlan | null = month => (month === MONTH ? plan : null)) => boardLine('115', Date.parse(`${iso}+07:00`), planOf);

  test('knows who is on duty, in a night that began yesterday too, and who comes next', () => {
    expect(line('2027-02-02T05:59')).toMatchObject({ now: [{ code: 'Đ', names: ['Trực Mẫu 3'], seats: 1 }], next: [{ code: 'S', names: ['Trực Mẫu 1'] }] });
    expect(line('2027-02-02T06:00')).toMatchObject({ now: [{ code: 'S' }], next: [{ code: 'C', names: ['Trực Mẫu 2'] }] });
    expect(line('2027-02-02T23:00')).toMatchObject({ now: [{ code: 'Đ', fromMs: instantOf(2027, 2, 2, 22), toMs: instantOf(2027, 2, 3, 6) }], next: [{ code: 'S' }] });
  });

  test('over the ends of months and weeks, and where only one of two months is published', () => {
    expect(line('2027-03-01T03:00')).toMatchObject({ now: [{ code: 'Đ', names: ['Trực Mẫu 3'] }], next: [], isPublished: false });
    expect(line('2027-02-01T03:00')).toMatchObject({ now: [], next: [{ code: 'S' }], isPublished: true });
    const week = line('2027-02-28T12:00').week!;
    expect([week[0]!.dayMs, week[6]!.dayMs]).toEqual([instantOf(2027, 2, 22), instantOf(2027, 2, 28)]);
    expect(line('2027-01-31T12:00').week).toBeNull();
    expect(line('2027-03-01T12:00', month => (month === '2027-03' ? { ...plan, month, members: plan.members.map(one => ({ ...one, cells: [...one.cells, 0, 0, 0] })) } : null)).week?.map(({ shifts }) => shifts.length)).toEqual([3, 3, 3, 3, 3, 3, 3]);
  });

  test('has two shifts where they overlap, the earlier first; seats are the plan\'s', () => {
    const day = PRESETS.day48.shifts[0]!;
    const mixed = { ...plan, seats: 2, shifts: [THREE_SHIFTS[1]!, day] };
    expect(line('2027-02-02T15:00', month => (month === MONTH ? mixed : null)).now.map(({ code, seats }) => [code, seats])).toEqual([['T', 2], ['C', 2]]);
  });
});
