import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { consoleContract, type ConsoleParsedInputs } from '../../../contract/console.ts';
import { newId, type Id } from '../../../contract/ids.ts';
import type { Issue } from '../../../contract/issue.ts';
import { NEIGHBOUR_LIMIT, NEIGHBOUR_SPAN_MS } from '../../../contract/map.ts';
import { inScope, SERVICES, type Scope } from '../../../contract/org.ts';
import { readNeighbours } from '../../../db/stores/issue-places.ts';
import { createMap } from '../../../main/map/map.ts';
import { issueWith, sessionWith, SITES, T0, testDatabase, type TestDatabase } from '../issues/support.ts';

const NOW = T0 + 3 * NEIGHBOUR_SPAN_MS;
const AREAS = [null, newId(T0), newId(T0), newId(T0)] as const;
const ALL: Scope = { siteIds: null, services: null };
type Query = ConsoleParsedInputs['map']['neighbours'];
const WHOLE = { west: 106, south: 11, east: 108, north: 13 };

const base: { db: TestDatabase | null; written: Issue[] } = { db: null, written: [] };
const db = (): TestDatabase => base.db!;
const write = (some: Partial<Issue>): Issue => {
  const issue = issueWith({ id: newId(T0), receivedAtMs: NOW, ...some });
  db().write(issue);
  base.written.push(issue);
  return issue;
};
const at = (lat: number, lon: number, areaId: Id | null = null): Issue['place'] => ({ text: '', areaId, landmark: '', lat, lon });
const ask = (query: Partial<Query>, scope = ALL, nowMs = NOW) => createMap({ reader: db().reader, dataDir: '/nowhere', correctedNowMs: () => nowMs })
  .neighbours({ box: WHOLE, near: null, exceptId: null, limit: NEIGHBOUR_LIMIT, ...query }, { session: sessionWith({ scope }), signal: new AbortController().signal });

beforeAll(() => { base.db = testDatabase(); });
afterAll(() => { base.db?.close(); });
beforeEach(() => { for (const { id } of base.written.splice(0)) db().remove(id); });

/** The same, straight from the words of what it is to give. */
function bruteForce(all: readonly Issue[], { box, near, exceptId, limit }: Query, scope: Scope): Id[] {
  const rank = (issue: Issue): number => near === null ? -issue.receivedAtMs
    : (issue.place.lat! - near.lat) ** 2 + ((issue.place.lon! - near.lon) * Math.cos(near.lat * Math.PI / 180)) ** 2;
  return all.map((issue, i) => ({ issue, i })).filter(({ issue: { place: { lat, lon }, ...issue } }) => lat !== null && lon !== null && issue.id !== exceptId && inScope(scope, issue)
    && issue.receivedAtMs >= NOW - NEIGHBOUR_SPAN_MS && lat >= box.south && lat <= box.north && lon >= box.west && lon <= box.east)
    .sort((a, b) => rank(a.issue) - rank(b.issue) || a.i - b.i).slice(0, limit).map(({ issue }) => issue.id);
}

const degrees = (from: number) => fc.nat(40).map(n => from + n / 20);
const record = fc.record({
  lat: fc.option(degrees(11), { freq: 8 }), lon: degrees(106), area: fc.nat(3), site: fc.nat(1), service: fc.constantFrom(...SERVICES), lines: fc.subarray([...SERVICES], { maxLength: 2 }),
  ageMs: fc.oneof(fc.nat(2 * NEIGHBOUR_SPAN_MS), fc.constantFrom(NEIGHBOUR_SPAN_MS, NEIGHBOUR_SPAN_MS + 1)), state: fc.constantFrom('received' as const, 'closed' as const),
});
const scopes = fc.record({ siteIds: fc.option(fc.subarray([...SITES])), services: fc.option(fc.subarray([...SERVICES])) });

test('neighbours are exactly those that a search through everything finds, in the same order', () => {
  fc.assert(fc.property(fc.array(record, { maxLength: 30 }), scopes, fc.tuple(degrees(11), degrees(11), degrees(106), degrees(106)), fc.option(fc.tuple(degrees(11), degrees(106))), fc.integer({ min: 1, max: 12 }), fc.nat(30),
    (records, scope, [a, b, c, d], near, limit, except) => {
      for (const { id } of base.written.splice(0)) db().remove(id);
      for (const { lat, lon, area, site, service, lines, ageMs, state } of records) {
        write({ place: { ...at(11, lon, AREAS[area]), lat, lon: lat === null ? null : lon }, siteId: SITES[site]!, service, lines, receivedAtMs: NOW - ageMs, state });
      }
      const query: Query = {
        box: { south: Math.min(a, b), north: Math.max(a, b), west: Math.min(c, d), east: Math.max(c, d) },
        near: near === null ? null : { lat: near[0], lon: near[1] }, exceptId: base.written[except]?.id ?? null, limit,
      };
      const found = ask(query, scope);
      const expected = bruteForce(base.written, { ...query, limit: 1_000 }, scope);
      expect(found.records.map(({ id }) => id)).toEqual(expected.slice(0, limit));
      expect(found.more).toBe(expected.length > limit);
    }), { numRuns: 150 });
});

describe('a neighbour', () => {
  test('says what it is, and nothing of persons', () => {
    const issue = write({
      place: { ...at(11.5, 106.9, AREAS[1]), text: 'Nhà bà Mẫu', landmark: 'cổng xanh' }, displayNo: '115-2026-000007', description: `${'Xe tải va chạm xe máy. '.repeat(20)}`,
      reporter: { anonymous: false, name: 'Cao Văn Thử', phone: '0900000418', relation: 'người đi đường' }, victims: [{ who: 'Nam 35', conscious: 'no', breathing: 'yes', bleeding: 'unknown' }],
    });
    const [found] = ask({}).records;
    expect(found).toEqual({
      id: issue.id, displayNo: '115-2026-000007', provisionalNo: issue.provisionalNo, service: 'field', severity: 'P3', state: 'received', receivedAtMs: NOW, lat: 11.5, lon: 106.9, description: issue.description.slice(0, 160),
    });
    const said = JSON.stringify(found);
    for (const personal of ['Thử', '0900000418', 'bà Mẫu', 'cổng xanh', 'Nam 35']) expect(said).not.toContain(personal);
  });

  test('is nearer by metres, not by degrees, which are shorter from west to east', () => {
    const [north, east] = [write({ place: at(11.5 + 0.099, 106.9) }), write({ place: at(11.5, 106.9 + 0.1) })];
    expect(ask({ near: { lat: 11.5, lon: 106.9 } }).records.map(({ id }) => id)).toEqual([east.id, north.id]);
  });

  test('is nobody’s whose scope is empty', () => {
    write({ place: at(11.5, 106.9) });
    expect([ask({}, { siteIds: [], services: null }), ask({}, { siteIds: null, services: [] })].map(({ records }) => records)).toEqual([[], []]);
    expect(ask({}).records).toHaveLength(1);
  });

  test('is no longer one after a day', () => {
    write({ place: at(11.5, 106.9), receivedAtMs: NOW });
    expect(ask({}, ALL, NOW + NEIGHBOUR_SPAN_MS).records).toHaveLength(1);
    expect(ask({}, ALL, NOW + NEIGHBOUR_SPAN_MS + 1).records).toHaveLength(0);
  });

  test('is looked for among so many of the newest at most, and it is said from when on', () => {
    for (let i = 0; i < 30; i += 1) write({ place: at(11.5, 106.9, AREAS[i % 4]!), receivedAtMs: NOW - i * 1_000 });
    const query = { box: WHOLE, near: null, exceptId: null, limit: 50, scope: ALL, sinceMs: NOW - NEIGHBOUR_SPAN_MS };
    expect(readNeighbours(db().reader, query, 10)).toMatchObject({ sinceMs: NOW - 10_000 + 1, more: false, records: base.written.slice(0, 10).map(({ id }) => ({ id })) });
    expect(readNeighbours(db().reader, query, 30).records).toHaveLength(30);
  });
});

test('what a page may ask for is bounded by the contract', () => {
  const schema = consoleContract.map.neighbours['~orpc'].inputSchema!;
  const isTaken = (some: object): boolean => { const result = schema['~standard'].validate({ box: WHOLE, near: null, exceptId: null, limit: 6, ...some }); return !(result instanceof Promise) && result.issues === undefined; };
  expect(isTaken({})).toBe(true);
  for (const wrong of [
    { limit: 0 }, { limit: NEIGHBOUR_LIMIT + 1 }, { limit: 1.5 }, { near: { lat: 91, lon: 0 } }, { near: { lat: Number.NaN, lon: 0 } }, { exceptId: 'x' },
    { box: { ...WHOLE, west: 109 } }, { box: { ...WHOLE, north: 10 } }, { box: { ...WHOLE, east: 181 } }, { siteId: SITES[0] },
  ]) expect([wrong, isTaken(wrong)]).toEqual([wrong, false]);
});

test('the table is never read from end to end', () => {
  const seen: string[] = [];
  const watched = { prepare: (sql: string) => { seen.push(sql); return db().reader.prepare(sql); } };
  readNeighbours(watched as never, { box: WHOLE, near: { lat: 11.5, lon: 106.9 }, exceptId: newId(T0), limit: 6, scope: { siteIds: [SITES[0]], services: ['115'] }, sinceMs: 0 });
  const named = { sinceMs: 0, ...WHOLE, limit: 7, exceptId: null, lat: 11.5, lon: 106.9, narrower: 1, site0: null };
  const plan = seen.map(sql => db().reader.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...(sql.includes('@') ? [named] : [0, 10])).map(({ detail }) => detail)).flat();
  expect(plan.filter(step => step.includes('SCAN issue') && !step.includes('ix_area_geo'))).toEqual([]);
  expect(plan.some(step => /SEARCH issue USING (COVERING )?INDEX ix_area_geo \(area_id=\? AND received_at>\?\)/.test(step)), plan.join('\n')).toBe(true);
  expect(plan.some(step => step.includes('USING COVERING INDEX ix_cover'))).toBe(true);
});
