import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.ts';
import type { Issue } from '../../../contract/issue.ts';
import { inScope, SERVICES, type Area, type Scope } from '../../../contract/org.ts';
import { DEFAULT_PACK } from '../../../contract/policy/default-pack.ts';
import { likenessOf, shared, tellingWords, type SimilarInput } from '../../../contract/similar.ts';
import { digits, fold } from '../../../contract/text.ts';
import { loadIssues } from '../../../db/bulk.ts';
import { boxAround, metresBetween } from '../../../main/issues/nearness.ts';
import { similarRecords } from '../../../main/issues/similar.ts';
import { SIMILAR_BOUNDS } from '../../../main/issues/similar-spots.ts';
import { issueWith, SITES, T0, testDatabase, type TestDatabase } from './support.ts';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const AREA: Area = { id: newId(T0), siteId: SITES[0], name: 'Xã Mẫu', lat: 11.5, lon: 106.9 };
const NEXT: Area = { id: newId(T0), siteId: SITES[1], name: 'Xã Bên', lat: 11.53, lon: 106.93 };
const FAR: Area = { id: newId(T0), siteId: SITES[1], name: 'Xã Xa', lat: 12.5, lon: 107.5 };
const AREAS = [AREA, NEXT, FAR];
const ALL: Scope = { siteIds: null, services: null };
const WORDS = 'đèn đường hỏng tối ngõ trường học rác thải suối chợ ô nhiễm cây đổ xe máy tải tông cháy khói nhà kho nước ngập cống tắc mùi hôi karaoke ồn đêm chó thả rông lan can gãy'.split(' ');
/** Switchboards and people: the first has more records than are named one by one. */
const PHONES = ['0271 555 000', '+84 912 345 678', '0912345678', '0987654321', '113', ''];
const COUNT = 2_600;

const oneOf = <T>(...some: readonly T[]) => fc.constantFrom(...some);
const category = oneOf('lighting', 'waste', 'traffic_accident', 'breathing', 'unknown');
const text = fc.array(oneOf(...WORDS), { maxLength: 24 }).map(some => some.join(' '));
/** Metres from the commune's middle; much lies within the 50 and 500 metres that count. */
const offset = fc.oneof(fc.integer({ min: -60, max: 60 }), fc.integer({ min: -600, max: 600 })).map(metres => metres / 111_320);
const minutes = (days: number) => fc.oneof(fc.integer({ min: -150, max: 150 }), fc.integer({ min: -days * 1_440, max: days * 1_440 }));
const written = fc.record({
  service: oneOf(...SERVICES), site: oneOf(...SITES), category, text, dLat: offset, dLon: offset, minutes: minutes(8), phone: oneOf(...PHONES, ''),
  area: oneOf(AREA, AREA, AREA, NEXT, FAR, null), pinned: oneOf(true, true, false), closedDaysAgo: oneOf(null, null, 1, 30),
});
const asked = fc.record({
  service: oneOf(...SERVICES), category, text, dLat: offset, dLon: offset, minutes: minutes(2), phone: oneOf(...PHONES),
  area: oneOf(AREA, AREA, NEXT, null), pinned: oneOf(true, true, false), scope: oneOf<Scope>(ALL, ALL, { siteIds: [SITES[0]], services: null }, { siteIds: null, services: ['field', '115'] }),
});

function issueOf(one: ReturnType<typeof fc.sample<typeof written extends fc.Arbitrary<infer T> ? T : never>>[number]): Issue {
  const middle = one.area ?? AREA;
  const receivedAtMs = T0 + one.minutes * MINUTE;
  const closed = one.closedDaysAgo === null ? {} : {
    state: 'closed' as const, history: [{ atMs: T0 - one.closedDaysAgo * DAY, byId: newId(T0), deviceId: newId(T0), action: 'issue.close' as const, to: 'closed' as const }],
  };
  return issueWith({
    id: newId(receivedAtMs), class: one.service === '1022' || one.service === 'field' ? 'issue' : 'incident', service: one.service, siteId: one.site, category: one.category, description: one.text, receivedAtMs,
    place: { text: 'Đường Mẫu', areaId: one.area?.id ?? null, landmark: '', lat: one.pinned ? middle.lat + one.dLat : null, lon: one.pinned ? middle.lon + one.dLon : null },
    reporter: { anonymous: one.phone === '', name: '', phone: one.phone, relation: '' }, ...closed,
  });
}

function inputOf(one: ReturnType<typeof fc.sample<typeof asked extends fc.Arbitrary<infer T> ? T : never>>[number]): SimilarInput {
  const middle = one.area ?? AREA;
  return {
    id: newId(T0), service: one.service, category: one.category, areaId: one.area?.id ?? null, lat: one.pinned ? middle.lat + one.dLat : null, lon: one.pinned ? middle.lon + one.dLon : null,
    phone: one.phone, text: one.text, receivedAtMs: T0 + one.minutes * MINUTE,
  };
}

const stage = {} as { db: TestDatabase; all: { issue: Issue; words: Set<string> }[] };
beforeAll(() => {
  stage.db = testDatabase();
  const issues = fc.sample(written, { numRuns: COUNT, seed: 561 }).map(issueOf);
  loadIssues(stage.db.writer, issues);
  stage.all = issues.map(issue => ({ issue, words: tellingWords(fold(`${issue.description} ${issue.place.text}`)) }));
});
afterAll(() => { stage.db.close(); });

const found = (input: SimilarInput, scope: Scope, bounds = SIMILAR_BOUNDS) => similarRecords(stage.db.reader, input, { scope, pack: DEFAULT_PACK, areas: AREAS }, bounds);
const samePhone = (a: string, b: string): boolean => digits(a).length >= 6 && digits(b).length >= 6 && digits(a).slice(-9) === digits(b).slice(-9);

interface Plain { issue: Issue; points: number; isNear: boolean; isPhone: boolean }

/** Every record looked at one by one, by the rule as it is written and no index: those alike that may be seen, the most alike first. */
function exhaustive(wanted: SimilarInput, scope: Scope): Plain[] {
  const { incident, issue: report, phoneMinutes, closedDays } = DEFAULT_PACK.dedupe;
  const isIncident = !['1022', 'field'].includes(wanted.service);
  const near = isIncident ? incident : report;
  const point = wanted.lat === null || wanted.lon === null ? null : { lat: wanted.lat, lon: wanted.lon };
  const box = point === null ? null : boxAround(point, near.metres);
  const told = tellingWords(fold(wanted.text));
  const family = (code: string) => DEFAULT_PACK.categories.find(one => one.code === code)?.family ?? code;
  return stage.all.flatMap(({ issue, words }) => {
    const { areaId, lat, lon } = issue.place;
    const apart = Math.abs(issue.receivedAtMs - wanted.receivedAtMs);
    const phone = samePhone(issue.reporter.phone, wanted.phone);
    const area = AREAS.find(one => one.id === areaId);
    const isAround = area === undefined ? box !== null && lat !== null && lon !== null && lat >= box.south && lat <= box.north && lon >= box.west && lon <= box.east
      : area.id === wanted.areaId || (point !== null && metresBetween(area, point) < 15_000);
    const isCandidate = isAround && apart <= near.minutes * MINUTE;
    const isPhone = phone && apart <= phoneMinutes * MINUTE;
    if (!(isCandidate && ((issue.class === 'incident') === isIncident || phone)) && !isPhone) return [];
    if (!inScope(scope, issue) || (issue.state === 'closed' && wanted.receivedAtMs - issue.history[0]!.atMs > closedDays * DAY)) return [];
    const nearBy = point === null || lat === null || lon === null ? null : Math.max(0, 1 - metresBetween(point, { lat, lon }) / near.metres);
    const { points, likeness } = likenessOf({
      near: nearBy, soon: Math.max(0, 1 - apart / (near.minutes * MINUTE)), words: shared(told, words),
      sameFamily: wanted.category !== 'unknown' && family(issue.category) === family(wanted.category), samePhone: phone,
    });
    return likeness === null ? [] : [{ issue, points, isNear: (nearBy ?? 0) > 0, isPhone }];
  }).sort((a, b) => b.points - a.points || b.issue.receivedAtMs - a.issue.receivedAtMs);
}

describe('among many records', () => {
  test('the four found are the four most alike of all, in their order, where every one is judged', () => {
    fc.assert(fc.property(asked, one => {
      const input = inputOf(one);
      const plain = new Map(exhaustive(input, one.scope).map(each => [each.issue.id, each]));
      const hits = found(input, one.scope, { ...SIMILAR_BOUNDS, plain: COUNT, read: COUNT }).map(hit => plain.get(hit.id));
      expect(hits.map(hit => [hit?.points, hit?.issue.receivedAtMs])).toEqual([...plain.values()].slice(0, 4).map(each => [each.points, each.issue.receivedAtMs]));
    }), { numRuns: 300 });
  });
  test.each([
    ['the usual bounds', SIMILAR_BOUNDS],
    ['hardly any words looked up', { ...SIMILAR_BOUNDS, plain: 0, wordy: 3, postings: 1, perWord: 2 }],
  ])('none that is near or of the same telephone is lost to one less alike: %s', (_name, bounds) => {
    fc.assert(fc.property(asked, one => {
      const input = inputOf(one);
      const plain = exhaustive(input, one.scope);
      const points = new Map(plain.map(each => [each.issue.id, each.points]));
      const hits = found(input, one.scope, bounds).map(hit => hit.id);
      const reached = hits.map(id => points.get(id) ?? NaN);
      expect(reached).toEqual(reached.toSorted((a, b) => b - a));
      const least = hits.length < 4 ? -Infinity : reached.at(-1)!;
      expect(plain.filter(each => (each.isNear || each.isPhone) && each.points > least && !hits.includes(each.issue.id))).toEqual([]);
    }), { numRuns: 300 });
  });
  test('what only its words make alike is found among hundreds that are nearer in time', () => {
    const put = (minutesBefore: number, description: string): Issue => issueWith({ id: newId(T0), service: '1022', category: 'noise', description, receivedAtMs: T0 - 40 * DAY - minutesBefore * MINUTE, place: { text: 'Chợ', areaId: AREA.id, landmark: '', lat: null, lon: null } });
    const others = Array.from({ length: SIMILAR_BOUNDS.plain + 300 }, (_, at) => put(at, `Cột đèn số ${at} trên quốc lộ bị tắt, người dân đề nghị sửa sớm`));
    const wanted = put(5 * 1_440, 'Loa kéo hát karaoke suốt đêm ở quán Hai Lúa');
    loadIssues(stage.db.writer, [...others, wanted]);
    const input: SimilarInput = { id: newId(T0), service: '1022', category: 'unknown', areaId: AREA.id, lat: null, lon: null, phone: '', text: 'quan hai lua hat KARAOKE suot dem, loa keo rat to', receivedAtMs: T0 - 40 * DAY };
    expect(found(input, ALL).map(hit => hit.id)).toEqual([wanted.id]);
  });
  test('a telephone with more records than are named one by one still gives those of its half hour', () => {
    const [switchboard] = PHONES as [string];
    const put = (days: number): Issue => issueWith({ id: newId(T0), service: '115', class: 'incident', description: 'Ngã', receivedAtMs: T0 - days * DAY, place: { text: 'Chợ', areaId: FAR.id, landmark: '', lat: null, lon: null }, reporter: { anonymous: false, name: '', phone: switchboard, relation: '' } });
    const one = put(60);
    loadIssues(stage.db.writer, [...Array.from({ length: 600 }, (_, at) => put(61 + at)), one]);
    const input: SimilarInput = { id: newId(T0), service: '113', category: 'unknown', areaId: null, lat: null, lon: null, phone: '+84271555000', text: '', receivedAtMs: T0 - 60 * DAY + 29 * MINUTE };
    expect(found(input, ALL).map(hit => [hit.id, hit.samePhone])).toEqual([[one.id, true]]);
    expect(found({ ...input, receivedAtMs: T0 - 60 * DAY + 31 * MINUTE }, ALL)).toEqual([]);
  });
});
