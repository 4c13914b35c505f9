import type { Id } from '../../contract/ids.ts';
import { displayNumber, type Issue, type IssueState, type Severity } from '../../contract/issue.ts';
import type { Actor, Facts } from '../../contract/mutations/facts.ts';
import { applyIssueMutation } from '../../contract/mutations/issue.ts';
import type { MutationName, PayloadOf } from '../../contract/mutations/payloads.ts';
import type { Area, Service, Site } from '../../contract/org.ts';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';
import { minutesOfDay } from '../../contract/policy/calendar.ts';
import { needsEvidence } from '../../contract/policy/evidence.ts';
import { clockRule, policyBook } from '../../contract/policy/pack.ts';
import { civilParts, compactDay, startOfDay } from '../../contract/time.ts';
import { makeCast, type Cast, type SampleOrg } from './cast.ts';
import { believable } from './gravity.ts';
import { openCalls, type OpenCall } from './handful.ts';
import { CATEGORY_MIX, CHANNEL_MIX, HOUR_MIX, OUTCOME_MIX, SERVICE_MIX, SEVERITY_MIX } from './mix.ts';
import { inventedName, inventedPhone } from './people.ts';
import { round6 } from './places.ts';
import { createRandom, weighted, type Random } from './random.ts';
import { describe, FALSE_NOTES, FORWARD_NOTES, makeScene, NO_EVIDENCE, REPLIES, resultOf, VERIFICATIONS, WORK_NOTES, type Scene } from './texts.ts';

const MINUTE_MS = 60_000;
/** All that is invented here happened under the pack that a province begins with. */
const BOOK = policyBook([DEFAULT_PACK]);
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const YEAR_DAYS = 365;
const ACKNOWLEDGED_AFTER_MS = 20_000;
const FORGOTTEN_MS: Readonly<Record<Issue['class'], number>> = { incident: 6 * HOUR_MS, issue: 21 * DAY_MS };

/** What one record needs while its life is played through. */
interface Life {
  random: Random; cast: Cast; nowMs: number;
  site: Site; area: Area; scene: Scene; category: string; service: Service;
  operators: readonly Actor[]; deviceId: Id; atMs: number; row: Issue;
  /** The state in which the record waits now; null = wherever time lets it come to. */
  stopIn: IssueState | null;
}

interface Arrival { receivedAtMs: number; call: OpenCall | null }

/** In fewer records than this the calls of the running shift would be most of the year. */
const FEW = 200;

/**
 * Records over the last 12 months, oldest first, so that their numbers rise with time. Every one is made by running the
 * contract's mutations from its receipt on: what the sample holds, the rules allow.
 *
 * @param crowding 1 = evenly over the year; greater = more of them lately
 */
export function* playIssues(seed: number, count: number, org: SampleOrg, nowMs: number, crowding: number): Generator<Issue> {
  const cast = makeCast(org);
  const random = createRandom(seed, 'issues');
  const numbers = new Map<string, number>();
  const next = (key: string): number => {
    const n = (numbers.get(key) ?? 0) + 1;
    numbers.set(key, n);
    return n;
  };
  const calls = count < FEW ? [] : openCalls(seed, nowMs);
  for (const arrival of inOrder(arrivals(seed, count - calls.length, nowMs, crowding), calls)) yield playOne(random, cast, arrival, nowMs, next);
}

/** The year's arrivals with the running shift's open calls among them, by time. */
function* inOrder(times: Float64Array, calls: readonly OpenCall[]): Generator<Arrival> {
  const waiting = calls.toSorted((a, b) => a.receivedAtMs - b.receivedAtMs);
  for (const receivedAtMs of times) {
    while (waiting[0] !== undefined && waiting[0].receivedAtMs <= receivedAtMs) yield arrivalOf(waiting.shift()!);
    yield { receivedAtMs, call: null };
  }
  for (const call of waiting) yield arrivalOf(call);
}

function arrivalOf(call: OpenCall): Arrival {
  return { receivedAtMs: call.receivedAtMs, call };
}

function arrivals(seed: number, count: number, nowMs: number, crowding: number): Float64Array {
  const random = createRandom(seed, 'arrivals');
  const hours = HOUR_MIX.map((weight, hour) => [hour, weight] as const);
  const times = new Float64Array(count);
  for (let i = 0; i < count; i += 1) {
    const day = startOfDay(nowMs - Math.floor(random.unit() ** crowding * YEAR_DAYS) * DAY_MS);
    const atMs = day + weighted(random, hours) * HOUR_MS + random.int(HOUR_MS);
    times[i] = atMs > nowMs ? atMs - DAY_MS : atMs;
  }
  return times.sort();
}

function playOne(random: Random, cast: Cast, { receivedAtMs, call }: Arrival, nowMs: number, next: (key: string) => number): Issue {
  const service = call?.service ?? weighted(random, SERVICE_MIX);
  const category = weighted(random, CATEGORY_MIX[service]);
  const district = random.pick(cast.districts);
  const area = random.pick(district.areas);
  const provincial = service === '1022' ? random.chance(0.12) : service !== 'field' && random.chance(0.6);
  const site = provincial ? cast.province : district.site;
  const scene = makeScene(random, area, district.site.code);
  const operators = cast.operators(service, site);
  const station = random.pick(cast.stations(service === 'field' ? site.id : cast.province.id));
  const author = random.pick(operators);
  const payload = report(random, { service, severity: call?.severity ?? null, category, area, site, scene, receivedAtMs });
  const day = compactDay(receivedAtMs);
  const year = civilParts(receivedAtMs).year;
  const facts: Facts = {
    actor: author, deviceId: station.id, atMs: receivedAtMs, arrivedAtMs: null, unit: cast.unit, record: () => undefined, policy: BOOK,
    provisionalNo: `TẠM-${station.code}-${day}-${String(next(`${station.code} ${day}`)).padStart(2, '0')}`,
    nextDisplayNo: displayNumber(service, year, next(`${service} ${year}`)),
  };
  const { row } = applyIssueMutation('issue.receive', undefined, payload, facts);
  const life: Life = { random, cast, nowMs, site, area, scene, category, service, operators, deviceId: station.id, atMs: receivedAtMs, row, stopIn: call?.stopIn ?? null };
  live(life);
  return life.row;
}

interface Report { service: Service; severity: Severity | null; category: string; area: Area; site: Site; scene: Scene; receivedAtMs: number }

function report(random: Random, r: Report): PayloadOf<'issue.receive'> {
  const recordClass = r.service === '1022' || r.service === 'field' ? 'issue' : 'incident';
  const channel = weighted(random, CHANNEL_MIX[r.service]);
  const anonymous = channel === 'camera' || random.chance(0.12);
  const pinned = random.chance(0.8);
  const phone = inventedPhone(random);
  const drawn = r.severity ?? weighted(random, SEVERITY_MIX[recordClass]);
  const description = describe(random, r.category, recordClass, r.scene);
  return {
    id: random.id(r.receivedAtMs), class: recordClass, service: r.service, siteId: r.site.id, channel,
    sourceRef: channel === 'app' || channel === 'public_service' ? `PAHT-${100_000 + random.int(900_000)}` : null,
    occurredAtMs: random.chance(0.6) ? r.receivedAtMs - random.int(recordClass === 'incident' ? 20 * MINUTE_MS : 12 * HOUR_MS) : null,
    receivedAtMs: r.receivedAtMs, severity: believable(drawn, r.category, description), category: r.category,
    description,
    place: {
      text: r.scene.place, areaId: r.area.id, landmark: random.chance(0.7) ? r.scene.landmark : '',
      lat: pinned ? round6(r.area.lat + (random.unit() - 0.5) * 0.03) : null, lon: pinned ? round6(r.area.lon + (random.unit() - 0.5) * 0.03) : null,
    },
    reporter: anonymous ? { anonymous: true, name: '', phone: '', relation: '' }
      : { anonymous: false, name: inventedName(random.int(1_904)), phone, relation: random.pick(['', '', 'người nhà', 'người đi đường', 'hàng xóm', 'nhân chứng']) },
    victims: r.service === '115' ? Array.from({ length: random.chance(0.15) ? 2 : 1 }, () => victim(random)) : [],
    original: null,
  };
}

function victim(random: Random): Issue['victims'][number] {
  const answer = () => random.pick(['yes', 'yes', 'no', 'unknown'] as const);
  return { who: random.pick(['nam, khoảng 60 tuổi', 'nữ, khoảng 70 tuổi', 'nam, khoảng 25 tuổi', 'nữ, khoảng 35 tuổi', 'trẻ em', 'chưa rõ']), conscious: answer(), breathing: answer(), bleeding: answer() };
}

/** Goes forward in time by a span around `usualMs` and says whether that moment has been reached. */
function reached(life: Life, usualMs: number): boolean {
  const { random } = life;
  if (life.stopIn !== null) return reachedByNow(life, usualMs);
  // Mostly a little faster than usual, sometimes late: the product of two draws has the long tail that work has.
  const factor = 0.1 + 1.6 * random.unit() * random.unit() + (random.chance(0.06) ? 2 * random.unit() : 0);
  life.atMs += Math.max(1_000, Math.round(usualMs * factor));
  // Some records are forgotten for a while: those are the overdue ones; a call for help is found sooner than a report.
  const stuck = random.chance(0.012) && life.nowMs - life.row.receivedAtMs < FORGOTTEN_MS[life.row.class];
  return !stuck && life.atMs <= life.nowMs;
}

/** The same for a call that is known to stand somewhere now: each step before that takes a part of the time that it has had. */
function reachedByNow(life: Life, usualMs: number): boolean {
  if (life.row.state === life.stopIn) return false;
  const left = life.nowMs - life.atMs;
  life.atMs += Math.round(Math.min(usualMs * (0.3 + life.random.unit()), left * (0.2 + 0.3 * life.random.unit())));
  return true;
}

function act<N extends MutationName>(life: Life, actor: Actor, name: N, payload: PayloadOf<N>): void {
  life.row = applyIssueMutation(name, life.row, payload, {
    actor, deviceId: life.deviceId, atMs: life.atMs, arrivedAtMs: null, unit: life.cast.unit, record: () => undefined, policy: BOOK, provisionalNo: '', nextDisplayNo: null,
  }).row;
}

/** The record's life up to now: checked, forwarded, worked on, closed – as far as time allows. */
function live(life: Life): void {
  const { random, row: { id } } = life;
  const verifier = random.pick(life.operators);
  if (!reached(life, usualMin(life.row, 'verify', 2) * MINUTE_MS * 0.3)) { acknowledge(life, verifier); return; }
  act(life, verifier, 'issue.startVerification', { id });
  if (random.chance(0.04)) correctSeverity(life, verifier);
  if (!reached(life, usualMin(life.row, 'verify', 2) * MINUTE_MS * 0.6)) return;
  if (life.stopIn === null && random.chance(life.row.class === 'incident' ? 0.06 : 0.02)) { endAsFalse(life, verifier); return; }
  act(life, verifier, 'issue.verify', { id, ...random.pick(VERIFICATIONS) });
  if (!reached(life, usualMin(life.row, 'forward', 2) * MINUTE_MS)) return;
  const { lead, co } = life.cast.chooseUnits(random, life.service, life.category, life.site, life.area);
  act(life, verifier, 'issue.forward', { id, leadUnitId: lead.id, coUnitIds: co === null ? [] : [co.id], note: random.pick(FORWARD_NOTES) });
  work(life, lead.id);
}

/** Somebody has heard the alarm, though no more has been done yet: a console over the sample does not begin by ringing. */
function acknowledge(life: Life, actor: Actor): void {
  life.atMs = life.row.receivedAtMs + ACKNOWLEDGED_AFTER_MS;
  if (DEFAULT_PACK.alarms.severities.includes(life.row.severity) && life.atMs <= life.nowMs) act(life, actor, 'issue.acknowledge', { id: life.row.id });
}

/** About how long people take for a step, minutes: what the pack allows, and something believable where it sets no limit. */
function usualMin(row: Issue, clock: 'verify' | 'forward' | 'accept' | 'resolve', otherwise: number): number {
  const rule = clockRule(DEFAULT_PACK, clock, row);
  const minutes = rule?.minutes ?? otherwise;
  // Working time: a working day is a day and a night.
  return rule?.calendar === 'working' ? minutes * (24 * 60 / minutesOfDay(DEFAULT_PACK.calendar)) : minutes;
}

function correctSeverity(life: Life, actor: Actor): void {
  const from = life.row.severity;
  const wanted: Severity = from === 'P1' ? 'P2' : from === 'P4' ? 'P3' : from === 'P3' ? 'P2' : 'P1';
  const to = believable(wanted, life.category, life.row.description);
  if (to === from) return;
  act(life, actor, 'issue.edit', { id: life.row.id, fields: { severity: { from, to } } });
}

/** A false report needs a second person, who is neither the author nor the one who proposes. */
function endAsFalse(life: Life, proposer: Actor): void {
  const { random, row: { id, authorId } } = life;
  act(life, proposer, 'issue.proposeFalse', { id, method: random.pick(['call_back', 'camera', 'force_on_site']), note: random.pick(FALSE_NOTES) });
  if (!reached(life, 2 * HOUR_MS)) return;
  const others = life.operators.filter(o => o.personId !== proposer.personId && o.personId !== authorId);
  act(life, random.pick(others), 'issue.confirmFalse', { id, note: '' });
}

/** From the unit's hands back to the IOC. */
function work(life: Life, leadUnitId: Id): void {
  const { random, row: { id } } = life;
  const worker = random.pick(life.cast.unitPeople(leadUnitId));
  if (!reached(life, usualMin(life.row, 'accept', 10) * MINUTE_MS)) return;
  act(life, worker, 'issue.accept', { id, note: '' });
  const resolveMs = usualMin(life.row, 'resolve', 90) * MINUTE_MS;
  if (!reached(life, resolveMs * 0.2)) return;
  act(life, worker, 'issue.start', { id, note: '' });
  if (random.chance(0.12)) {
    if (!reached(life, resolveMs * 0.2)) return;
    act(life, worker, 'issue.note', { id, note: random.pick(WORK_NOTES) });
  }
  if (!reached(life, resolveMs)) return;
  // No file of this province exists: what would be its evidence is said to be kept elsewhere.
  const kept = needsEvidence(life.row, DEFAULT_PACK) ? { noEvidence: NO_EVIDENCE[life.atMs % NO_EVIDENCE.length] } : {};
  act(life, worker, 'issue.resolve', { id, result: resultOf(random, life.category, life.row.class, life.scene), ...kept });
  if (!reached(life, life.row.class === 'incident' ? 4 * HOUR_MS : DAY_MS)) return;
  act(life, random.pick(life.operators), 'issue.close', { id, outcome: weighted(random, OUTCOME_MIX[life.row.class]), reply: random.pick(REPLIES) });
}
