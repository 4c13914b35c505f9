import { expect, test } from 'vitest';
import { createShelf } from '../../province/snapshot-shelf.ts';
import { memoryStore, type Snapshot } from '../../province/snapshot-store.ts';

const HOUR_MS = 3_600_000;

function copy(id: string, scopeKey = 'a'): Snapshot {
  return { codec: 'columns-1', id, effort: 'dense', scopeKey, epoch: 'e', seq: 1, reach: 1, rows: 1, chunks: [{ sha256: '0'.repeat(64), bytes: 1, rows: 1 }] };
}

test('of a scope the newest two copies are kept, and one that is being fetched for an hour after its last chunk', async () => {
  const clock = { ms: 0 };
  const store = memoryStore();
  const dropped: string[] = [];
  const shelf = createShelf({ ...store, drop(snapshot) { dropped.push(snapshot.id); return store.drop(snapshot); } }, () => clock.ms);
  await shelf.add(copy('1'));
  await shelf.add(copy('elsewhere', 'b'));
  expect(shelf.chunk('1', 0)).toBeDefined();
  await shelf.add(copy('2'));
  await shelf.add(copy('3'));
  await shelf.add(copy('4'));
  // Nobody has fetched the second one: it goes, the first one stays.
  expect(dropped).toEqual(['2']);
  clock.ms = HOUR_MS - 1;
  expect(shelf.chunk('1', 0)).toBeDefined();
  clock.ms = 2 * HOUR_MS - 2;
  await shelf.add(copy('5'));
  expect(dropped).toEqual(['2', '3']);
  clock.ms += 1;
  await shelf.add(copy('6'));
  expect(dropped.toSorted()).toEqual(['1', '2', '3', '4']);
  expect(shelf.chunk('1', 0)).toBeUndefined();
  expect(shelf.chunk('elsewhere', 0)).toBeDefined();
});
