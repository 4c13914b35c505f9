import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../contract/errors.ts';
import { newId, PROVINCE_ITSELF } from '../../contract/ids.ts';
import { REMINDED_STATES, type Issue } from '../../contract/issue.ts';
import { applyIssueMutation } from '../../contract/mutations/issue.ts';
import { PAYLOADS, type MutationName, type PayloadOf } from '../../contract/mutations/payloads.ts';
import { addWorking } from '../../contract/policy/calendar.ts';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';
import { ladderOf, type Ladder } from '../../contract/policy/ladder.ts';
import { instantOf } from '../../contract/time.ts';
import { history } from './histories.ts';
import { factsFor, OTHER_UNIT, person, receive, UNIT } from './records.ts';

const MINUTE = 60_000;
const T0 = instantOf(2026, 3, 2, 8);
const at = (minutes: number): number => T0 + minutes * MINUTE;
type StepOfLife = [minutes: number, name: MutationName, payload?: Record<string, unknown>];
function run(row: Issue, ...steps: StepOfLife[]): Issue {
  return steps.reduce((before, [minutes, name, payload = {}]) =>
    applyIssueMutation(name, before, PAYLOADS[name].parse({ id: row.id, ...payload }) as PayloadOf<MutationName>, factsFor(person({ unitId: before.leadUnitId }), { atMs: at(minutes) })).row, row);
}
const verified: readonly StepOfLife[] = [[0, 'issue.startVerification'], [0, 'issue.verify', { method: 'call_back' }]];
/** A fire that its unit has ten minutes to accept. */
const fire = (): Issue => run(receive({ severity: 'P2', receivedAtMs: T0 }), ...verified, [0, 'issue.forward', { leadUnitId: UNIT }]);
/** A report that its unit has three working days to resolve, of 450 minutes each. */
const report = (): Issue => run(receive({ class: 'issue', service: '1022', severity: 'P3', receivedAtMs: T0 }), ...verified, [0, 'issue.forward', { leadUnitId: UNIT }], [0, 'issue.accept'], [0, 'issue.start']);
const look = (row: Issue, minutes: number): Ladder => ladderOf(row, DEFAULT_PACK, at(minutes));
const worked = (minutes: number): number => (addWorking(DEFAULT_PACK.calendar, T0, minutes * MINUTE)! - T0) / MINUTE;
const remind = (level: number, unitId: string = UNIT): [MutationName, Record<string, unknown>] => ['issue.remind', { unitId, level }];

describe('a record that its unit does not accept', () => {
  test.each([[0, 0, 7.5], [7.4, 0, 7.5], [7.5, 1, 10], [10, 2, 15], [15, 3, null], [9_000, 3, null]])('after %d minutes is at level %d', (minutes, level, nextAt) => {
    const ladder = look(fire(), minutes);
    expect([ladder.reached, ladder.due?.level ?? 0, ladder.nextAtMs, ladder.recorded]).toEqual([level, level, nextAt === null ? null : at(nextAt), null]);
  });

  test('is reminded of nothing twice, and of no step below the one on record', () => {
    const first = run(fire(), [8, ...remind(1)]);
    expect(look(first, 9)).toEqual({ recorded: { level: 1, atMs: at(8) }, reached: 1, due: null, nextAtMs: at(10) });
    const second = run(fire(), [12, ...remind(2)]);
    expect(look(second, 12)).toMatchObject({ recorded: { level: 2 }, reached: 2, due: null, nextAtMs: at(15) });
    expect(look(second, 16).due?.level).toBe(3);
  });

  test('is at the bottom again with another unit, and with the same one that it came back to', () => {
    const returned = run(fire(), [16, ...remind(3)], [17, 'issue.return', { reason: 'Không thuộc địa bàn' }]);
    expect(look(returned, 30)).toEqual({ recorded: null, reached: 0, due: null, nextAtMs: null });
    for (const leadUnitId of [UNIT, OTHER_UNIT]) {
      const again = run(returned, [20, 'issue.forward', { leadUnitId }]);
      expect(look(again, 20)).toEqual({ recorded: null, reached: 0, due: null, nextAtMs: at(27.5) });
      expect(look(again, 28).due?.level).toBe(1);
    }
  });

  test('a reminder that a person chose to write takes no step', () => {
    expect(look(run(fire(), [8, ...remind(0)]), 9).due?.level).toBe(1);
  });
});

describe('a record that its unit does not resolve', () => {
  test('is looked at in working time', () => {
    const day = 3 * 450;
    expect(look(report(), 0).nextAtMs).toBe(at(worked(0.75 * day)));
    expect(look(run(report(), [worked(0.75 * day), ...remind(1)]), worked(day)).due?.level).toBe(2);
    expect(look(report(), worked(1.5 * day)).due?.level).toBe(3);
  });

  test('is not reminded of while its clock stands, and comes to the step when it goes on', () => {
    const standing = run(report(), [worked(1_000), 'issue.askInfo', { question: 'Ở đâu?' }]);
    expect(look(standing, worked(2_000))).toMatchObject({ reached: 0, due: null });
    // It has stood for as long as it may: three working days.
    expect(look(standing, worked(1_000)).nextAtMs).toBe(at(worked(1_000 + 1_350 + 12.5)));
    const reachedBefore = run(report(), [worked(1_020), 'issue.askInfo', { question: 'Ở đâu?' }]);
    expect(look(reachedBefore, worked(1_100))).toMatchObject({ reached: 1, due: null, nextAtMs: at(worked(1_020 + 1_350)) });
    expect(look(run(reachedBefore, [worked(1_200), 'issue.resume']), worked(1_200)).due?.level).toBe(1);
  });

  test('and did not accept in time either, comes to the last step when it is overdue for the second time', () => {
    const late = run(receive({ class: 'issue', service: '1022', severity: 'P3', receivedAtMs: T0 }), ...verified,
      [0, 'issue.forward', { leadUnitId: UNIT }], [worked(300), 'issue.accept'], [worked(300), 'issue.start']);
    expect(look(late, worked(1_349))).toMatchObject({ reached: 1, nextAtMs: at(worked(1_350)) });
    expect(look(late, worked(1_350)).due?.level).toBe(3);
    expect(look(report(), worked(1_350)).due?.level).toBe(2);
    // What the link kept from the unit is not held against it.
    const kept = { ...late, history: late.history.map(entry => (entry.action === 'issue.forward' ? { ...entry, deviceId: newId(9), arrivedAtMs: at(worked(300)) } : entry)) };
    expect(look(kept, worked(1_350)).due?.level).toBe(2);
  });

  test('brings the next unit no reminder for what had run out before it had the record', () => {
    const day = 3 * 450;
    const accepted = run(receive({ class: 'issue', service: '1022', severity: 'P3', receivedAtMs: T0 }), ...verified, [0, 'issue.forward', { leadUnitId: UNIT }], [0, 'issue.accept']);
    const row = run(accepted, [worked(day) + 1, 'issue.return', { reason: 'Không thuộc địa bàn' }], [worked(day) + 1, 'issue.forward', { leadUnitId: OTHER_UNIT }], [worked(day) + 2, 'issue.accept']);
    expect(look(row, worked(day) + 2)).toMatchObject({ reached: 0, due: null, nextAtMs: at(worked(1.5 * day)) });
  });
});

describe('a record that was reopened', () => {
  const day = 3 * 450;
  /** Resolved in time, closed by somebody else, and reopened half a working day later. */
  const reopened = (resolvedAt: number, ...before: StepOfLife[]): Issue => {
    const row = run(report(), ...before, [resolvedAt, 'issue.resolve', { result: 'Đã sửa' }]);
    const closed = applyIssueMutation('issue.close', row, { id: row.id, outcome: 'fixed', reply: '' }, factsFor(person({ personId: newId(77) }), { atMs: at(resolvedAt) })).row;
    return run(closed, [resolvedAt, 'issue.reopen', { reason: 'Lại hỏng', by: 'reporter' }]);
  };

  test('begins at the bottom again: what was recorded before is of the round before', () => {
    const inTime = worked(0.8 * day);
    const row = reopened(inTime, [worked(0.75 * day), ...remind(1)]);
    expect(look(row, inTime)).toMatchObject({ recorded: null, reached: 0, due: null });
    const [soon, over] = [worked(0.8 * day + 0.75 * day), worked(1.8 * day)];
    expect(look(row, soon).due?.level).toBe(1);
    const reminded = run(row, [soon, ...remind(1)]);
    expect(reminded.reminders?.map(one => one.level)).toEqual([1, 1]);
    expect(() => run(reminded, [soon + 1, ...remind(1)])).toThrow(new AppError('issue/nothing-changed'));
    expect(look(reminded, over).due?.level).toBe(2);
  });

  test('counts what its unit has overrun before against it: overdue for the second time is the last step', () => {
    const late = worked(1.2 * day);
    const row = reopened(late, [worked(day), ...remind(2)]);
    expect(look(row, worked(1.2 * day + 0.75 * day)).due?.level).toBe(1);
    expect(look(row, worked(2.2 * day)).due?.level).toBe(3);
  });
});

test('an incident of which only times are kept is reminded of until it is accepted, and no more', () => {
  const accepted = run(fire(), [3, 'issue.accept']);
  expect(look(accepted, 100_000)).toEqual({ recorded: null, reached: 0, due: null, nextAtMs: null });
});

const SEED = fc.integer({ min: 1, max: 40_000 });
const LATER = fc.oneof(fc.nat(30 * MINUTE), fc.nat(1_440 * MINUTE), fc.nat(40 * 1_440 * MINUTE));
/** A record as it is after some step of a random life, looked at some time later. */
const looked = fc.record({ seed: SEED, pick: fc.nat(100), later: LATER, more: LATER }).map(({ seed, pick, later, more }) => {
  const { first, done } = history(seed);
  const rows = [{ row: first, atMs: first.receivedAtMs }, ...done.map(({ after, atMs }) => ({ row: after, atMs }))];
  const atUnit = rows.filter(({ row }) => REMINDED_STATES.includes(row.state));
  const { row, atMs } = (atUnit.length > 0 && pick % 5 !== 0 ? atUnit[pick % atUnit.length] : rows[pick % rows.length])!;
  return { row, atMs: atMs + later, laterMs: atMs + later + more };
});
const level = (ladder: Ladder): number => ladder.due?.level ?? 0;
const RUNS = { numRuns: 1_000, seed: 155 };

describe('of a random life', () => {
  test('the ladder only rises while nobody acts, and what rises is due when it was said to be', () => {
    const seen = { due: 0, next: 0 };
    fc.assert(fc.property(looked, ({ row, atMs, laterMs }) => {
      const [now, later] = [ladderOf(row, DEFAULT_PACK, atMs), ladderOf(row, DEFAULT_PACK, laterMs)];
      expect(later.reached).toBeGreaterThanOrEqual(now.reached);
      expect(level(later)).toBeGreaterThanOrEqual(level(now));
      expect(level(later) > level(now)).toBe(now.nextAtMs !== null && now.nextAtMs <= laterMs);
      if (now.nextAtMs !== null) {
        seen.next += 1;
        expect(level(ladderOf(row, DEFAULT_PACK, now.nextAtMs - 1))).toBe(level(now));
        expect(level(ladderOf(row, DEFAULT_PACK, now.nextAtMs))).toBeGreaterThan(level(now));
      }
      seen.due += now.due === null ? 0 : 1;
    }), RUNS);
    expect(seen.due).toBeGreaterThan(50);
    expect(seen.next).toBeGreaterThan(50);
  });

  test('nothing is due while the record stands, for as long as it may', () => {
    let stood = 0;
    fc.assert(fc.property(SEED, fc.array(LATER, { minLength: 1, maxLength: 4 }), (seed, laters) => {
      for (const { after: row, atMs } of history(seed).done) {
        if (row.state !== 'awaiting_info' && row.state !== 'on_hold') continue;
        const minutes = row.state === 'awaiting_info' ? DEFAULT_PACK.pauses.infoMinutes : DEFAULT_PACK.pauses.holdMinutes;
        const fromMs = row.history.findLast(entry => entry.to !== undefined)!.atMs;
        const endMs = row.class === 'incident' ? Infinity : addWorking(DEFAULT_PACK.calendar, fromMs, minutes * MINUTE)!;
        for (const lookedMs of laters.map(later => atMs + later)) {
          if (lookedMs >= endMs) continue;
          stood += 1;
          expect(ladderOf(row, DEFAULT_PACK, lookedMs).due).toBeNull();
        }
      }
    }), RUNS);
    expect(stood).toBeGreaterThan(300);
  });

  test('a step that was recorded is due no more, is refused to whoever records it again, and steps only rise', () => {
    let recorded = 0;
    fc.assert(fc.property(looked, ({ row, atMs }) => {
      const levels: number[] = [];
      let [now, momentMs]: [Issue, number | null] = [row, atMs];
      while (momentMs !== null) {
        const { due, nextAtMs } = ladderOf(now, DEFAULT_PACK, momentMs);
        if (due !== null && now.leadUnitId !== null) {
          const payload = PAYLOADS['issue.remind'].parse({ id: row.id, unitId: now.leadUnitId, level: due.level });
          const facts = factsFor(person({ personId: PROVINCE_ITSELF }), { atMs: momentMs });
          now = applyIssueMutation('issue.remind', now, payload, facts).row;
          const again = now;
          expect(() => applyIssueMutation('issue.remind', again, payload, facts)).toThrow(new AppError('issue/nothing-changed'));
          levels.push(due.level);
          expect(ladderOf(now, DEFAULT_PACK, momentMs)).toMatchObject({ due: null, recorded: { level: due.level, atMs: momentMs } });
        }
        momentMs = nextAtMs;
      }
      expect(levels).toEqual([...new Set(levels)].sort((a, b) => a - b));
      recorded += levels.length;
    }), RUNS);
    expect(recorded).toBeGreaterThan(300);
  });

  test('a record has none before it is with a unit and after it has ended, and begins at the bottom with each forwarding', () => {
    let forwards = 0;
    fc.assert(fc.property(SEED, LATER, (seed, later) => {
      for (const { name, after, atMs } of history(seed).done) {
        if (!REMINDED_STATES.includes(after.state)) expect(ladderOf(after, DEFAULT_PACK, atMs + later)).toEqual({ recorded: null, reached: 0, due: null, nextAtMs: null });
        if (name !== 'issue.forward' && name !== 'issue.dispatch') continue;
        forwards += 1;
        expect(ladderOf(after, DEFAULT_PACK, atMs)).toMatchObject({ recorded: null, reached: 0, due: null });
      }
    }), RUNS);
    expect(forwards).toBeGreaterThan(300);
  });
});
