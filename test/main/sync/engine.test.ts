import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../../contract/errors.ts';
import {
  afterFailure, afterSuccess, askedNow, betterOffset, brokeBeside, gotOn, liveEnded, LOOK_PATIENCE_MS, looking, lookRows, newsCame, nextBatch, nextPageRows, nextStep, POLL_MS, retryPauseMs,
  sampleOffset, startState, wroteHere, type EngineState, type Situation, type Step, type StepName,
} from '../../../main/sync/engine.ts';

const CODES: ErrorCode[] = [
  'link/unreachable', 'link/too-slow', 'link/foreign-answer', 'link/wrong-province', 'link/server-error', 'device/token-expired', 'device/revoked',
  'device/unknown', 'sync/restart', 'sync/chunk-gone', 'sync/damaged-chunk', 'sync/out-of-order', 'sync/too-old', 'input/invalid', 'internal/unexpected',
];
const error = (code: ErrorCode) => ({ code, facts: {} });
const chance = fc.double({ min: 0, max: 1, noNaN: true });

/** What the world answers to a step, and what else happens before the next one. */
const event = fc.record({
  answer: fc.oneof(fc.constant<ErrorCode | 'ok'>('ok'), fc.constantFrom(...CODES)),
  more: fc.boolean(), news: fc.boolean(), wrote: fc.boolean(), liveEnds: fc.boolean(), asked: fc.boolean(), chance,
});
type Event = typeof event extends fc.Arbitrary<infer E> ? E : never;

interface World { engine: EngineState; nowMs: number; hasCursor: boolean; pending: boolean; steps: { step: StepName; atMs: number; before: EngineState }[] }

function situation(world: World): Situation {
  return { nowMs: world.nowMs, enrolled: true, hasCursor: world.hasCursor, pending: world.pending };
}

/** Plays one decision: waits when told to, else takes the step and hears the answer 5 ms later. */
function play(world: World, event: Event): Step {
  if (event.wrote) { world.pending = true; world.engine = wroteHere(world.engine); }
  if (event.news && world.engine.liveOpen) world.engine = newsCame(world.engine, world.nowMs);
  if (event.liveEnds && world.engine.liveOpen) world.engine = liveEnded(world.engine, error('link/unreachable'), world.nowMs, event.chance);
  const step = nextStep(world.engine, situation(world));
  if (step.do === 'wait') { world.nowMs = Math.max(world.nowMs, step.untilMs); return step; }
  world.steps.push({ step: step.do, atMs: world.nowMs, before: world.engine });
  if (step.do === 'pull') world.engine = looking(world.engine, world.nowMs);
  world.nowMs += 5;
  if (event.answer === 'ok' || step.do === 'open-live') {
    world.engine = afterSuccess(world.engine, step.do, { more: event.more }, world.nowMs);
    if (step.do === 'snapshot' && !event.more) world.hasCursor = true;
    if (step.do === 'push') world.pending = false;
  } else {
    world.engine = afterFailure(world.engine, step.do, error(event.answer), world.nowMs, event.chance);
    if (event.answer === 'sync/restart') world.hasCursor = false;
  }
  return step;
}

const fresh = (): World => ({ engine: startState(0), nowMs: 0, hasCursor: false, pending: false, steps: [] });
const calm: Event = { answer: 'ok', more: false, news: false, wrote: false, liveEnds: false, asked: false, chance: 1 };

describe('what the console does next towards the province', () => {
  it('pushes only in an open session, and after a break only once our province has answered', () => {
    fc.assert(fc.property(fc.array(event, { maxLength: 120 }), events => {
      const world = fresh();
      for (const e of events) play(world, e);
      for (const { step, before } of world.steps) {
        if (step === 'push') expect([before.sessionOpen, before.verified, before.stopped]).toEqual([true, true, null]);
      }
    }));
  });

  it('knows nobody to be our province once anything has broken, a comparison or what goes on beside it too', () => {
    const known: EngineState = { ...startState(0), sessionOpen: true, verified: true, liveOpen: true };
    const steps: StepName[] = ['open-session', 'snapshot', 'push', 'pull', 'open-live', 'compare'];
    for (const code of ['link/unreachable', 'link/too-slow', 'link/foreign-answer', 'link/wrong-province'] as const) {
      const broken = [...steps.map(step => afterFailure(known, step, error(code), 5, 1)), brokeBeside(known, code, 5)];
      expect(broken.map(({ verified }) => verified)).toEqual(broken.map(() => false));
      for (const state of [afterFailure(known, 'compare', error(code), 5, 1), brokeBeside(known, code, 5)]) {
        expect(nextStep(state, { nowMs: 5, enrolled: true, hasCursor: true, pending: true })).toEqual({ do: state.sessionOpen ? 'pull' : 'open-session' });
        expect(lookRows(state, { nowMs: 5, pending: true })).toBe(0);
      }
    }
    expect(brokeBeside(known, 'attachment/not-found', 5)).toBe(known);
  });

  it('looks in time at a desk that writes without a pause, and sends in between however much there is to look at', () => {
    for (const more of [false, true]) {
      const world = fresh();
      for (let n = 0; n < 10; n += 1) play(world, calm);
      const startMs = world.nowMs;
      world.steps = [];
      while (world.nowMs < startMs + 20 * LOOK_PATIENCE_MS) play(world, { ...calm, wrote: true, more, news: true });
      const at = (step: StepName): number[] => world.steps.filter(one => one.step === step).map(one => one.atMs);
      const longest = (times: number[]): number => Math.max(...times.map((ms, nth) => ms - (times[nth - 1] ?? startMs)));
      expect(at('pull').length).toBeGreaterThanOrEqual(15);
      expect(longest(at('pull'))).toBeLessThanOrEqual(LOOK_PATIENCE_MS + 2 * 5);
      // Never two looks in a row while something waits to be sent.
      expect(longest(at('push'))).toBeLessThanOrEqual(2 * 5);
    }
  });

  it('comes to rest once the world is well again, whatever happened before', () => {
    fc.assert(fc.property(fc.array(event, { maxLength: 120 }), events => {
      const world = fresh();
      for (const e of events) play(world, e);
      world.engine = askedNow(world.engine, world.nowMs);
      const healedAtMs = world.nowMs;
      for (let i = 0; i < 40; i += 1) play(world, calm);
      expect([world.pending, world.hasCursor, world.engine.liveOpen, world.engine.stopped]).toEqual([false, true, true, null]);
      expect(Object.values(world.engine.lanes).slice(0, 3).every(lane => lane.failures === 0)).toBe(true);
      const lastPush = world.steps.findLast(s => s.step === 'push');
      if (lastPush !== undefined) expect(lastPush.atMs - healedAtMs).toBeLessThan(30_000);
    }));
  });

  it('agrees within three seconds after an outage of minutes', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 280_000 }), chance, (outageMs, luck) => {
      const world: World = { ...fresh(), hasCursor: true };
      for (let i = 0; i < 10; i += 1) play(world, calm);
      const backAtMs = world.nowMs + outageMs;
      world.engine = liveEnded(world.engine, error('link/unreachable'), world.nowMs, luck);
      while (world.nowMs < backAtMs) play(world, { ...calm, answer: 'link/unreachable', wrote: true, chance: luck });
      while (world.pending) play(world, { ...calm, chance: luck });
      expect(world.nowMs - backAtMs).toBeLessThan(3_000);
    }));
  });

  it('never asks in a hot loop, whatever the answers are', () => {
    fc.assert(fc.property(fc.constantFrom(...CODES), chance, (code, luck) => {
      const world = fresh();
      while (world.nowMs < 600_000 && world.steps.length < 2_000) {
        play(world, { ...calm, answer: world.steps.length % 2 === 0 ? code : 'ok', wrote: true, more: true, chance: luck });
        if (world.steps.length % 2 === 1 && world.engine.sessionOpen === false) break;
      }
      const failing = fresh();
      while (failing.nowMs < 600_000) play(failing, { ...calm, answer: code, wrote: true, chance: luck });
      expect(failing.steps.length).toBeLessThan(900);
    }));
  });

  it('stops sending when the right was taken away, and asks again only with its device id', () => {
    const world: World = { ...fresh(), hasCursor: true, pending: true };
    play(world, calm);
    expect(play(world, { ...calm, answer: 'device/revoked' })).toEqual({ do: 'push' });
    const before = world.steps.length;
    for (let i = 0; i < 20; i += 1) play(world, { ...calm, answer: 'device/revoked', wrote: true, news: true });
    expect(world.steps.slice(before).map(s => s.step)).toEqual(world.steps.slice(before).map(() => 'open-session'));
    expect(world.engine.stopped).toBe('device/revoked');
  });

  it('asks for no rows in the look that changes wait for after a break, and for a page in every other', () => {
    const world: World = { ...fresh(), hasCursor: true, pending: true };
    play(world, calm);
    const broken = afterFailure({ ...world.engine, pageRows: 800 }, 'pull', error('link/unreachable'), world.nowMs, 1);
    const rows = (engine: EngineState, pending: boolean): number => lookRows(engine, { nowMs: world.nowMs, pending });
    expect([rows(broken, true), rows(broken, false)]).toEqual([0, 400]);
    const proved = afterSuccess(looking(broken, world.nowMs), 'pull', { more: true }, world.nowMs);
    expect([rows(proved, true), rows(proved, false)]).toEqual([400, 400]);
    expect(nextStep(proved, situation(world))).toEqual({ do: 'push' });
  });

  it('hears news while every push breaks the link, and pushes ever more seldom', () => {
    const world: World = { ...fresh(), hasCursor: true, pending: true };
    const news: number[] = [], pushes: number[] = [];
    while (world.nowMs < 300_000) {
      const asked = lookRows(world.engine, situation(world));
      const step = play(world, { ...calm, answer: nextStep(world.engine, situation(world)).do === 'push' ? 'link/unreachable' : 'ok' });
      if (step.do === 'pull' && asked > 0) news.push(world.nowMs);
      if (step.do === 'push') pushes.push(world.nowMs);
    }
    expect(news[0]).toBeLessThan(5_000);
    expect(Math.max(...news.map((atMs, i) => (news[i + 1] ?? 300_000) - atMs))).toBeLessThanOrEqual(POLL_MS + 1_000);
    expect(pushes.length).toBeLessThan(150);
    expect(pushes.length).toBeGreaterThan(8);
  });

  it('looks at least every thirty seconds, and at once when there is news', () => {
    const world: World = { ...fresh(), hasCursor: true };
    while (play(world, calm).do !== 'wait') { /* until it rests */ }
    const looks = world.steps.filter(s => s.step === 'pull').map(s => s.atMs);
    expect(looks).toHaveLength(1);
    expect(world.nowMs - (looks[0] ?? 0)).toBeLessThanOrEqual(POLL_MS);
    world.engine = newsCame(world.engine, world.nowMs);
    expect(nextStep(world.engine, situation(world))).toEqual({ do: 'pull' });
  });

  it('goes on pushing when only the looks fail, and the other way round', () => {
    const world: World = { ...fresh(), hasCursor: true };
    play(world, calm);
    world.engine = afterFailure(world.engine, 'pull', error('link/server-error'), world.nowMs, 1);
    world.pending = true;
    expect(nextStep(world.engine, situation(world))).toEqual({ do: 'push' });
    world.engine = afterFailure(world.engine, 'push', error('link/server-error'), world.nowMs, 1);
    world.nowMs += 300;
    world.engine = afterSuccess(world.engine, 'pull', {}, world.nowMs);
    expect(nextStep(newsCame(world.engine, world.nowMs), { ...situation(world), pending: false })).toEqual({ do: 'pull' });
  });
});

describe('pauses and sizes', () => {
  it('pauses between a tenth and thirty seconds, and never longer when it failed less', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 10 ** 9 }), fc.constantFrom(...CODES), chance, (failures, forMs, code, luck) => {
      const pause = retryPauseMs(failures, forMs, code, luck);
      expect(pause).toBeGreaterThanOrEqual(100);
      expect(pause).toBeLessThanOrEqual(30_000);
      expect(retryPauseMs(failures, forMs, code, 1)).toBeLessThanOrEqual(retryPauseMs(failures + 1, forMs, code, 1));
    }));
  });

  it('asks for a copy that is being made every few seconds, however long that takes', () => {
    for (const failures of [1, 2, 20, 400]) expect(retryPauseMs(failures, failures * 10_000, 'sync/copy-being-made', 1)).toBe(2_500);
  });

  it('asks for pages of about two seconds, between 8 and 256 KB, growing at most twofold', () => {
    const page = fc.record({ rows: fc.integer({ min: 1, max: 2_000 }), bytes: fc.integer({ min: 100, max: 1 << 20 }), elapsedMs: fc.integer({ min: 1, max: 60_000 }) });
    fc.assert(fc.property(page, found => {
      const next = nextPageRows(found.rows, found);
      expect(next).toBeGreaterThanOrEqual(20);
      expect(next).toBeLessThanOrEqual(Math.max(20, Math.min(found.rows * 2, 2_000)));
      const expectedBytes = next * found.bytes / found.rows;
      if (next > 20) expect(expectedBytes).toBeLessThanOrEqual((256 << 10) + found.bytes / found.rows);
    }));
    expect(nextPageRows(250, { rows: 10, bytes: 100, elapsedMs: 9_000 })).toBe(250);
    expect(nextPageRows(0, { rows: 0, bytes: 100, elapsedMs: 9 })).toBe(0);
    expect(nextPageRows(250, { rows: 250, bytes: 30_000, elapsedMs: 500 })).toBe(500);
    expect(nextPageRows(1_000, { rows: 1_000, bytes: 128_000, elapsedMs: 2_000 })).toBe(1_000);
  });

  it('grows a batch again after it shrank, never beyond what the province takes', () => {
    let batch = 1;
    for (let i = 0; i < 20; i += 1) batch = nextBatch(batch, batch);
    expect(batch).toBe(1_000);
    expect(nextBatch(3, 250)).toBe(250);
  });
});

describe('the province’s clock', () => {
  it('is known to half a round trip', () => {
    fc.assert(fc.property(fc.integer({ min: -(10 ** 9), max: 10 ** 9 }), fc.integer({ min: 0, max: 5_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (offset, roundTrip, part) => {
      const sent = 1_000_000;
      const sample = sampleOffset(sent, sent + roundTrip, sent + part * roundTrip + offset);
      expect(Math.abs(sample.offsetMs - offset)).toBeLessThanOrEqual(roundTrip / 2 + 1);
    }));
  });

  it('keeps the quickest sample, until it is old or a clock was set', () => {
    const kept = { offsetMs: 1_000, measuredAtMs: 0, roundTripMs: 20 };
    expect(betterOffset(kept, { offsetMs: 1_040, measuredAtMs: 10_000, roundTripMs: 300 })).toBe(kept);
    const quick = { offsetMs: 1_004, measuredAtMs: 10_000, roundTripMs: 8 };
    expect(betterOffset(kept, quick)).toBe(quick);
    const set = { offsetMs: 3_601_000, measuredAtMs: 10_000, roundTripMs: 300 };
    expect(betterOffset(kept, set)).toBe(set);
    const later = { offsetMs: 1_040, measuredAtMs: 700_000, roundTripMs: 300 };
    expect(betterOffset(kept, later)).toBe(later);
  });
});

it('a copy that gets on between cuts is not made to wait longer with each of them', () => {
  const cut = { code: 'link/unreachable' as const, facts: {} };
  let [stuck, moving, full] = [startState(0), startState(0), startState(0)];
  for (let times = 1; times <= 5; times += 1) {
    stuck = afterFailure(stuck, 'snapshot', cut, 0, 1);
    moving = afterFailure(gotOn(moving, cut.code), 'snapshot', cut, 0, 1);
    full = afterFailure(gotOn(full, 'db/disk-full'), 'snapshot', { code: 'db/disk-full', facts: {} }, 0, 1);
  }
  expect([stuck.lanes.link.failures, moving.lanes.link.failures, full.lanes.pull.failures]).toEqual([5, 1, 5]);
  expect(moving.lanes.link.retryAtMs).toBeLessThan(stuck.lanes.link.retryAtMs);
});
