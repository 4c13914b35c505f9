import { attachmentsOf, CLASSES, isOpen, type Issue } from '../../contract/issue.ts';
import { inScope, SERVICES, type Area, type Scope } from '../../contract/org.ts';
import type { PolicyPack } from '../../contract/policy/pack.ts';
import { likenessOf, shared, tellingWords, type SimilarInput, type SimilarRecord } from '../../contract/similar.ts';
import { digits, fold } from '../../contract/text.ts';
import type { Id } from '../../contract/ids.ts';
import type { Database } from '../../db/database.ts';
import { readIssue } from '../../db/stores/issues.ts';
import { nearbyCandidates, placelessCandidates, samePhoneCandidates, type Candidate } from '../../db/stores/similar.ts';
import { wordAt } from '../../db/stores/words.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const METRES_PER_DEGREE = 111_320;
/** Communes whose centre is nearer than this to the point are looked through. */
const AREAS_WITHIN_M = 15_000;
const SHOWN = 4;

interface Point { lat: number; lon: number }

/** Metres between two points, flat: right to a metre over the few hundred that matter here. */
export function metresBetween(a: Point, b: Point): number {
  const dLat = (b.lat - a.lat) * METRES_PER_DEGREE;
  const dLon = (b.lon - a.lon) * METRES_PER_DEGREE * Math.cos((a.lat + b.lat) / 2 * Math.PI / 180);
  return Math.hypot(dLat, dLon);
}

const pointOf = ({ lat, lon }: { lat: number | null; lon: number | null }): Point | null => (lat === null || lon === null ? null : { lat, lon });

/**
 * Records that may be of the same event as one that is being taken in or looked at (domain, §5.6): in the same commune or near the point,
 * within the time of the policy pack, or from the same telephone; lately closed ones too. The most alike first, at most four, and never
 * outside the scope. A record for which another stands is given as that one.
 */
export function similarRecords(db: Database, wanted: SimilarInput, { scope, pack, areas }: { scope: Scope; pack: PolicyPack; areas: readonly Area[] }): SimilarRecord[] {
  const isIncident = wanted.service !== '1022' && wanted.service !== 'field';
  const near = isIncident ? pack.dedupe.incident : pack.dedupe.issue;
  const fromMs = wanted.receivedAtMs - near.minutes * MINUTE_MS;
  const toMs = wanted.receivedAtMs + near.minutes * MINUTE_MS;
  const point = pointOf(wanted);
  const phoneMs = pack.dedupe.phoneMinutes * MINUTE_MS;
  const found = [
    ...nearbyCandidates(db, areasAround(wanted.areaId, point, areas), fromMs, toMs),
    ...(point === null ? [] : placelessCandidates(db, boxAround(point, near.metres), fromMs, toMs)),
    ...samePhoneCandidates(db, wanted.phone, wanted.receivedAtMs - phoneMs, wanted.receivedAtMs + phoneMs),
  ];
  const family = (code: string): string => pack.categories.find(one => one.code === code)?.family ?? code;
  const judge = (one: Candidate) => likenessOf({
    near: nearness(point, pointOf(one), near.metres), soon: Math.max(0, 1 - Math.abs(one.receivedAtMs - wanted.receivedAtMs) / (near.minutes * MINUTE_MS)),
    words: shared(words, tellingWords(fold(`${one.description} ${one.place}`))),
    sameFamily: wanted.category !== 'unknown' && family(one.category) === family(wanted.category), samePhone: isSamePhone(one.phone, wanted.phone),
  });
  const words = tellingWords(fold(wanted.text));
  const seen = new Set<Id>([wanted.id]);
  const alike = found
    .filter(one => inScope(scope, { siteId: one.siteId, service: wordAt(SERVICES, Math.min(one.service, SERVICES.length - 1)), lines: SERVICES.filter((_line, bit) => (one.lines >> bit) % 2 === 1) }))
    .filter(one => (wordAt(CLASSES, Math.min(one.class, CLASSES.length - 1)) === 'incident') === isIncident || isSamePhone(one.phone, wanted.phone))
    .map(one => ({ one, ...judge(one) }))
    .filter(({ likeness }) => likeness !== null)
    .sort((a, b) => b.points - a.points || b.one.receivedAtMs - a.one.receivedAtMs);
  const shown: SimilarRecord[] = [];
  for (const { one, likeness } of alike) {
    const id = one.caseId ?? one.id;
    if (seen.has(id)) continue;
    seen.add(id);
    const issue = readIssue(db, id)?.issue;
    if (issue === undefined || !inScope(scope, issue) || isLongClosed(issue, wanted.receivedAtMs, pack)) continue;
    if (shown.push(toRecord(issue, { point, likeness: likeness!, samePhone: isSamePhone(one.phone, wanted.phone) })) === SHOWN) break;
  }
  return shown;
}

/** 1 at the same point, 0 at the edge and beyond; null where one of them has none. */
function nearness(a: Point | null, b: Point | null, metres: number): number | null {
  return a === null || b === null ? null : Math.max(0, 1 - metresBetween(a, b) / metres);
}

function isSamePhone(a: string, b: string): boolean {
  const [one, other] = [digits(a), digits(b)];
  return one.length >= 6 && other.length >= 6 && one.slice(-9) === other.slice(-9);
}

function areasAround(areaId: Id | null, point: Point | null, areas: readonly Area[]): Id[] {
  const near = point === null ? [] : areas.filter(area => metresBetween(area, point) < AREAS_WITHIN_M).map(area => area.id);
  return [...new Set(areaId === null ? near : [areaId, ...near])];
}

function boxAround({ lat, lon }: Point, metres: number): { south: number; north: number; west: number; east: number } {
  const dLat = metres / METRES_PER_DEGREE;
  const dLon = metres / (METRES_PER_DEGREE * Math.max(0.1, Math.cos(lat * Math.PI / 180)));
  return { south: lat - dLat, north: lat + dLat, west: lon - dLon, east: lon + dLon };
}

/** What was closed longer ago than the pack says is another event. */
function isLongClosed(issue: Issue, nowMs: number, pack: PolicyPack): boolean {
  const closedAtMs = issue.state === 'closed' ? issue.history.findLast(entry => entry.to === 'closed')?.atMs : undefined;
  return closedAtMs !== undefined && nowMs - closedAtMs > pack.dedupe.closedDays * DAY_MS;
}

function toRecord(issue: Issue, more: { point: Point | null; likeness: SimilarRecord['likeness']; samePhone: boolean }): SimilarRecord {
  const there = pointOf(issue.place);
  const { id, service, displayNo, provisionalNo, severity, state, description, place, receivedAtMs } = issue;
  return {
    id, class: issue.class, service, displayNo, provisionalNo, severity, state, description: description.slice(0, 400), place: place.text, receivedAtMs,
    lat: place.lat, lon: place.lon, distanceM: more.point === null || there === null ? null : Math.round(metresBetween(more.point, there)), samePhone: more.samePhone, likeness: more.likeness,
    isOpen: isOpen(state), files: attachmentsOf(issue).length,
  };
}
