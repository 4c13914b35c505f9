import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId, type Id } from '../../../contract/ids.ts';
import type { Issue } from '../../../contract/issue.ts';
import type { Area } from '../../../contract/org.ts';
import { DEFAULT_PACK } from '../../../contract/policy/default-pack.ts';
import { likenessOf, shared, tellingWords, type SimilarInput } from '../../../contract/similar.ts';
import { fold } from '../../../contract/text.ts';
import { metresBetween } from '../../../main/issues/nearness.ts';
import { similarRecords } from '../../../main/issues/similar.ts';
import { issueWith, SITES, T0, testDatabase, type TestDatabase } from './support.ts';

const MINUTE = 60_000;
const AREA: Area = { id: newId(T0), siteId: SITES[0], name: 'Xã Mẫu', lat: 11.5, lon: 106.9 };
const FAR: Area = { id: newId(T0), siteId: SITES[1], name: 'Xã Xa', lat: 12.5, lon: 107.5 };
const ALL = { siteIds: null, services: null };
const stage = {} as { db: TestDatabase };
beforeAll(() => { stage.db = testDatabase(); });
afterAll(() => { stage.db.close(); });

const place = (lat: number | null, lon: number | null, areaId: Id | null = AREA.id, text = 'Đường Mẫu'): Issue['place'] => ({ text, areaId, landmark: '', lat, lon });
function put(more: Partial<Issue>): Issue {
  const issue = issueWith({ id: newId(T0), class: 'incident', service: '115', category: 'traffic_accident', description: 'Xe máy và xe tải tông nhau', place: place(11.5, 106.9), ...more });
  stage.db.write(issue);
  return issue;
}
const asked = (more: Partial<SimilarInput> = {}): SimilarInput => ({
  id: newId(T0), service: '115', category: 'traffic_accident', areaId: AREA.id, lat: 11.5, lon: 106.9, phone: '', text: 'Tai nạn xe tải và xe máy', receivedAtMs: T0, ...more,
});
const found = (input: SimilarInput, scope: Parameters<typeof similarRecords>[2]['scope'] = ALL) => similarRecords(stage.db.reader, input, { scope, pack: DEFAULT_PACK, areas: [AREA, FAR] });
const clear = (): void => { for (const { id } of found(asked({ phone: '0900000000' }))) stage.db.remove(id); };

describe('records that may be of the same event', () => {
  test('are near, of the same hours and like in words; the most alike is first, and its distance is said', () => {
    const near = put({ place: place(11.501, 106.9), receivedAtMs: T0 - 4 * MINUTE });
    const farther = put({ place: place(11.5035, 106.9), receivedAtMs: T0 - 47 * MINUTE, description: 'Người đi xe máy tự ngã', severity: 'P3' });
    const away = put({ place: place(11.6, 106.9), receivedAtMs: T0, description: 'Cháy cỏ ven đường', category: 'fire_forest' });
    const before = put({ receivedAtMs: T0 - 300 * MINUTE });
    const hits = found(asked());
    expect(hits.map(hit => hit.id)).toEqual([near.id, farther.id]);
    expect(hits.map(hit => [hit.likeness, Math.round((hit.distanceM ?? 0) / 10) * 10])).toEqual([['much', 110], ['some', 390]]);
    for (const { id } of [near, farther, away, before]) stage.db.remove(id);
  });
  test('may lie in the next commune, or have no commune at all', () => {
    const other = put({ place: { ...place(11.5002, 106.9001), areaId: null }, receivedAtMs: T0 });
    expect(found(asked({ areaId: null })).map(hit => hit.id)).toEqual([other.id]);
    stage.db.remove(other.id);
  });
  test('of the same telephone within half an hour are found wherever they are said to be, also by another service', () => {
    const other = put({ service: '113', place: place(null, null, FAR.id, 'Chợ'), description: 'Đánh nhau', category: 'fight', receivedAtMs: T0 - 10 * MINUTE, reporter: { anonymous: false, name: '', phone: '+84 912 345 678', relation: '' } });
    expect(found(asked({ phone: '0912345678' })).map(hit => [hit.id, hit.samePhone])).toEqual([[other.id, true]]);
    expect(found(asked({ phone: '0912345678', receivedAtMs: T0 + 60 * MINUTE }))).toEqual([]);
    stage.db.remove(other.id);
  });
  test('include what was closed lately, never what was closed long ago, what the viewer may not see, or the record itself', () => {
    const entry = (to: Issue['state'], atMs: number) => ({ atMs, byId: newId(T0), deviceId: newId(T0), action: 'issue.close', to });
    const closed = put({ state: 'closed', receivedAtMs: T0, history: [entry('closed', T0)] });
    const long = put({ state: 'closed', receivedAtMs: T0, history: [entry('closed', T0 - 30 * 86_400_000)] });
    const hidden = put({ siteId: SITES[1] });
    const here = { siteIds: [SITES[0]], services: null };
    expect(found(asked(), here).map(hit => [hit.id, hit.isOpen])).toEqual([[closed.id, false]]);
    expect(found(asked({ id: closed.id }), here)).toEqual([]);
    for (const { id } of [closed, long, hidden]) stage.db.remove(id);
  });
  test('for which another stands are given as that one, once', () => {
    const root = put({});
    const part = put({ merges: [{ edgeId: newId(T0), parentId: root.id, byId: newId(T0), atMs: T0 }] });
    expect(found(asked()).map(hit => hit.id)).toEqual([root.id]);
    for (const { id } of [root, part]) stage.db.remove(id);
  });
  test('for which one stands that the viewer may not see are not given at all', () => {
    const root = put({ siteId: SITES[1] });
    const part = put({ merges: [{ edgeId: newId(T0), parentId: root.id, byId: newId(T0), atMs: T0 }] });
    expect(found(asked(), { siteIds: [SITES[0]], services: null })).toEqual([]);
    for (const { id } of [root, part]) stage.db.remove(id);
  });
  test('say nothing of who reported', () => {
    const one = put({ reporter: { anonymous: false, name: 'Người Báo Mẫu', phone: '0912000111', relation: '' } });
    expect(JSON.stringify(found(asked({ phone: '0912000111' })))).not.toMatch(/Người Báo|0912/);
    stage.db.remove(one.id);
  });
});

test('nothing that the plain rule calls alike is missed, and nothing else is found', () => {
  const record = fc.record({ dLat: fc.integer({ min: -60, max: 60 }), dMin: fc.integer({ min: -200, max: 200 }), words: fc.constantFrom('Xe máy tông xe tải', 'Cụ bà khó thở', 'Cháy'), category: fc.constantFrom('traffic_accident', 'breathing', 'unknown') });
  fc.assert(fc.property(fc.array(record, { maxLength: 6 }), some => {
    const all = some.map(one => put({ place: place(11.5 + one.dLat / 10_000, 106.9), receivedAtMs: T0 + one.dMin * MINUTE, description: one.words, category: one.category }));
    const words = tellingWords(fold('Tai nạn xe tải và xe máy'));
    const plain = all.filter(issue => {
      const minutes = Math.abs(issue.receivedAtMs - T0) / MINUTE;
      return minutes <= 120 && likenessOf({
        near: Math.max(0, 1 - metresBetween({ lat: 11.5, lon: 106.9 }, { lat: issue.place.lat!, lon: issue.place.lon! }) / 500), soon: Math.max(0, 1 - minutes / 120),
        words: shared(words, tellingWords(fold(`${issue.description} ${issue.place.text}`))), sameFamily: issue.category === 'traffic_accident', samePhone: false,
      }).likeness !== null;
    });
    const hits = found(asked()).map(hit => hit.id);
    expect(plain.map(issue => issue.id)).toEqual(expect.arrayContaining(hits));
    expect(hits).toHaveLength(Math.min(4, plain.length));
    for (const { id } of all) stage.db.remove(id);
    clear();
  }), { numRuns: 60 });
});
