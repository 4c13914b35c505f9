import { attachmentsOf, CLASSES, isOpen, type Issue } from '../../contract/issue.ts';
import { inScope, SERVICES, type Area, type Scope } from '../../contract/org.ts';
import type { PolicyPack } from '../../contract/policy/pack.ts';
import { likenessOf, shared, tellingWords, type Likeness, type SimilarInput, type SimilarRecord } from '../../contract/similar.ts';
import { fold, isSamePhone } from '../../contract/text.ts';
import type { Id } from '../../contract/ids.ts';
import type { Database } from '../../db/database.ts';
import { readIssue } from '../../db/stores/issues.ts';
import { readCandidates, type Candidate, phoneSign } from '../../db/stores/similar.ts';
import { wordAt } from '../../db/stores/words.ts';
import { metresBetween, nearness, pointOf, type Point } from './nearness.ts';
import { prospects, SIMILAR_BOUNDS, type Prospect } from './similar-spots.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const SHOWN = 4;
/** Records that are read and judged at once, before it is seen whether more must be. */
const READ_AT_ONCE = 32;

interface Judged { one: Candidate; points: number; likeness: Likeness }

/**
 * Records that may be of the same event as one that is being taken in or looked at (domain, §5.6): in the same commune or near the point,
 * within the time of the policy pack, or from the same telephone; lately closed ones too. The most alike first, at most four, and never
 * outside the scope. A record for which another stands is given as that one.
 */
export function similarRecords(
  db: Database, wanted: SimilarInput, { scope, pack, areas }: { scope: Scope; pack: PolicyPack; areas: readonly Area[] }, bounds = SIMILAR_BOUNDS,
): SimilarRecord[] {
  const isIncident = wanted.service !== '1022' && wanted.service !== 'field';
  const words = tellingWords(fold(wanted.text));
  const phone = phoneSign(db, wanted.phone);
  const judge = judgeOf({ ...wanted, phone }, words, isIncident ? pack.dedupe.incident : pack.dedupe.issue, pack);
  const judged = (rids: readonly number[]): Judged[] => readCandidates(db, rids)
    .filter(one => inScope(scope, { siteId: one.siteId, service: wordAt(SERVICES, Math.min(one.service, SERVICES.length - 1)), lines: SERVICES.filter((_line, bit) => (one.lines >> bit) % 2 === 1) }))
    .filter(one => (wordAt(CLASSES, Math.min(one.class, CLASSES.length - 1)) === 'incident') === isIncident || isSamePhone(one.phone, phone))
    .flatMap(one => {
      const { points, likeness } = judge(one);
      return likeness === null ? [] : [{ one, points, likeness }];
    });
  const seen = new Set<Id>([wanted.id]);
  const shown: SimilarRecord[] = [];
  for (const { one, likeness } of bestFirst(prospects(db, { wanted, words, isIncident, pack, areas }, bounds), judged)) {
    const id = one.caseId ?? one.id;
    if (seen.has(id)) continue;
    seen.add(id);
    const issue = readIssue(db, id)?.issue;
    if (issue === undefined || !inScope(scope, issue) || isLongClosed(issue, wanted.receivedAtMs, pack)) continue;
    if (shown.push(toRecord(issue, { point: pointOf(wanted), likeness, samePhone: isSamePhone(one.phone, phone) })) === SHOWN) break;
  }
  return shown;
}

/** Those alike, the most alike first and the newest of equals. No more are read and judged than it takes to know that nothing unread can come before the next. */
function* bestFirst(some: readonly Prospect[], judged: (rids: readonly number[]) => Judged[]): Generator<Judged> {
  const waiting: Judged[] = [];
  for (let next = 0; ;) {
    const unread = some[next];
    const best = waiting[0];
    if (best !== undefined && (unread === undefined || best.points > unread.most)) {
      yield best;
      waiting.shift();
      continue;
    }
    if (unread === undefined) return;
    waiting.push(...judged(some.slice(next, next + READ_AT_ONCE).map(one => one.rid)));
    waiting.sort((a, b) => b.points - a.points || b.one.receivedAtMs - a.one.receivedAtMs);
    next += READ_AT_ONCE;
  }
}

function judgeOf(wanted: SimilarInput, words: ReadonlySet<string>, near: PolicyPack['dedupe']['issue'], pack: PolicyPack): (one: Candidate) => ReturnType<typeof likenessOf> {
  const point = pointOf(wanted);
  const family = (code: string): string => pack.categories.find(one => one.code === code)?.family ?? code;
  const wantedFamily = family(wanted.category);
  return one => likenessOf({
    near: nearness(point, pointOf(one), near.metres), soon: Math.max(0, 1 - Math.abs(one.receivedAtMs - wanted.receivedAtMs) / (near.minutes * MINUTE_MS)),
    words: shared(words, tellingWords(fold(`${one.description} ${one.place}`))),
    sameFamily: wanted.category !== 'unknown' && family(one.category) === wantedFamily, samePhone: isSamePhone(one.phone, wanted.phone),
  });
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
