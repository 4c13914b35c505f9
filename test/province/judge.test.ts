import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newId } from '../../contract/ids.ts';
import { displayNumber, type Issue } from '../../contract/issue.ts';
import type { Actor } from '../../contract/mutations/facts.ts';
import type { Unit } from '../../contract/org.ts';
import type { Mutation } from '../../contract/province.ts';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';
import { policyBook } from '../../contract/policy/pack.ts';
import { judge, numberYear, parseMutation, type Court, type Judged } from '../../province/judge.ts';
import { reportOfFire } from './support.ts';

const NOW = Date.UTC(2026, 10, 24);
const [SITE, AREA] = [newId(NOW), newId(NOW)];
const ACTOR: Actor = { personId: newId(NOW), unitId: null, roles: ['truc_ban'], scope: { siteIds: null, services: null } };

function court(changes: Partial<Court> = {}): Court {
  return {
    deviceId: newId(NOW), nowMs: NOW, actors: new Map([[ACTOR.personId, ACTOR]]), units: new Map(), places: new Set([SITE, AREA]), rows: new Map(), others: new Map(), lastNumbers: new Map(), policy: policyBook([DEFAULT_PACK]),
    onBroken: (_mutation, error) => { throw error; }, ...changes,
  };
}
const record = (row: Issue): Judged => ({ kind: 'issue', row });
const mutation = (n: number, name: string, payload: Record<string, unknown>): Mutation => ({ n, name, actorId: ACTOR.personId, atMs: NOW, payload });
const report = (n: number, changes: Record<string, unknown> = {}): Mutation => mutation(n, 'issue.receive', reportOfFire(SITE, { receivedAtMs: NOW, ...changes }));

test('a refused report uses up no number', () => {
  const { verdicts, changed, numbers } = judge([report(1), report(2, { description: '' }), report(3)].map(parseMutation), court({ lastNumbers: new Map([['114-2026', 41]]) }));
  expect(verdicts.map(verdict => verdict.status)).toEqual(['applied', 'rejected', 'applied']);
  expect([...changed.values()].map(({ row }) => (row as Issue).displayNo)).toEqual(['114-2026-000042', '114-2026-000043']);
  expect([...numbers]).toEqual([['114-2026', 43]]);
});

test('later mutations build on what earlier ones of the same push left', () => {
  const first = report(1);
  const id = first.payload['id'];
  const { verdicts, changed } = judge([first, mutation(2, 'issue.startVerification', { id }), mutation(3, 'issue.verify', { id, method: 'call_back' }), mutation(4, 'issue.verify', { id, method: 'call_back' })].map(parseMutation), court());
  expect(verdicts.map(verdict => verdict.status)).toEqual(['applied', 'applied', 'applied', 'rejected']);
  expect((changed.get(String(id))?.row as Issue).state).toBe('verified');
});

test('a mutation that breaks an assumption of ours is refused alone, and its cause is reported', () => {
  const broken = { ...report(1) };
  const heard: unknown[] = [];
  const id = newId(NOW);
  // A stored record without its history, as no code of ours writes it.
  const damaged = { id, state: 'received', siteId: SITE, service: '114' } as unknown as Issue;
  const { verdicts } = judge([mutation(1, 'issue.note', { id, note: 'ghi' }), { ...broken, n: 2 }].map(parseMutation), court({ rows: new Map([[id, record(damaged)]]), onBroken: (_m, error) => heard.push(error) }));
  expect(verdicts.map(verdict => verdict.error?.code)).toEqual(['internal/unexpected', undefined]);
  expect(heard.length).toBe(1);
});

test('a unit counts only while it is in force at the time of writing, and a deleted record is not found', () => {
  const id = newId(NOW);
  const gone = newId(NOW);
  const unit = (from: number, to: number | null): Unit => ({ id: newId(NOW), siteId: SITE, name: 'Đơn vị Mẫu', kind: 'police', handling: true, services: [], phone: '', focalPoint: null, lat: null, lon: null, effectiveFromMs: from, effectiveToMs: to });
  const units = [unit(0, null), unit(0, NOW), unit(NOW + 1, null)];
  const verified = { id, state: 'verified', class: 'incident', severity: 'P2', siteId: SITE, service: '114', history: [] } as unknown as Issue;
  const forwardTo = (leadUnitId: string) => judge([mutation(1, 'issue.forward', { id, leadUnitId })].map(parseMutation),
    court({ rows: new Map([[id, record(verified)]]), units: new Map(units.map(item => [item.id, item])) })).verdicts[0];
  expect(units.map(item => forwardTo(item.id)?.error?.code)).toEqual([undefined, 'issue/unit-unknown', 'issue/unit-unknown']);
  expect(judge([mutation(1, 'issue.note', { id: gone, note: 'ghi' })].map(parseMutation), court({ rows: new Map([[gone, 'deleted']]) })).verdicts[0]?.error?.code).toBe('issue/not-found');
});

test('a unit that has neither a focal point nor a head takes a record from the shift lead alone, as at the console', () => {
  const id = newId(NOW), unitId = newId(NOW);
  const unit = (head: Unit['head']): Unit => ({ id: unitId, siteId: SITE, name: 'Đơn vị Mẫu', kind: 'police', handling: true, services: [], phone: '', focalPoint: null, head, lat: null, lon: null, effectiveFromMs: 0, effectiveToMs: null });
  const verified = { id, state: 'verified', class: 'incident', severity: 'P3', siteId: SITE, service: '114', history: [], verification: null } as unknown as Issue;
  const verdictOf = (head: Unit['head']) => judge([parseMutation(mutation(1, 'issue.forward', { id, leadUnitId: unitId }))], court({ rows: new Map([[id, record(verified)]]), units: new Map([[unitId, unit(head)]]) })).verdicts[0]?.error?.code;
  expect([verdictOf(null), verdictOf({ name: 'Lê Minh Họa', phone: '0000 000 003' })]).toEqual(['issue/no-focal-point', undefined]);
});

const at = (areaId: string | null) => ({ text: 'Ngã tư Mẫu', areaId, landmark: '', lat: null, lon: null });

test('a report for a site or an area that the province has never had is refused alone', () => {
  const nowhere = newId(NOW);
  const { verdicts } = judge([
    report(1, { siteId: nowhere }), report(2, { place: at(nowhere) }), report(3, { place: at(AREA) }), report(4, { place: at(null) }),
  ].map(parseMutation), court());
  expect(verdicts.map(verdict => verdict.error?.code)).toEqual(['issue/outside-scope', 'issue/bad-value', undefined, undefined]);
  expect(verdicts[1]?.error?.facts).toEqual({ field: 'place' });
});

test('an edit may not bring in an unknown area, but may leave one that stands in the record', () => {
  const [id, gone] = [newId(NOW), newId(NOW)];
  const stored = { ...report(1, { id, place: at(gone) }).payload, state: 'received', history: [] } as unknown as Issue;
  const edit = (areaId: string) => judge([mutation(1, 'issue.edit', { id, fields: { place: { from: at(gone), to: { ...at(areaId), text: 'Ngã ba Mẫu' } } } })].map(parseMutation),
    court({ rows: new Map([[id, record(stored)]]) })).verdicts[0];
  expect([gone, AREA, newId(NOW)].map(areaId => edit(areaId)?.error?.code)).toEqual([undefined, undefined, 'issue/bad-value']);
});

const YEARS = [1000, 1969, 2100, 9999].map(year => Date.UTC(year, 0, 1, 12));

test.each(YEARS)('a mutation, a report or an event of %d ms is refused alone: no clock says that', absurdMs => {
  const { verdicts } = judge([
    { ...report(1), atMs: absurdMs }, report(2, { receivedAtMs: absurdMs }), report(3, { occurredAtMs: absurdMs }),
    mutation(4, 'issue.edit', { id: newId(NOW), fields: { occurredAtMs: { from: null, to: absurdMs } } }), report(5),
  ].map(parseMutation), court());
  expect(verdicts.map(verdict => [verdict.error?.code, verdict.error?.facts.field])).toEqual([
    ['input/invalid', 'atMs'], ['input/invalid', 'receivedAtMs'], ['input/invalid', 'occurredAtMs'], ['input/invalid', 'fields.occurredAtMs.to'], [undefined, undefined],
  ]);
});

test('a clock without a battery loses no call: 1970 is taken, as late as it comes', () => {
  expect(judge([{ ...report(1, { receivedAtMs: 60_000 }), atMs: 60_000 }].map(parseMutation), court()).verdicts[0]?.status).toBe('applied');
});

test('a number takes its year from the report, never from a clock that runs ahead', () => {
  expect(numberYear(Date.UTC(2019, 5, 1), NOW)).toBe(2019);
  expect(numberYear(Date.UTC(2036, 5, 1), NOW)).toBe(2026);
  expect(numberYear(0, NOW)).toBe(2026);
  // 24 December 23:59 in Vietnam is still the old year; UTC would agree, but 1 January 01:00 would not.
  expect(numberYear(Date.UTC(2025, 11, 31, 18), NOW)).toBe(2026);
  expect([displayNumber('115', 2026, 7), displayNumber('field', 2026, 7)]).toEqual(['115-2026-000007', 'HT-2026-000007']);
});

test('whatever a payload holds, parsing gives a payload or a refusal, and never text that the database cannot keep', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('\0', '\ud800', '\udfff', 'a', '💧'), fc.string(), (before, odd, after) => {
    const description = `${before}${odd}${after}x`;
    const parsed = parseMutation(report(1, { description }));
    const storable = description.isWellFormed() && !description.includes('\0');
    expect(parsed.refusal === null).toBe(storable && description.length <= 4_000);
  }));
});
