import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { newId, type Id } from '../../../contract/ids.ts';
import { daysOf, LEAVE, OFF, type RosterPlan } from '../../../contract/roster.ts';
import { THREE_SHIFTS } from '../../../contract/roster-presets.ts';
import { openDatabase } from '../../../db/open.ts';
import { readRosterCopies, readRosterPlan } from '../../../db/stores/roster-plans.ts';
import { createRosters } from '../../../main/roster/rosters.ts';
import { createDraftSaver, type SaveState } from '../../../renderer/draft-saver.ts';
import { KeptHands } from '../../../renderer/screens/roster/kept-hands.ts';
import { mergedPlan } from '../../../renderer/screens/roster/plan-merge.ts';
import { PlanHand } from '../../../renderer/screens/roster/plan-hand.ts';
import { KEY, openDesk } from '../../db/support.ts';
import { undoTo } from '../../db/undo.ts';
import { KEY as DESK_KEY, testDesk } from '../issues/desk.ts';
import { PEOPLE, sessionWith, T0 } from '../issues/support.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => { for (const end of ends.splice(0).reverse()) await end(); });
const MONTH = '2027-09', place = { service: '115' as const, month: MONTH };
const planOf = (rows: Record<number, number>[] = [{}, {}, {}]): RosterPlan => ({ ...place, seats: 1, profile: 'LAB48', shifts: [...THREE_SHIFTS], members: rows.map((cells, n) => ({ personId: null, name: `Mẫu ${n}`, cells: Array.from({ length: daysOf(MONTH) }, (_, day) => cells[day] ?? OFF) })) });
const put = (plan: RosterPlan, row: number, day: number, cell: number): RosterPlan => ({ ...plan, members: plan.members.map((member, at) => (at === row ? { ...member, cells: member.cells.with(day, cell) } : member)) });
const by = (personId: Id) => ({ session: sessionWith({ personId, roles: ['ca_truong'] }), signal: new AbortController().signal });
const [ANN, BA] = PEOPLE as unknown as [Id, Id];

async function desk() {
  const made = await testDesk();
  ends.push(() => made.close());
  const { handlers, close } = createRosters({ reader: made.reader, writer: made.writer, linkIsUp: () => false, correctedNowMs: () => made.now.ms, nowMs: () => made.now.ms, station: () => made.station, log: { error: () => undefined }, onNews: () => undefined });
  ends.push(close);
  /** A window on the month, as the screen has one; nothing is saved or heard but when it is told to. */
  const open = async (personId: Id, aside = 'Bản riêng') => {
    const states: SaveState[] = [];
    const hand: PlanHand = new PlanHand({
      save: async (plan, on) => handlers.save({ plan, aside, ...on }, by(personId)),
      read: async () => handlers.open(place, by(personId)),
      put: plan => { saver.put(plan); },
      dropCopy: (name, page) => { dropped.push(handlers.removeCopy({ ...place, name, page }, by(personId))); },
    }, T0);
    const dropped: unknown[] = [];
    const saver = createDraftSaver<RosterPlan>({ save: () => hand.save(), onState: state => { states.push(state); }, mayRetry: () => false, delayMs: 1e9, retryMs: 1e9 });
    ends.push(async () => { saver.stop(); await Promise.all(dropped); });
    const hear = async (): Promise<void> => { hand.hear(await handlers.open(place, by(personId))); };
    await hear();
    const plan = (): RosterPlan => hand.now.steps!.plan;
    // What joined is sent right behind.
    const flush = async (): Promise<void> => { await saver.flush(); await saver.flush(); await Promise.all(dropped); };
    return { hand, saver, hear, flush, plan, type: (row: number, day: number, cell: number): void => { hand.change(put(plan(), row, day, cell)); }, last: () => states.at(-1)?.kind };
  };
  const kept = (): RosterPlan | undefined => readRosterPlan(made.reader, '115', MONTH)?.plan;
  const copies = (): [string, RosterPlan][] => readRosterCopies(made.reader, '115', MONTH).map(({ name, plan }) => [name, plan]);
  return { made, handlers, open, kept, copies };
}

test('a save that stands on another one than is kept is refused, and nothing is lost: it is kept beside it, also beyond the four, and under a name of its own', async () => {
  const { handlers, kept, copies } = await desk();
  const [one, other] = [newId(T0), newId(T0)];
  const save = async (page: Id, n: number, base: string | null, row: number, aside?: string) => handlers.save({ plan: planOf([{ [row]: (n - 1) % 3 + 1 }]), turn: { page, n }, base, ...aside !== undefined && { aside } }, by(ANN));
  await save(one, 1, null, 0);
  // A window's own save that it has not heard of is nobody else's.
  await save(one, 2, null, 0);
  const { revision } = await handlers.open(place, by(ANN));
  expect(revision).toBe(`${one} 2`);
  await expect(save(other, 1, null, 1, 'Bản riêng')).rejects.toMatchObject({ code: 'roster/moved-on', facts: { aside: 'Bản riêng' } });
  await expect(save(other, 2, 'x', 1)).rejects.toMatchObject({ code: 'roster/moved-on', facts: { aside: null } });
  expect([kept(), copies()]).toEqual([planOf([{ 0: 2 }]), [['Bản riêng', planOf([{ 1: 1 }])]]]);
  await save(other, 3, revision, 1);
  for (const name of ['A', 'B', 'C']) await handlers.saveCopy({ name, plan: planOf([{}]), base: null }, by(ANN));
  await expect(save(one, 3, revision, 0, 'Bản riêng')).rejects.toMatchObject({ facts: { aside: 'Bản riêng 2' } });
  await expect(save(one, 4, revision, 1, 'Bản riêng')).rejects.toMatchObject({ facts: { aside: 'Bản riêng 2' } });
  expect([kept(), copies().length, copies().find(([name]) => name === 'Bản riêng 2')]).toEqual([planOf([{ 1: 3 }]), 5, ['Bản riêng 2', planOf([{ 1: 1 }])]]);
  // What a page said before is late, and no refusal of anything.
  await save(one, 2, null, 0);
  expect(kept()).toEqual(planOf([{ 1: 3 }]));
  // A copy is no different: one that is there is not written over by a new one, and can be saved though there are more than four.
  await expect((async () => handlers.saveCopy({ name: 'A', plan: planOf([{ 0: 1 }]), base: null, turn: { page: one, n: 9 } }, by(BA)))()).rejects.toMatchObject({ code: 'roster/moved-on' });
  const a = (await handlers.copies(place, by(ANN))).find(({ name }) => name === 'A')!;
  await handlers.saveCopy({ name: 'A', plan: planOf([{ 0: 1 }]), base: a.revision, turn: { page: one, n: 10 } }, by(BA));
  expect(copies().find(([name]) => name === 'A')).toEqual(['A', planOf([{ 0: 1 }])]);
});

test('two windows type in other cells: both have all of it, each takes back its own', async () => {
  const { handlers, open, kept, copies } = await desk();
  await handlers.save({ plan: planOf() }, by(ANN));
  const [one, two] = [await open(ANN), await open(BA)];
  one.type(0, 0, 1);
  await one.flush();
  two.type(1, 0, 2);
  two.type(1, 1, 3);
  await two.flush();
  const both = planOf([{ 0: 1 }, { 0: 2, 1: 3 }, {}]);
  expect([two.plan(), kept(), two.hand.now.apart, copies()]).toEqual([both, both, null, []]);
  expect(two.hand.now.joined).toMatchObject({ atMs: expect.any(Number) as number });
  await one.hear();
  expect([one.plan(), one.hand.now.apart]).toEqual([both, null]);
  one.hand.undo();
  await one.flush();
  expect(kept()).toEqual(planOf([{}, { 0: 2, 1: 3 }, {}]));
  await two.hear();
  two.hand.undo();
  two.hand.undo();
  await two.flush();
  expect(kept()).toEqual(planOf());
});

test('two windows change one cell: the later one is asked; its own is kept beside meanwhile, and either choice can be taken back', async () => {
  const { handlers, open, kept, copies } = await desk();
  await handlers.save({ plan: planOf() }, by(ANN));
  const [one, two] = [await open(ANN), await open(BA)];
  one.type(0, 0, 1);
  await one.flush();
  two.type(0, 0, 2);
  await two.flush();
  const [theirs, mine] = [planOf([{ 0: 1 }, {}, {}]), planOf([{ 0: 2 }, {}, {}])];
  expect(two.hand.now.apart).toMatchObject({ theirs, aside: 'Bản riêng' });
  expect([two.plan(), kept(), copies(), two.last()]).toEqual([mine, theirs, [['Bản riêng', mine]], 'saved']);
  // What is typed on is kept beside it too.
  two.type(2, 5, LEAVE);
  await two.flush();
  expect([kept(), copies()]).toEqual([theirs, [['Bản riêng', put(mine, 2, 5, LEAVE)]]]);
  two.hand.settle('theirs');
  await two.flush();
  expect([two.plan(), kept(), two.hand.now.apart, copies()]).toEqual([theirs, theirs, null, []]);
  two.hand.undo();
  await two.flush();
  expect([kept(), copies()]).toEqual([put(mine, 2, 5, LEAVE), []]);
  // The other window has nothing of its own: it shows what is newer.
  await one.hear();
  expect([one.plan(), one.hand.now.apart]).toEqual([put(mine, 2, 5, LEAVE), null]);
  one.type(0, 0, 3);
  two.type(0, 0, 1);
  await two.flush();
  await one.hear();
  await one.flush();
  expect(one.hand.now.apart).not.toBeNull();
  one.hand.settle('mine');
  await one.flush();
  expect([kept()!.members[0]!.cells[0], copies()]).toEqual([3, []]);
  one.hand.undo();
  await one.flush();
  expect(kept()!.members[0]!.cells[0]).toBe(1);
});

test('where people or shifts have changed on one side and cells on the other, somebody is asked; a page that goes leaves its own beside it', async () => {
  const { handlers, open, kept, copies } = await desk();
  await handlers.save({ plan: planOf() }, by(ANN));
  const [one, two] = [await open(ANN), await open(BA)];
  const shorter = planOf([{}, {}]);
  one.hand.change(shorter);
  await one.flush();
  two.type(2, 3, 1);
  // The last words of a page: nobody hears the answer.
  for (const { say } of two.saver.unsaid()) say();
  await expect.poll(copies).toEqual([['Bản riêng', planOf([{}, {}, { 3: 1 }])]]);
  expect(kept()).toEqual(shorter);
});

test('whatever two windows do in rows of their own, in whatever order it is saved and heard, at the end both have all of it', async () => {
  const { handlers, open, kept, copies } = await desk();
  const step = fc.record({ who: fc.nat(1), what: fc.constantFrom('type', 'type', 'type', 'undo', 'redo', 'save', 'hear'), day: fc.nat(3), cell: fc.integer({ min: LEAVE, max: 3 }) });
  // Typed and taken back before it was saved, while the other window saves.
  const TAKEN_BACK = [{ who: 1, what: 'type' as const, day: 3, cell: 3 }, { who: 1, what: 'undo' as const, day: 0, cell: 0 }, { who: 0, what: 'type' as const, day: 1, cell: 1 }, { who: 0, what: 'save' as const, day: 0, cell: 0 }];
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 24 }), async steps => {
    await handlers.save({ plan: planOf() }, by(ANN));
    const windows = [await open(ANN), await open(BA)] as const;
    for (const { who, what, day, cell } of steps) {
      const mine = windows[who]!;
      const row = (): readonly number[] => mine.plan().members[who]!.cells;
      const before = row();
      if (what === 'type') mine.type(who, day, cell);
      else if (what === 'undo') mine.hand.undo();
      else if (what === 'redo') mine.hand.redo();
      else await (what === 'save' ? mine.flush() : mine.hear());
      // Nobody else's touches it.
      if (what === 'save' || what === 'hear') expect(row()).toEqual(before);
    }
    for (const { flush, hear } of [...windows, ...windows]) { await flush(); await hear(); }
    const all = { ...planOf(), members: planOf().members.map((member, row) => ({ ...member, cells: windows[row]?.plan().members[row]!.cells ?? member.cells })) };
    expect([windows[0].plan(), windows[1].plan(), kept(), copies()]).toEqual([all, all, all, []]);
  }), { numRuns: 60, examples: [[TAKEN_BACK]] });
});

test('two plans are put together the same from either side, each cell as whoever has changed it; where both have, otherwise, nothing is made up', () => {
  const cells = fc.array(fc.integer({ min: LEAVE, max: 2 }), { minLength: 4, maxLength: 4 });
  fc.assert(fc.property(cells, cells, cells, (base, mine, theirs) => {
    const plan = (some: readonly number[]): RosterPlan => planOf([{}, Object.fromEntries(some.map((cell, day) => [day, cell]))]);
    const merged = mergedPlan(plan(base), plan(mine), plan(theirs));
    expect(mergedPlan(plan(base), plan(theirs), plan(mine))).toEqual(merged);
    const isClash = base.some((was, day) => mine[day] !== was && theirs[day] !== was && mine[day] !== theirs[day]);
    expect(merged).toEqual(isClash ? null : plan(base.map((was, day) => (mine[day] === was ? theirs[day]! : mine[day]!))));
  }));
});

test('what was typed and taken back, and could not be sent then, takes nothing back of what has come from another window since', async () => {
  const { handlers, open, kept } = await desk();
  await handlers.save({ plan: planOf() }, by(ANN));
  const [one, two] = [await open(ANN), await open(BA)];
  two.type(0, 0, 2);
  two.hand.undo();
  one.type(1, 1, 3);
  await one.flush();
  // It is heard before the save that waits is tried again.
  await two.hear();
  await two.flush();
  expect([kept(), two.plan()]).toEqual([planOf([{}, { 1: 3 }, {}]), planOf([{}, { 1: 3 }, {}])]);
});

test('a month of before has no revision; a window that has read that can save it', async () => {
  const { file, db, close } = openDesk();
  undoTo(db, 159);
  db.prepare('INSERT INTO roster_plan(service, month, data, person_id, saved_at_ms) VALUES (?,?,?,?,?)').run('115', MONTH, JSON.stringify(planOf()), Buffer.alloc(16), T0);
  close();
  const after = openDatabase({ file, keyHex: KEY, role: 'writer' });
  expect(readRosterPlan(after, '115', MONTH)).toMatchObject({ plan: planOf(), revision: '' });
  after.close();
});

test('what somebody has made meanwhile of what was kept beside it stays, whoever is settled with', async () => {
  const { handlers, open, copies } = await desk();
  await handlers.save({ plan: planOf() }, by(ANN));
  const [one, two] = [await open(ANN), await open(BA)];
  one.type(0, 0, 1);
  await one.flush();
  two.type(0, 0, 2);
  await two.flush();
  const aside = (await handlers.copies(place, by(ANN))).find(({ name }) => name === 'Bản riêng')!;
  await handlers.saveCopy({ name: 'Bản riêng', plan: put(aside.plan, 2, 7, 3), base: aside.revision, turn: { page: newId(T0), n: 1 }, aside: 'x' }, by(ANN));
  two.hand.settle('theirs');
  await two.flush();
  expect(copies()).toEqual([['Bản riêng', planOf([{ 0: 2 }, {}, { 7: 3 }])]]);
});

test('plans that differ in the order of their parts alone are the same: nobody is asked', async () => {
  const { handlers, open, kept, copies } = await desk();
  await handlers.save({ plan: planOf() }, by(ANN));
  const [one, two] = [await open(ANN), await open(BA)];
  const plan = one.plan();
  one.hand.change({ ...plan, members: plan.members.map((member, row) => (row === 0 ? { ...member, pins: [3], skills: ['y sĩ'] } : member)) });
  await one.flush();
  await one.hear();
  await two.hear();
  two.type(1, 0, 2);
  await two.flush();
  one.type(2, 0, 3);
  await one.flush();
  expect([one.hand.now.apart, copies()]).toEqual([null, []]);
  expect(kept()?.members.map(({ cells }) => cells[0])).toEqual([OFF, 2, 3]);
});

test('a month that a newer program has written is not written over by who could not read it', async () => {
  const { made, handlers, copies } = await desk();
  await handlers.save({ plan: planOf([{ 0: 2 }]), turn: { page: newId(T0), n: 1 }, base: null }, by(ANN));
  const newer = openDatabase({ file: made.file, keyHex: DESK_KEY, role: 'writer' });
  newer.prepare('UPDATE roster_plan SET data=json_set(data, ?, ?)').run('$.newer', 1);
  newer.close();
  expect((await handlers.open(place, by(ANN))).revision).toBeNull();
  await expect((async () => handlers.save({ plan: planOf([{ 0: 1 }]), turn: { page: newId(T0), n: 1 }, base: null, aside: 'Bản riêng' }, by(BA)))()).rejects.toMatchObject({ code: 'roster/moved-on' });
  expect(copies()).toEqual([['Bản riêng', planOf([{ 0: 1 }])]]);
});

test('a month that a window comes back to is in its hand as it was left: its steps can be taken back, on what another window has saved meanwhile', async () => {
  const { handlers, open, kept, copies } = await desk();
  await handlers.save({ plan: planOf() }, by(ANN));
  const [one, two] = [await open(ANN), await open(BA)], hands = new KeptHands();
  const again = (place: string): PlanHand => hands.of(place, () => ({ hand: new PlanHand({ save: () => Promise.reject(new Error('not saved')), read: () => Promise.reject(new Error('not read')), put: () => undefined, dropCopy: () => undefined }, T0), put: () => undefined })).hand;
  hands.of('115', () => ({ hand: one.hand, put: () => undefined }));
  one.type(0, 0, 1);
  one.type(0, 1, 2);
  await one.flush();
  // Another month is looked at; somebody else works on this one meanwhile.
  again('114');
  await two.hear();
  two.type(1, 0, 3);
  await two.flush();
  expect(again('115')).toBe(one.hand);
  await one.hear();
  expect([one.plan(), one.hand.now.apart, copies()]).toEqual([planOf([{ 0: 1, 1: 2 }, { 0: 3 }, {}]), null, []]);
  one.hand.undo();
  await one.flush();
  expect(kept()).toEqual(planOf([{ 0: 1 }, { 0: 3 }, {}]));
  // The eighth last one is still there, the ninth last one is not; nor is one that was given up.
  for (const n of [1, 2, 3, 4, 5, 6, 7]) again(`month ${n}`);
  expect(again('115')).toBe(one.hand);
  for (const n of [1, 2, 3, 4, 5, 6, 7, 8]) again(`month ${n}`);
  expect(again('115')).not.toBe(one.hand);
  const given = again('115');
  hands.forget('115');
  expect(again('115')).not.toBe(given);
});
