import type { Area } from '../../contract/org.ts';
import type { PolicyPack } from '../../contract/policy/pack.ts';
import { likenessOf, type SimilarInput } from '../../contract/similar.ts';
import type { Id } from '../../contract/ids.ts';
import type { Database } from '../../db/database.ts';
import { placelessSpots, ridsByWord, spotsOfAreas, spotsOfPhone, type Spot } from '../../db/stores/similar.ts';
import { boxAround, metresBetween, nearness, pointOf } from './nearness.ts';

const MINUTE_MS = 60_000;
/** Communes whose centre is nearer than this to the point are looked through. */
const AREAS_WITHIN_M = 15_000;

/**
 * How much is looked at where there is much. Up to `plain` records that only their words can make alike are judged one and all; of
 * more than that the `wordy` that share the most words, for which some `postings` entries of the full-text index are read,
 * no fewer than `perWord` for a word that has so many. `read` records in all, those that can be the most alike first. Among a million
 * records 373 of 374 that are shown are those that would be if every one were read, and the other is as alike as the one it stands for.
 */
export const SIMILAR_BOUNDS = { plain: 400, wordy: 100, postings: 80_000, perWord: 800, read: 2_000 };
export type SimilarBounds = typeof SIMILAR_BOUNDS;

/** A record that is to be judged, and the most points it can come to, whatever it says. */
export interface Prospect { rid: number; most: number; receivedAtMs: number }

export interface Sought { wanted: SimilarInput; words: ReadonlySet<string>; isIncident: boolean; pack: PolicyPack; areas: readonly Area[] }

/**
 * The records worth reading, those that can be the most alike first. Every record near the point and every one of the same telephone
 * within the policy pack's times is among them (domain, §5.6), unless it could not be alike whatever its words; of those that only
 * their words can make alike, the ones that share the most.
 */
export function prospects(db: Database, sought: Sought, bounds: SimilarBounds): Prospect[] {
  const { wanted, words, isIncident, pack, areas } = sought;
  const near = isIncident ? pack.dedupe.incident : pack.dedupe.issue;
  const spanMs = near.minutes * MINUTE_MS;
  const phoneMs = pack.dedupe.phoneMinutes * MINUTE_MS;
  const at = wanted.receivedAtMs;
  const point = pointOf(wanted);
  const phone = spotsOfPhone(db, wanted.phone, at - phoneMs, at + phoneMs);
  const ofPhone = new Set([...phone.inSpan.map(spot => spot.rid), ...phone.everRids ?? []]);
  const spots = new Map<number, Spot>([
    ...spotsOfAreas(db, areasAround(wanted.areaId, point, areas), at - spanMs, at + spanMs),
    ...(point === null ? [] : placelessSpots(db, boxAround(point, near.metres), at - spanMs, at + spanMs)),
    ...phone.inSpan,
  ].map(spot => [spot.rid, spot]));
  const sure: Prospect[] = [];
  const byWords: Prospect[] = [];
  for (const spot of spots.values()) {
    const { rid, receivedAtMs } = spot;
    const nearBy = nearness(point, pointOf(spot), near.metres);
    const known = { near: nearBy, soon: Math.max(0, 1 - Math.abs(receivedAtMs - at) / spanMs), words: words.size === 0 ? 0 : 1, sameFamily: wanted.category !== 'unknown' };
    const isSure = ofPhone.has(rid) || (nearBy ?? 0) > 0;
    const { points: most, likeness } = likenessOf({ ...known, samePhone: ofPhone.has(rid) || phone.everRids === null });
    if (likeness !== null) (isSure ? sure : byWords).push({ rid, most, receivedAtMs });
  }
  const told = byWords.length <= bounds.plain ? byWords : mostWordsShared(db, words, byWords, { spanMs, atMs: at }, bounds);
  return [...sure, ...told].sort((a, b) => b.most - a.most || b.receivedAtMs - a.receivedAtMs).slice(0, bounds.read);
}

/**
 * Those that share the most words with what was told, and of equals the soonest, by the full-text index alone. A word that very many
 * of them hold counts for the newest of these only. What has no words in the index yet (`db/text-behind.ts`) is not among them.
 */
function mostWordsShared(db: Database, words: ReadonlySet<string>, among: readonly Prospect[], { spanMs, atMs }: { spanMs: number; atMs: number }, bounds: SimilarBounds): Prospect[] {
  const asked = [...words].filter(word => /^[a-z0-9]+$/.test(word));
  const sharedWords = new Map<number, number>();
  let [fromRid, toRid] = [Infinity, 0];
  for (const { rid } of among) {
    sharedWords.set(rid, 0);
    if (rid < fromRid) fromRid = rid;
    if (rid > toRid) toRid = rid;
  }
  const limit = Math.max(bounds.perWord, Math.floor(bounds.postings / Math.max(1, asked.length)));
  for (const rids of ridsByWord(db, asked, { fromRid, toRid, limit })) {
    for (const rid of rids) {
      const count = sharedWords.get(rid);
      if (count !== undefined) sharedWords.set(rid, count + 1);
    }
  }
  // As `likenessOf` weighs them: a share of the words twice as much as the same share of the time.
  const rank = ({ rid, receivedAtMs }: Prospect): number => (sharedWords.get(rid) ?? 0) / words.size * 2 + 1 - Math.abs(receivedAtMs - atMs) / spanMs;
  return among
    .filter(({ rid }) => (sharedWords.get(rid) ?? 0) > 0)
    .map(prospect => ({ prospect, rank: rank(prospect) }))
    .sort((a, b) => b.rank - a.rank || b.prospect.rid - a.prospect.rid)
    .slice(0, bounds.wordy)
    .map(({ prospect }) => prospect);
}

function areasAround(areaId: Id | null, point: ReturnType<typeof pointOf>, areas: readonly Area[]): Id[] {
  const near = point === null ? [] : areas.filter(area => metresBetween(area, point) < AREAS_WITHIN_M).map(area => area.id);
  return [...new Set(areaId === null ? near : [areaId, ...near])];
}
