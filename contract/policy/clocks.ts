import type { ClockName, HistoryEntry, IssueClass, IssueState, Severity } from '../issue.ts';
import type { Service } from '../org.ts';
import { addWorking, workingBetween } from './calendar.ts';
import { clockRule, type ClockRule, type PolicyPack } from './pack.ts';
import { isAsked, type Askable } from './survey.ts';

const MINUTE_MS = 60_000;

/** A clock of a record as its history makes it. Instants in ms. */
export interface Clock {
  name: ClockName;
  startedAtMs: number;
  /** Null: no limit, or it stands with nothing to end its standing. */
  dueAtMs: number | null;
  warnAtMs: number | null;
  stoppedAtMs: number | null;
  /** It stands since then (chờ bổ sung, tạm dừng). */
  pausedAtMs: number | null;
  /** Stopped after its time; `link`: no later than the link had kept its beginning from whoever had to act. */
  breach: 'late' | 'link' | null;
}

/** What of a record says how its clocks run. */
export interface Clocked extends Omit<Askable, 'reporter'> { class: IssueClass; severity: Severity; receivedAtMs: number; history: readonly HistoryEntry[]; reporter: Askable['reporter'] }

interface Pause { fromMs: number; toMs: number | null; capMs: number }
interface Run { name: ClockName; startedAtMs: number; begin: HistoryEntry; end: HistoryEntry | null; pauses: Pause[]; class: IssueClass; severity: Severity }

const ENDED: readonly IssueState[] = ['false_report', 'out_of_scope', 'cancelled', 'closed'];
/** What a person does with a record without having taken it up. */
const PASSING: readonly string[] = ['issue.receive', 'issue.edit', 'issue.note', 'issue.attach', 'issue.detach', 'issue.remind', 'issue.correct', 'issue.merge', 'issue.split'];
const FORWARDED: readonly IssueState[] = ['forwarded', 'unverified_forwarded'];

/** Clocks that an entry of the history stops. */
function stops({ action, to }: HistoryEntry): ClockName[] {
  const names: ClockName[] = PASSING.includes(action) ? [] : ['ack'];
  if (to !== undefined && ENDED.includes(to)) names.push('verify', 'forward', 'accept', 'reroute', 'resolve', 'confirm', 'reply', 'handOff');
  if (action === 'issue.verify') names.push('verify');
  if (to !== undefined && FORWARDED.includes(to)) names.push('forward', 'reroute');
  if (to === 'accepted' || to === 'returned' || to === 'in_progress' || to === 'resolved') names.push('accept');
  if (to === 'resolved') names.push('resolve');
  if (to === 'reopened') names.push('confirm', 'reply', 'survey');
  if (action === 'issue.survey') names.push('survey');
  if (action === 'issue.takeOver' || action === 'issue.refuseHandOff' || action === 'issue.withdrawHandOff') names.push('handOff');
  return names;
}

/** Clocks that an entry starts; `forward` of what may go out first starts with the receipt. */
function starts({ action, to }: HistoryEntry, of: { class: IssueClass; severity: Severity }, pack: PolicyPack): ClockName[] {
  const forwardsFirst = clockRule(pack, 'forward', of)?.from === 'received';
  if (action === 'issue.receive') return ['ack', 'verify', ...(forwardsFirst ? ['forward' as const] : [])];
  if (action === 'issue.handOff') return ['handOff'];
  if (to === 'verified') return ['forward'];
  if (to !== undefined && FORWARDED.includes(to)) return ['accept', 'resolve'];
  if (to === 'returned') return ['reroute'];
  if (to === 'resolved') return ['confirm', 'reply'];
  if (to === 'closed') return ['survey'];
  return to === 'reopened' ? ['resolve'] : [];
}

/**
 * The clocks of a record from its history alone: the same on every machine, and again at any time. Of a clock that ran more than once
 * (returned, reopened) each run is one.
 */
export function clocksOf(issue: Clocked, pack: PolicyPack): Clock[] {
  return runsOf(issue, pack).map(run => toClock(run, pack));
}

/** The clock that runs out first of those that still run, which is the one that a list shows. */
export function nextDue(issue: Clocked, pack: PolicyPack): Clock | null {
  let next: Clock | null = null;
  for (const run of runsOf(issue, pack)) {
    if (run.end !== null) continue;
    const clock = toClock(run, pack);
    if (clock.dueAtMs !== null && (next === null || clock.dueAtMs < next.dueAtMs!)) next = clock;
  }
  return next;
}

/** A clock that runs on, with when a share of its time will have gone by. */
export interface RunningClock extends Clock {
  /** The instant, ms, at which this share of the time allowed has run, its pauses left out; null: it has no limit, or stands for ever. @param share above 0; 1.5 is half as much again */
  atShare(share: number): number | null;
  /** Until when it stands, ms, if it stands at this instant; Infinity: until somebody goes on. Null: it does not stand. */
  standsUntil(atMs: number): number | null;
}

/** The clocks of these names that nothing has stopped yet. */
export function runningClocks(issue: Clocked, pack: PolicyPack, names: readonly ClockName[]): RunningClock[] {
  return runsOf(issue, pack).filter(run => run.end === null && names.includes(run.name)).map(run => toRunning(run, pack));
}

function runsOf(issue: Clocked, pack: PolicyPack): Run[] {
  const runs: Run[] = [];
  const now = { class: classAtFirst(issue), severity: severityAtFirst(issue) };
  const running = (name: ClockName): Run | undefined => runs.findLast(run => run.name === name && run.end === null);
  for (const entry of issue.history) {
    const wasClass = now.class;
    if (entry.severity !== undefined) now.severity = entry.severity;
    if (entry.service !== undefined) now.class = classOf(entry.service);
    // A new level counts from the beginning of what still runs.
    for (const run of runs) if (run.end === null) run.severity = now.severity;
    pauseOrGoOn(running('resolve'), entry, pack);
    for (const name of stops(entry)) { const run = running(name); if (run !== undefined) run.end = entry; }
    const begun = starts(entry, now, pack).filter(name => running(name) === undefined && !(name === 'forward' && hasForwarded(runs)));
    // Another line has taken it over as something else: it has its own time for what is still to be done.
    if (wasClass !== now.class) for (const name of ['verify', 'forward'] as const) { const run = running(name); if (run !== undefined) { run.end = entry; begun.push(name); } }
    for (const name of begun) if (name !== 'survey' || asks(issue, entry, pack)) runs.push({ name, startedAtMs: beginOf(entry, issue), begin: entry, end: null, pauses: [], ...now });
    followForward(runs, entry, { issue, pack, now, isOther: wasClass !== now.class });
  }
  return runs;
}

interface Following { issue: Clocked; pack: PolicyPack; now: { class: IssueClass; severity: Severity }; isOther: boolean }

/** A new level or class may be one that goes out first, or no longer: the clock for that runs from the receipt, or from the taking over, or not yet. */
function followForward(runs: Run[], entry: HistoryEntry, { issue, pack, now, isOther }: Following): void {
  if (entry.severity === undefined && entry.service === undefined) return;
  const goesFirst = clockRule(pack, 'forward', now)?.from === 'received';
  const before = issue.history.slice(0, issue.history.indexOf(entry) + 1);
  if (before.some(one => one.to === 'verified' || (one.to !== undefined && FORWARDED.includes(one.to)))) return;
  const at = runs.findIndex(run => run.name === 'forward' && run.end === null);
  if (goesFirst && at < 0) runs.push({ name: 'forward', startedAtMs: isOther ? entry.atMs : issue.receivedAtMs, begin: entry, end: null, pauses: [], ...now });
  if (!goesFirst && at >= 0) runs.splice(at, 1);
}

/** Whether closing asks for a survey: nobody twice, and not whom the pack leaves out. */
function asks(issue: Clocked, closing: HistoryEntry, pack: PolicyPack): boolean {
  const { history } = issue;
  return isAsked(issue, pack) && !history.slice(0, history.indexOf(closing)).some(entry => entry.action === 'issue.survey');
}

/** A forward clock that began with the receipt is the one: verification does not begin it again. */
function hasForwarded(runs: readonly Run[]): boolean {
  return runs.some(run => run.name === 'forward');
}

function beginOf(entry: HistoryEntry, issue: Clocked): number {
  return entry.action === 'issue.receive' ? issue.receivedAtMs : entry.atMs;
}

function pauseOrGoOn(run: Run | undefined, entry: HistoryEntry, pack: PolicyPack): void {
  if (run === undefined || entry.to === undefined) return;
  const open = run.pauses.findLast(pause => pause.toMs === null);
  if (open !== undefined) open.toMs = entry.atMs;
  const minutes = entry.to === 'awaiting_info' ? pack.pauses.infoMinutes : entry.to === 'on_hold' ? pack.pauses.holdMinutes : null;
  if (minutes !== null) run.pauses.push({ fromMs: entry.atMs, toMs: null, capMs: minutes * MINUTE_MS });
}

const classOf = (service: Service): IssueClass => (service === '1022' || service === 'field' ? 'issue' : 'incident');

/** Records of before these were written into the history began as what they are now. */
function severityAtFirst({ severity, history }: Clocked): Severity {
  return history[0]?.severity ?? severity;
}

function classAtFirst({ class: kind, history }: Clocked): IssueClass {
  const service = history[0]?.service;
  return service === undefined ? kind : classOf(service);
}

/** Time as a rule counts it. */
function timeOf(rule: ClockRule, pack: PolicyPack): { add: (fromMs: number, spanMs: number) => number | null; between: (fromMs: number, toMs: number) => number } {
  if (rule.calendar === 'around') return { add: (fromMs, spanMs) => fromMs + spanMs, between: (fromMs, toMs) => Math.max(0, toMs - fromMs) };
  return { add: (fromMs, spanMs) => addWorking(pack.calendar, fromMs, spanMs), between: (fromMs, toMs) => workingBetween(pack.calendar, fromMs, toMs) };
}

/** When a pause ends: somebody goes on, or it has lasted as long as the pack allows; Infinity: neither. */
function pauseEnd({ fromMs, toMs, capMs }: Pause, time: ReturnType<typeof timeOf>): number {
  return Math.min(toMs ?? Infinity, time.add(fromMs, capMs) ?? Infinity);
}

/** When `spanMs` have run since the start of a run, its pauses left out; null while it stands, or for ever. */
function runsOut(run: Run, spanMs: number, time: ReturnType<typeof timeOf>): number | null {
  let [atMs, leftMs] = [run.startedAtMs, spanMs];
  for (const pause of run.pauses) {
    const usedMs = time.between(atMs, pause.fromMs);
    if (usedMs >= leftMs) break;
    leftMs -= usedMs;
    const endMs = pauseEnd(pause, time);
    if (endMs === Infinity) return null;
    atMs = Math.max(atMs, endMs);
  }
  return time.add(atMs, leftMs);
}

function toClock(run: Run, pack: PolicyPack): Clock {
  const rule = clockRule(pack, run.name, run);
  const stoppedAtMs = run.end?.atMs ?? null;
  const pausedAtMs = stoppedAtMs === null ? run.pauses.findLast(pause => pause.toMs === null)?.fromMs ?? null : null;
  const face = { name: run.name, startedAtMs: run.startedAtMs, stoppedAtMs, pausedAtMs };
  if (rule === undefined || rule.minutes === null) return { ...face, dueAtMs: null, warnAtMs: null, breach: null };
  const [time, spanMs] = [timeOf(rule, pack), rule.minutes * MINUTE_MS];
  const dueAtMs = runsOut(run, spanMs, time);
  return { ...face, dueAtMs, warnAtMs: runsOut(run, spanMs * pack.warnShare.value, time), breach: breachOf(run, dueAtMs) };
}

function toRunning(run: Run, pack: PolicyPack): RunningClock {
  const [clock, rule] = [toClock(run, pack), clockRule(pack, run.name, run)];
  if (rule === undefined || rule.minutes === null) return { ...clock, atShare: () => null, standsUntil: () => null };
  const [time, spanMs] = [timeOf(rule, pack), rule.minutes * MINUTE_MS];
  return {
    ...clock,
    // A share of a span need not be whole milliseconds.
    atShare: share => { const atMs = runsOut(run, spanMs * share, time); return atMs === null ? null : Math.ceil(atMs); },
    standsUntil: atMs => {
      const ends = run.pauses.filter(({ fromMs }) => fromMs <= atMs).map(pause => pauseEnd(pause, time));
      return ends.find(endMs => endMs > atMs) ?? null;
    },
  };
}

/** How long the link kept an entry from the others, ms: known once the province has it. */
function delayOf({ atMs, arrivedAtMs }: HistoryEntry): number {
  return arrivedAtMs === undefined ? 0 : Math.max(0, arrivedAtMs - atMs);
}

function breachOf({ begin, end }: Run, dueAtMs: number | null): Clock['breach'] {
  if (end === null || dueAtMs === null || end.atMs <= dueAtMs) return null;
  const hadToCome = begin.deviceId !== end.deviceId;
  return hadToCome && end.atMs - dueAtMs <= delayOf(begin) ? 'link' : 'late';
}
