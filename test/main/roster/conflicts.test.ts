import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { daysOf, LEAVE, OFF, type RosterPlan } from '../../../contract/roster.ts';
import { withoutShifts, type ConflictRule, type RosterConflicts, type RuleGroup } from '../../../contract/roster-explain.ts';
import { THREE_SHIFTS } from '../../../contract/roster-presets.ts';
import { conflictsIn, conflictsOf, lineWith, seatsProblem, type Fill } from '../../../main/roster/conflicts.ts';
import { fillSeats } from '../../../main/roster/engine/fill.ts';
import { Filler } from '../../../main/roster/engine/filler.ts';
import { loadHighs } from '../../../main/roster/engine/highs.ts';
import { turnLines, type LinePlan } from '../../../main/roster/model.ts';
import { BARE, type Ground } from '../../../main/roster/plan-check.ts';
import { PROPOSED_RULES } from '../../../main/roster/rules.ts';
import { checkRoster } from './check.ts';

const stage: { filler: Filler } = Object.create(null);
beforeAll(() => { stage.filler = new Filler(); stage.filler.warm(); });
afterAll(() => stage.filler.close());

const NEVER = new AbortController().signal;
const fill: Fill = (problem, line) => stage.filler.ask({ problem, turns: turnLines(line), ms: 10_000 }, NEVER);
const month = (seats: number, people: number, some: Partial<RosterPlan> = {}): RosterPlan => ({
  service: '115', month: '2026-08', seats, profile: 'LAB48', shifts: [...THREE_SHIFTS], ...some,
  members: Array.from({ length: people }, (_, i) => ({ personId: null, name: `Mẫu ${i + 1}`, cells: Array.from({ length: daysOf(some.month ?? '2026-08') }, () => OFF) })),
});
const told = ({ conflicts }: RosterConflicts): string[] => conflicts.map(({ rules, able }) => `${rules.map(({ group }) => group).join(' ')} ${able ?? ''}`);

test('the lines of the regulation: hours and days off are what three and six people cannot hold, of seven it is the hours alone, and no rule of the house is blamed (roster, §4, 3)', async () => {
  for (const [seats, people, able] of [[1, 3, 78], [2, 6, 156], [2, 7, 182]] as const) {
    const begun = performance.now();
    const isTight = 27 * people >= seats * 93;
    // Days off leave seven people three shifts more than there are: whether anything else conflicts takes long to decide.
    const found = await conflictsOf(month(seats, people), BARE, fill, () => isTight && performance.now() - begun > 2_000);
    console.info(`conflicts, ${people} people on ${seats} seats: ${Math.round(performance.now() - begun)} ms`);
    expect([found.state, isTight || found.isComplete, told(found)]).toEqual(['conflict', true, [`weekMinutes ${able}`, ...isTight ? [] : [`daysOff ${27 * people}`]]]);
    expect(found.conflicts[0]!.rules).toEqual([{ group: 'weekMinutes', value: 2_880, source: 'Điều 105 Bộ luật Lao động 2019', binds: 'law' }]);
  }
  expect(await conflictsOf(month(1, 4), BARE, fill, () => false)).toEqual({ state: 'none', conflicts: [], isComplete: true });
});

test('two people for three shifts a day are too few without any rule; where nothing else conflicts, a rule of the house is named', async () => {
  expect(told(await conflictsOf(month(1, 2), BARE, fill, () => false))).toEqual([' 62']);
  const onlyHouse: Ground = { brought: [], rules: { ...PROPOSED_RULES, LAB48: PROPOSED_RULES.LAB48.filter(({ limit }) => limit === 'maxRun' || limit === 'restMinutes') } };
  const { state, conflicts, isComplete } = await conflictsOf(month(1, 3), onlyHouse, fill, () => false);
  expect([state, isComplete, conflicts.map(({ rules }) => rules.map(({ group, binds }) => `${group} ${binds}`))]).toEqual(['conflict', true, [['maxRun house']]]);
});

test('duty at another desk is told as what was entered, and no law is blamed for it', async () => {
  const plan = month(1, 4), HOUR = 60, DAY = 1_440;
  const there = { desk: 'camera' as const, day: 9, fromMin: 9 * DAY + 6 * HOUR, toMin: 9 * DAY + 30 * HOUR, minutes: 24 * HOUR };
  const { state, conflicts } = await conflictsOf(plan, { ...BARE, elsewhere: plan.members.map(() => [there]) }, fill, () => false);
  expect([state, conflicts.map(({ rules }) => rules.map(({ group, binds }) => `${group} ${binds}`))]).toEqual(['conflict', [['leave entered']]]);
});

test('what takes too long is said to be not decided, and nothing is claimed', async () => {
  const never: Fill = () => Promise.resolve(null);
  expect(await conflictsOf(month(1, 4), BARE, never, () => false)).toEqual({ state: 'undecided', conflicts: [], isComplete: false });
  const { state, isComplete, conflicts } = await conflictsOf(month(1, 3), BARE, never, () => true);
  expect([state, isComplete]).toEqual(['conflict', false]);
  // Arithmetic needs nobody: what it says holds.
  for (const { isLeast, rules } of conflicts) expect(rules.length > 1 && isLeast).toBe(false);
  const callOff = new AbortController();
  callOff.abort();
  expect(await stage.filler.ask({ problem: seatsProblem({ days: 28, firstWeekday: 0, shifts: THREE_SHIFTS, need: new Int32Array(84), members: [] }), turns: [], ms: 1_000 }, callOff.signal)).toBeNull();
});

test('typed shifts change no answer: leave and pins alone are asked with', () => {
  const plan = month(1, 1);
  const [cells, pins] = [[1, LEAVE, 2, 3], [2]];
  const typed = { ...plan, members: [{ ...plan.members[0]!, cells: plan.members[0]!.cells.map((cell, day) => cells[day] ?? cell), pins }] };
  expect(withoutShifts(typed).members[0]!.cells.slice(0, 5)).toEqual([OFF, LEAVE, 2, OFF, OFF]);
});

/** Every line of so many days that a person's limits allow, found by trying all of them. */
function linesOf(line: LinePlan, person: number): Int8Array[] {
  const problem = seatsProblem(line);
  const one = { ...problem, people: [problem.people[person]!] };
  return Array.from({ length: (line.shifts.length + 1) ** line.days }, (_, n) => Int8Array.from({ length: line.days }, (_day, day) => Math.floor(n / (line.shifts.length + 1) ** day) % (line.shifts.length + 1)))
    .filter(cells => checkRoster(one, [cells]).violations.length === 0);
}

/** Whether somebody is in every seat in some mixture of their lines: all are tried. */
function canBeFilled(line: LinePlan): boolean {
  const options = line.members.map((_, person) => linesOf(line, person));
  const worked = new Int32Array(line.need.length), kinds = line.shifts.length;
  const fits = (person: number): boolean => {
    if (person === options.length) return worked.every((is, at) => is >= line.need[at]!);
    return options[person]!.some(cells => {
      for (const [day, cell] of cells.entries()) if (cell > 0) worked[day * kinds + cell - 1]! += 1;
      const is = fits(person + 1);
      for (const [day, cell] of cells.entries()) if (cell > 0) worked[day * kinds + cell - 1]! -= 1;
      return is;
    });
  };
  return fits(0);
}

test('on small months every smallest conflict is found, and nothing else, as trying all rosters says', async () => {
  const highs = await loadHighs();
  const days = 5;
  await fc.assert(fc.asyncProperty(fc.record({
    people: fc.integer({ min: 1, max: 3 }), need: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 2 * days, maxLength: 2 * days }), leave: fc.uniqueArray(fc.integer({ min: 0, max: days - 1 }), { maxLength: 2 }),
    rest: fc.constantFrom(0, 720), run: fc.integer({ min: 1, max: 4 }), nights: fc.integer({ min: 1, max: 4 }), minRun: fc.integer({ min: 1, max: 2 }), off: fc.integer({ min: 0, max: 18 }),
  }), async ({ people, need, leave, rest, run, nights, minRun, off }) => {
    const values = { restMinutes: rest, weekMinutes: 10_080, daysOff: off, maxRun: run, maxNights: nights, minRun, minRest: 1 };
    const line: LinePlan = {
      days, firstWeekday: 0, shifts: [THREE_SHIFTS[0]!, THREE_SHIFTS[2]!], need: Int32Array.from(need),
      members: Array.from({ length: people }, (_, at) => ({ code: String(at), rules: values, leave: at === 0 ? leave : [], before: { run: 0, shift: null } })),
    };
    const rules: ConflictRule[] = (['restMinutes', 'daysOff', 'leave', 'maxRun', 'maxNights', 'minRun'] as const).map(group => ({ group, value: null, source: null, binds: group === 'leave' ? 'entered' : group === 'restMinutes' || group === 'daysOff' ? 'law' : 'house' }));
    const groups = rules.map(({ group }) => group);
    const found = await conflictsIn(line, rules, problem => Promise.resolve(fillSeats(problem, highs, { ms: 5_000, shouldStop: () => false, turns: [] })), () => false);
    const sets = Array.from({ length: 2 ** groups.length }, (_, n) => groups.filter((_group, at) => (n >> at) % 2 === 1)).sort((a, b) => a.length - b.length);
    const isLaw = (some: RuleGroup[]): boolean => some.every(group => group === 'restMinutes' || group === 'daysOff' || group === 'leave');
    const fails = sets.filter(some => !canBeFilled(lineWith(line, new Set(some))));
    const least = fails.filter(some => !fails.some(other => other.length < some.length && other.every(group => some.includes(group))));
    const wanted = (fails.some(isLaw) ? least.filter(isLaw) : least).filter(({ length }) => length <= 3);
    expect(found.state).toBe(fails.length === 0 ? 'none' : 'conflict');
    if (found.isComplete) expect(found.conflicts.map(({ rules: some }) => some.map(({ group }) => group).join(' ')).sort()).toEqual(wanted.map(some => some.join(' ')).sort());
    expect(found.isComplete).toBe(fails.length === 0 || (wanted.length > 0 && wanted.length <= 6));
  }), { numRuns: 25 });
}, 60_000);
