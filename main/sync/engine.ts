import type { AppErrorData, ErrorCode } from '../../contract/errors.ts';

/**
 * What the console does next towards the province, and when. Pure: no clock, no chance, no socket; `sync.ts` carries the
 * steps out and reports back. Nothing here is sticky: whatever failed is tried again, only the pauses differ.
 */

/** A thing that can fail for a while on its own: the link as a whole, or one kind of request on a working link. */
export interface Lane { failures: number; failingSinceMs: number | null; retryAtMs: number; error: AppErrorData | null }
export type LaneName = 'link' | 'push' | 'pull' | 'live';

export interface EngineState {
  lanes: Readonly<Record<LaneName, Lane>>;
  /** A device token is at hand. */
  sessionOpen: boolean;
  /** Since the last break somebody has answered with our token or our nonce: it is our province, so we may send. */
  verified: boolean;
  liveOpen: boolean;
  /** The province took this device's right away: nothing is sent until it is asked again at the lane's time. */
  stopped: ErrorCode | null;
  /** When to look for news at the latest, ms. */
  lookAtMs: number;
  /** When the last look ended, ms. */
  lookedAtMs: number;
  /** When to compare all of it with the province again, once there is nothing else to do; and what came of the last time, if it failed. */
  compareAtMs: number; compareEveryMs: number; compareError: AppErrorData | null;
  /** Rows asked for in a page, mutations put into a push. */
  pageRows: number; pushBatch: number;
}

/** What the engine must know of the world beside its own state. */
export interface Situation { nowMs: number; enrolled: boolean; hasCursor: boolean; pending: boolean }

export type StepName = 'open-session' | 'snapshot' | 'push' | 'pull' | 'open-live' | 'compare';
export type Step = { do: StepName } | { do: 'wait'; untilMs: number };

export const POLL_MS = 30_000;
/** Before enrolment nothing else wakes the engine. */
const ENROL_LOOK_MS = 1_000;
const REVOKED_LOOK_MS = 5 * 60_000;
/** Between two comparisons with the province. */
export const COMPARE_MS = 30 * 60_000;
/** The share of it after one that found somebody at work, or more to mend, or the link cut. */
const COMPARE_SOON = 1 / 60;
/** So long a look that is due waits behind changes: somebody who writes without a pause, or a long list that is brought in, hides no alarm of another desk. */
export const LOOK_PATIENCE_MS = 1_000;
const FIRST_PAGE_ROWS = 250;
const MAX_PAGE_ROWS = 2_000;
const MAX_BATCH = 1_000;
const OPEN: Lane = { failures: 0, failingSinceMs: null, retryAtMs: 0, error: null };

/** @param compareEveryMs between two comparisons of all that is here with the province */
export function startState(nowMs: number, compareEveryMs = COMPARE_MS): EngineState {
  return {
    lanes: { link: OPEN, push: OPEN, pull: OPEN, live: OPEN }, sessionOpen: false, verified: false, liveOpen: false,
    stopped: null, lookAtMs: nowMs, lookedAtMs: nowMs, compareAtMs: nowMs + compareEveryMs, compareEveryMs, compareError: null, pageRows: FIRST_PAGE_ROWS, pushBatch: MAX_BATCH,
  };
}

/**
 * The next step. After a break it is a look (`lookRows`) before anything is pushed; then changes go up before news come
 * down, so that an operator's own record never waits behind more than one page; but a look that is due waits `LOOK_PATIENCE_MS` at most.
 */
export function nextStep(state: EngineState, at: Situation): Step {
  if (!at.enrolled) return { do: 'wait', untilMs: at.nowMs + ENROL_LOOK_MS };
  const due = (lane: LaneName): boolean => state.lanes[lane].retryAtMs <= at.nowMs;
  if (!due('link')) return { do: 'wait', untilMs: state.lanes.link.retryAtMs };
  if (!state.sessionOpen || state.stopped !== null) return { do: 'open-session' };
  const look = !at.hasCursor || !state.verified || state.lookAtMs <= at.nowMs;
  const isLookLate = look && at.hasCursor && due('pull') && at.nowMs - state.lookedAtMs >= LOOK_PATIENCE_MS;
  if (at.pending && state.verified && due('push') && !isLookLate) return { do: 'push' };
  if (look && due('pull')) return { do: at.hasCursor ? 'pull' : 'snapshot' };
  // Looks fail, but not the link: another session tells as well whose province this is.
  if (at.pending && !state.verified && due('push')) return { do: 'open-session' };
  if (at.hasCursor && state.verified && !state.liveOpen && due('live')) return { do: 'open-live' };
  if (at.hasCursor && state.verified && !at.pending && state.compareAtMs <= at.nowMs) return { do: 'compare' };
  return { do: 'wait', untilMs: Math.min(...waits(state, at)) };
}

/** Rows to ask for in a look: none where changes wait for it to tell whose province this is, and are sent right after it. */
export function lookRows(state: EngineState, at: Pick<Situation, 'nowMs' | 'pending'>): number {
  return at.pending && !state.verified && state.lanes.push.retryAtMs <= at.nowMs ? 0 : state.pageRows;
}

function waits(state: EngineState, at: Situation): number[] {
  const times = [Math.max(state.lanes.pull.retryAtMs, state.verified && at.hasCursor ? state.lookAtMs : at.nowMs)];
  if (at.pending) times.push(state.lanes.push.retryAtMs);
  if (at.hasCursor && state.verified && !state.liveOpen) times.push(state.lanes.live.retryAtMs);
  if (at.hasCursor && state.verified && !at.pending) times.push(state.compareAtMs);
  return times;
}

const LANE_OF: Readonly<Record<StepName, LaneName>> = { 'open-session': 'link', snapshot: 'pull', push: 'push', pull: 'pull', 'open-live': 'live', compare: 'link' };

/** What a step that went well says. `more`: the province has further rows, or a comparison has not come to its end. `size`: what to ask for next time. */
export interface Done { more?: boolean; size?: number }

export function afterSuccess(state: EngineState, step: StepName, done: Done, nowMs: number): EngineState {
  // Opening the live stream proves nothing yet; `liveProved` and `liveEnded` tell.
  if (step === 'open-live') return { ...state, liveOpen: true };
  const next: EngineState = { ...state, verified: true, lanes: { ...state.lanes, link: OPEN, [LANE_OF[step]]: OPEN } };
  switch (step) {
    case 'open-session': return { ...next, sessionOpen: true, stopped: null };
    // A copy that is in is looked over as soon as everything else is done.
    case 'snapshot': return { ...next, lookAtMs: nowMs, lookedAtMs: nowMs, compareAtMs: nowMs };
    case 'compare': return { ...next, compareError: null, compareAtMs: nowMs + state.compareEveryMs * (done.more === true ? COMPARE_SOON : 1) };
    // One's own changes come back as rows, with their number: look at once.
    case 'push': return { ...next, pushBatch: done.size ?? state.pushBatch, lookAtMs: nowMs };
    case 'pull': return { ...next, lookedAtMs: nowMs, pageRows: done.size ?? state.pageRows, lookAtMs: done.more === true ? nowMs : state.lookAtMs };
  }
}

/** A look begins: news that arrive from now on need another one. */
export function looking(state: EngineState, nowMs: number): EngineState {
  return { ...state, lookAtMs: nowMs + POLL_MS };
}

/** The province said, over the live stream, that there is something to pull. */
export function newsCame(state: EngineState, nowMs: number): EngineState {
  return { ...state, lookAtMs: nowMs };
}

/** The live stream ended. Often the first sign of a cut: a look tells whether it is one, and who stands there now, before anything is sent. */
export function liveEnded(state: EngineState, error: AppErrorData, nowMs: number, chance: number): EngineState {
  return { ...state, liveOpen: false, verified: false, lookAtMs: nowMs, lanes: { ...state.lanes, live: failed(state.lanes.live, error, nowMs, chance) } };
}

/** The live stream has lasted or brought something: its next end starts with a short pause again. */
export function liveProved(state: EngineState): EngineState {
  return state.lanes.live.failures === 0 ? state : { ...state, lanes: { ...state.lanes, live: OPEN } };
}

/**
 * Something has come over a link that then broke: its next pause is a first one again, however often it has been cut before.
 * What fails for another reason (a full disk) would come as often as it is asked for, and waits longer each time.
 */
export function gotOn(state: EngineState, code: ErrorCode): EngineState {
  return !BREAKS.includes(code) ? state : { ...state, lanes: { ...state.lanes, link: OPEN, pull: OPEN } };
}

/** Someone pressed "try now". */
export function askedNow(state: EngineState, nowMs: number): EngineState {
  const now = (lane: Lane): Lane => ({ ...lane, retryAtMs: 0 });
  const { link, push, pull, live } = state.lanes;
  const compareAtMs = state.compareError === null ? state.compareAtMs : nowMs;
  return { ...state, lookAtMs: nowMs, compareAtMs, lanes: { link: now(link), push: now(push), pull: now(pull), live: now(live) } };
}

/** A record was written here: while the link works, a push that pauses after trouble is tried again at once. */
export function wroteHere(state: EngineState): EngineState {
  const { link, push } = state.lanes;
  if (link.failures > 0 || push.failures === 0) return state;
  return { ...state, lanes: { ...state.lanes, push: { ...push, retryAtMs: 0 } } };
}

/** A restart too: another session tells first what the province still knows of us, before its copy replaces ours. */
const SESSION_LOST: readonly ErrorCode[] = ['device/token-expired', 'sync/restart', 'link/wrong-province', 'device/revoked', 'device/unknown', 'device/bad-signature'];
const STOPS: readonly ErrorCode[] = ['device/revoked', 'device/unknown', 'device/bad-signature'];
const BREAKS: readonly ErrorCode[] = ['link/unreachable', 'link/too-slow', 'link/foreign-answer', 'link/wrong-province'];
/** Cured by what follows at once (another session, another snapshot), so the first time costs no pause; so does a kept connection that had been closed. */
const CURED: readonly ErrorCode[] = ['device/token-expired', 'sync/restart', 'sync/chunk-gone'];

/** @param chance 0…1, spreads many consoles that lost the same server over time */
export function afterFailure(state: EngineState, step: StepName, error: AppErrorData, nowMs: number, chance: number): EngineState {
  if (step === 'compare') return afterFailedCompare(state, error, nowMs);
  const breaks = BREAKS.includes(error.code);
  const stops = STOPS.includes(error.code);
  const lane: LaneName = breaks || stops ? 'link' : LANE_OF[step];
  const lanes = {
    ...state.lanes, [lane]: stops ? stopped(state.lanes.link, error, nowMs) : failed(state.lanes[lane], error, nowMs, chance),
    // Where only what is sent breaks (something on the way dislikes it), looks must go on meanwhile, and in peace.
    ...(step === 'push' && breaks ? { push: failed(state.lanes.push, error, nowMs, chance) } : {}),
  };
  return {
    ...state, lanes,
    sessionOpen: state.sessionOpen && !SESSION_LOST.includes(error.code),
    verified: state.verified && !breaks && !stops,
    stopped: stops ? error.code : breaks || step !== 'open-session' ? state.stopped : null,
    liveOpen: state.liveOpen && !stops && error.code !== 'link/wrong-province',
    // A piece that did not come through is asked for again in a smaller size.
    pageRows: step === 'pull' && breaks ? Math.max(50, Math.floor(state.pageRows / 2)) : state.pageRows,
    pushBatch: step === 'push' && error.code !== 'device/token-expired' ? Math.max(1, Math.floor(state.pushBatch / 4)) : state.pushBatch,
    lookAtMs: error.code === 'sync/restart' ? nowMs : state.lookAtMs,
    lookedAtMs: step === 'pull' ? nowMs : state.lookedAtMs,
  };
}

/** Something beside the exchange of records has failed, a file or a sign-in. If the link is what is wrong, a look will tell; until then nobody is known to be our province. */
export function brokeBeside(state: EngineState, code: ErrorCode, nowMs: number): EngineState {
  return BREAKS.includes(code) ? { ...state, verified: false, lookAtMs: nowMs } : state;
}

/** Nothing that others wait for. What asking again soon cannot cure waits its time. */
function afterFailedCompare(state: EngineState, error: AppErrorData, nowMs: number): EngineState {
  const cured = CURED.includes(error.code) || BREAKS.includes(error.code);
  return {
    ...brokeBeside(state, error.code, nowMs), sessionOpen: state.sessionOpen && !SESSION_LOST.includes(error.code),
    compareError: error.code === 'sync/mass-removal' ? error : null, compareAtMs: nowMs + state.compareEveryMs * (cured ? COMPARE_SOON : 1),
  };
}

function failed(lane: Lane, error: AppErrorData, nowMs: number, chance: number): Lane {
  const failures = lane.failures + 1;
  const failingSinceMs = lane.failingSinceMs ?? nowMs;
  const isCured = CURED.includes(error.code) || error.facts['reused'] === true;
  const pause = failures === 1 && isCured ? 0 : retryPauseMs(failures, nowMs - failingSinceMs, error.code, chance);
  return { failures, failingSinceMs, retryAtMs: nowMs + pause, error };
}

function stopped(lane: Lane, error: AppErrorData, nowMs: number): Lane {
  return { failures: lane.failures + 1, failingSinceMs: lane.failingSinceMs ?? nowMs, retryAtMs: nowMs + REVOKED_LOOK_MS, error };
}

const LONG_PAUSE_MS = 30_000;
const SHORT_PAUSE_MS = 2_500;
const SHORT_OUTAGE_MS = 5 * 60_000;

/**
 * The pause before the next try, ms: the first is short (a cut heals at once), then it doubles. A province that cannot
 * be reached is asked every 2.5 s for the first five minutes, so that consoles agree soon after a restart, and at
 * last every 30 s; one that answers with trouble is spared sooner. While it makes a copy, its answer is itself a wait.
 */
export function retryPauseMs(failures: number, failingForMs: number, code: ErrorCode, chance: number): number {
  if (code === 'sync/copy-being-made') return SHORT_PAUSE_MS * (0.5 + chance / 2);
  const calm = code === 'link/unreachable' ? SHORT_PAUSE_MS + Math.max(0, failingForMs - SHORT_OUTAGE_MS) / 10 : LONG_PAUSE_MS;
  const pause = failures <= 1 ? 200 : 500 * 2 ** Math.min(failures - 2, 16);
  return Math.min(pause, calm, LONG_PAUSE_MS) * (0.5 + chance / 2);
}

const AIM_MS = 2_000;
const MIN_PAGE_BYTES = 8 << 10;
const MAX_PAGE_BYTES = 256 << 10;

/**
 * Rows to ask for next, so that a page takes about two seconds at the measured speed and lies between 8 and 256 KB:
 * large pages cost little in round trips, small ones cost little when the link is cut.
 */
export function nextPageRows(asked: number, page: { rows: number; bytes: number; elapsedMs: number }): number {
  // A page that was not full says nothing about the link.
  if (page.rows === 0 || page.rows < asked * 0.8 || page.bytes === 0) return asked;
  const bytesPerMs = page.bytes / Math.max(page.elapsedMs, 1);
  const aimBytes = Math.min(MAX_PAGE_BYTES, Math.max(MIN_PAGE_BYTES, bytesPerMs * AIM_MS));
  const rows = Math.round(aimBytes / (page.bytes / page.rows));
  return Math.max(20, Math.min(rows, asked * 2, MAX_PAGE_ROWS));
}

/** Mutations to send next time: what went through may be twice as much, never more than the province takes. */
export function nextBatch(sent: number, batch: number): number {
  return sent < batch ? batch : Math.min(batch * 2, MAX_BATCH);
}

/** The trouble that an operator should be told of, the worst first. */
export function currentError(state: EngineState): AppErrorData | null {
  // A live stream that fails is made up for by looking every 30 s: no trouble to tell.
  const { link, pull, push } = state.lanes;
  return link.error ?? push.error ?? pull.error ?? state.compareError;
}

/** How far the province's clock is ahead of ours, ms; `roundTripMs` bounds the error to half of it. */
export interface OffsetSample { offsetMs: number; measuredAtMs: number; roundTripMs: number }

/** A sample of the offset from one short exchange. */
export function sampleOffset(sentAtMs: number, receivedAtMs: number, provinceNowMs: number): OffsetSample {
  const roundTripMs = Math.max(0, receivedAtMs - sentAtMs);
  return { offsetMs: Math.round(provinceNowMs - (sentAtMs + roundTripMs / 2)), measuredAtMs: receivedAtMs, roundTripMs };
}

const OFFSET_KEEP_MS = 10 * 60_000;

/** The better of two samples: the quicker exchange, unless it is old or can no longer be true (a clock was set). */
export function betterOffset(kept: OffsetSample | null, sample: OffsetSample): OffsetSample {
  if (kept === null) return sample;
  const apart = Math.abs(sample.offsetMs - kept.offsetMs);
  const clockWasSet = apart > (sample.roundTripMs + kept.roundTripMs) / 2 + 50 || sample.measuredAtMs < kept.measuredAtMs;
  const old = sample.measuredAtMs - kept.measuredAtMs > OFFSET_KEEP_MS;
  return clockWasSet || old || sample.roundTripMs <= kept.roundTripMs ? sample : kept;
}
