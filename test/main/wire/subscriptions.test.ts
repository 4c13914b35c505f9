import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ChangeEvent } from '../../../contract/console.ts';
import { newId } from '../../../contract/ids.ts';
import { createSubscriptions, mergeEvents } from '../../../main/wire/subscriptions.ts';

const event = (more: Partial<ChangeEvent> = {}): ChangeEvent => ({ tables: ['issue'], issueIds: [newId(1)], fresh: {}, ...more });

test('a waiting reader gets each event', async () => {
  const subscriptions = createSubscriptions();
  const stop = new AbortController();
  const reader = subscriptions.stream(stop.signal);
  const first = event();
  const asked = reader.next();
  subscriptions.publish(first);
  expect(await asked).toEqual({ done: false, value: first });
  stop.abort();
  expect((await reader.next()).done).toBe(true);
});

test('a reader that is busy finds one event that stands for all it missed', async () => {
  const subscriptions = createSubscriptions();
  const stop = new AbortController();
  const reader = subscriptions.stream(stop.signal);
  const asked = reader.next();
  subscriptions.publish(event());
  await asked;
  const missed = [event({ fresh: { a: 1 } }), event({ tables: ['org'], issueIds: [], fresh: { a: 2 } }), event({ fresh: { b: 5 } })];
  for (const one of missed) subscriptions.publish(one);
  const { value } = await reader.next();
  expect(value).toEqual({ tables: ['issue', 'org'], issueIds: [...new Set(missed.flatMap(one => one.issueIds))], fresh: { a: 2, b: 5 } });
  stop.abort();
  expect((await reader.next()).done).toBe(true);
});

test('two readers each get everything, and leave nothing behind when they go', async () => {
  const subscriptions = createSubscriptions();
  const stops = [new AbortController(), new AbortController()];
  const readers = stops.map(stop => subscriptions.stream(stop.signal));
  const asked = readers.map(reader => reader.next());
  expect(subscriptions.readers).toBe(2);
  subscriptions.publish(event({ tables: ['sync'] }));
  for (const answer of await Promise.all(asked)) expect(answer.value?.tables).toEqual(['sync']);
  const last = readers.map(reader => reader.next());
  for (const stop of stops) stop.abort();
  for (const answer of await Promise.all(last)) expect(answer.done).toBe(true);
  expect(subscriptions.readers).toBe(0);
});

test('a flood nobody reads stays one small event', () => {
  const merged = Array.from({ length: 5_000 }, (_, n) => event({ issueIds: [newId(n)] })).reduce(mergeEvents);
  expect(merged).toEqual({ tables: ['issue'], issueIds: [], fresh: {} });
});

test('merging in any grouping asks for the same, and forgets no table', () => {
  const anyEvent = fc.record({
    tables: fc.uniqueArray(fc.constantFrom<ChangeEvent['tables'][number]>('issue', 'org', 'sync', 'draft'), { minLength: 1 }),
    issueIds: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }),
    fresh: fc.dictionary(fc.constantFrom('v1', 'v2'), fc.nat(9)),
  });
  fc.assert(fc.property(anyEvent, anyEvent, anyEvent, (a, b, c) => {
    const [left, right] = [mergeEvents(mergeEvents(a, b), c), mergeEvents(a, mergeEvents(b, c))];
    expect(new Set(left.tables)).toEqual(new Set(right.tables));
    expect(new Set(left.issueIds)).toEqual(new Set(right.issueIds));
    expect(left.fresh).toEqual(right.fresh);
    for (const table of [...a.tables, ...b.tables, ...c.tables]) expect(left.tables).toContain(table);
  }));
});
