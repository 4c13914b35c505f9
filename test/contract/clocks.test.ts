import { describe, expect, test } from 'vitest';
import { newId } from '../../contract/ids.ts';
import type { HistoryEntry, Issue, IssueState } from '../../contract/issue.ts';
import { applyIssueMutation, clocked } from '../../contract/mutations/issue.ts';
import { PAYLOADS, type MutationName, type PayloadOf } from '../../contract/mutations/payloads.ts';
import { workingBetween } from '../../contract/policy/calendar.ts';
import { clocksOf, nextDue, type Clock } from '../../contract/policy/clocks.ts';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';
import { clockRule } from '../../contract/policy/pack.ts';
import { instantOf } from '../../contract/time.ts';
import { history } from './histories.ts';
import { DEVICE, factsFor, person, receive, UNIT } from './records.ts';

const MINUTE = 60_000;
const HISTORIES = 10_000;
const lives = Array.from({ length: HISTORIES }, (_, seed) => history(seed + 50_000));

test(`of ${String(HISTORIES)} random lives what is stored is what the history gives again after JSON, of every fifth at every step`, () => {
  for (const [seed, { first, done }] of lives.entries()) {
    const rows = [first, ...done.map(one => one.after)];
    for (const row of seed % 5 === 0 ? rows : rows.slice(-1)) {
      const again = JSON.parse(JSON.stringify({ ...row, dueAtMs: 0, warnAtMs: 0, dueClock: null })) as Issue;
      expect(clocked(again, DEFAULT_PACK)).toEqual(row);
    }
  }
});

/** Times in which the resolve clock stood, from the history alone. */
function standing(row: Issue, clock: Clock): { fromMs: number; toMs: number }[] {
  const moves = row.history.filter(entry => entry.to !== undefined && entry.atMs >= clock.startedAtMs);
  return moves.flatMap((entry, at) => {
    if (entry.to !== 'awaiting_info' && entry.to !== 'on_hold') return [];
    return [{ fromMs: entry.atMs, toMs: moves[at + 1]?.atMs ?? Infinity }];
  });
}

/** The rule of a clock as it was at its end: a new level counts from the beginning. */
function ruleOf(row: Issue, clock: Clock) {
  const upTo = row.history.filter(entry => clock.stoppedAtMs === null || entry.atMs <= clock.stoppedAtMs);
  const severity = upTo.findLast(entry => entry.severity !== undefined && (clock.stoppedAtMs === null || entry.atMs < clock.stoppedAtMs || entry === row.history[0]))?.severity ?? row.severity;
  return { severity, rule: clockRule(DEFAULT_PACK, clock.name, { class: row.class, severity }) };
}

test('from its start to its due time a clock has run exactly as long as its rule allows, but for the times in which it stood', () => {
  let looked = 0;
  for (const { first, done } of lives.slice(0, 3_000)) {
    const row = done.at(-1)?.after ?? first;
    // A line that takes over brings rules of its own, in which the same clock is another.
    if (row.history.some(entry => entry.action === 'issue.takeOver')) continue;
    for (const clock of clocksOf(row, DEFAULT_PACK)) {
      const { rule } = ruleOf(row, clock);
      if (clock.dueAtMs === null || rule?.minutes === null || rule === undefined) continue;
      const between = (fromMs: number, toMs: number): number => (rule.calendar === 'around' ? Math.max(0, toMs - fromMs) : workingBetween(DEFAULT_PACK.calendar, fromMs, Math.max(fromMs, toMs)));
      const stood = clock.name === 'resolve' ? standing(row, clock) : [];
      const caps = { awaiting_info: DEFAULT_PACK.pauses.infoMinutes, on_hold: DEFAULT_PACK.pauses.holdMinutes };
      const lost = stood.reduce((sum, { fromMs, toMs }) => {
        const kind = row.history.find(entry => entry.atMs === fromMs && (entry.to === 'awaiting_info' || entry.to === 'on_hold'))?.to as keyof typeof caps;
        return sum + Math.min(caps[kind] * MINUTE, between(fromMs, Math.min(toMs, clock.dueAtMs!)));
      }, 0);
      expect(between(clock.startedAtMs, clock.dueAtMs) - lost, `${clock.name} of ${row.class} ${row.severity}`).toBe(rule.minutes * MINUTE);
      looked += 1;
    }
  }
  expect(looked).toBeGreaterThan(8_000);
});

test('no two clocks of one name run at once, none ends before it began, and what ended or closed has none running but the survey', () => {
  for (const { done } of lives) {
    const row = done.at(-1)?.after;
    if (row === undefined) continue;
    const running = clocksOf(row, DEFAULT_PACK).filter(clock => clock.stoppedAtMs === null).map(clock => clock.name);
    expect(new Set(running).size).toBe(running.length);
    for (const clock of clocksOf(row, DEFAULT_PACK)) if (clock.stoppedAtMs !== null) expect(clock.stoppedAtMs).toBeGreaterThanOrEqual(clock.startedAtMs);
    const ended: readonly IssueState[] = ['closed', 'false_report', 'out_of_scope', 'cancelled'];
    if (ended.includes(row.state)) expect(running.filter(name => name !== 'survey')).toEqual([]);
  }
});

function run(row: Issue, ...steps: [atMs: number, name: MutationName, payload?: Record<string, unknown>, more?: { deviceId?: string; arrivedAtMs?: number }][]): Issue {
  return steps.reduce((before, [atMs, name, payload = {}, more = {}]) =>
    applyIssueMutation(name, before, PAYLOADS[name].parse({ id: row.id, ...payload }) as PayloadOf<MutationName>, factsFor(person(), { atMs, ...more })).row, row);
}
const find = (row: Issue, name: Clock['name']): Clock => clocksOf(row, DEFAULT_PACK).findLast(clock => clock.name === name)!;

describe('working time', () => {
  const evening = instantOf(2026, 4, 29, 18);
  test('of a report that comes on the evening before a long holiday begins after it', () => {
    const row = receive({ class: 'issue', service: '1022', severity: 'P2', receivedAtMs: evening });
    expect(row.dueClock).toBe('ack');
    expect(row.dueAtMs).toBe(instantOf(2026, 5, 4, 8));
    expect(row.warnAtMs).toBe(instantOf(2026, 5, 4, 7, 52) + 30_000);
  });
  test('does not slow an incident: it runs around the clock', () => {
    const row = receive({ severity: 'P2', receivedAtMs: evening });
    expect([row.dueClock, row.dueAtMs]).toEqual(['ack', evening + 2 * MINUTE]);
  });
});

describe('a clock that stands', () => {
  const day = (d: number, h = 8) => instantOf(2026, 3, d, h);
  const worked = (): Issue => run(receive({ class: 'issue', service: '1022', severity: 'P3', receivedAtMs: day(2) }),
    [day(2), 'issue.startVerification'], [day(2), 'issue.verify', { method: 'call_back' }], [day(2), 'issue.forward', { leadUnitId: UNIT }], [day(2), 'issue.accept'], [day(2), 'issue.start']);
  test('goes on where it stopped, and says since when it stands', () => {
    const paused = run(worked(), [day(3), 'issue.askInfo', { question: 'Ở đâu?' }]);
    expect(find(paused, 'resolve').pausedAtMs).toBe(day(3));
    const resumed = run(paused, [day(4), 'issue.resume']);
    expect([find(worked(), 'resolve').dueAtMs, find(resumed, 'resolve').dueAtMs]).toEqual([day(5), day(6)]);
    expect(find(resumed, 'resolve').pausedAtMs).toBeNull();
  });
  test('goes on by itself when it has stood as long as the pack allows', () => {
    const paused = run(worked(), [day(3), 'issue.askInfo', { question: 'Ở đâu?' }]);
    // Three working days of standing at most, then the two that were left.
    expect(find(paused, 'resolve').dueAtMs).toBe(day(10));
    expect(find(run(paused, [day(30), 'issue.resume']), 'resolve').dueAtMs).toBe(day(10));
  });
  test('from the instant at which its time is up gains nothing by it', () => {
    expect(find(run(worked(), [day(5), 'issue.askInfo', { question: 'Ở đâu?' }]), 'resolve').dueAtMs).toBe(day(5));
  });
});

describe('a breach', () => {
  const t0 = instantOf(2026, 3, 2, 8);
  const unit = newId(77);
  const forwarded = (arrivedAtMs?: number): Issue => run(receive({ severity: 'P2', receivedAtMs: t0 }), [t0, 'issue.startVerification'], [t0, 'issue.verify', { method: 'camera' }],
    [t0, 'issue.forward', { leadUnitId: UNIT }, arrivedAtMs === undefined ? {} : { arrivedAtMs }]);
  const accepted = (row: Issue, afterMin: number, deviceId: string = unit) => find(run(row, [t0 + afterMin * MINUTE, 'issue.accept', {}, { deviceId }]), 'accept').breach;
  test('is the link’s where the unit had it no earlier than that', () => {
    expect(accepted(forwarded(), 9)).toBeNull();
    expect(accepted(forwarded(), 15)).toBe('late');
    expect(accepted(forwarded(t0 + 30 * MINUTE), 35)).toBe('link');
    expect(accepted(forwarded(t0 + 30 * MINUTE), 45)).toBe('late');
  });
  test('is nobody’s but the unit’s where it happened at the machine that made it', () => {
    expect(accepted(forwarded(t0 + 30 * MINUTE), 35, DEVICE)).toBe('late');
  });
});

test('a record of before clocks were stored has them from its history as far as that says', () => {
  const row = run(receive({ severity: 'P3' }), [5_000, 'issue.startVerification'], [6_000, 'issue.verify', { method: 'camera' }]);
  const { dueClock: _, warnAtMs: __, policyId: ___, ...old } = row;
  const before = { ...old, history: old.history.map(({ severity: _s, service: _l, ...entry }): HistoryEntry => entry) } as Issue;
  expect(nextDue(before, DEFAULT_PACK)).toEqual(nextDue(row, DEFAULT_PACK));
  expect(nextDue(row, DEFAULT_PACK)).toEqual(clocksOf(row, DEFAULT_PACK).filter(clock => clock.stoppedAtMs === null && clock.dueAtMs !== null).sort((a, b) => a.dueAtMs! - b.dueAtMs!)[0]);
});
