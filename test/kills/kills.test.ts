import { expect, test } from 'vitest';
import { POINTS } from './points.ts';
import { nameOf, replayOf, runKills } from './run.ts';

/** One of each kind: what a command writes, what travels, and what the server commits. */
const CHOSEN = ['core: push answered, not written', 'core: in a page', 'core: in a chunk, writing', 'core: in a migration at start', 'server: committed, not answered', 'server: while making a copy'];

test('processes that are killed at their points come back on the same files, with nothing lost and nothing there twice', async () => {
  const { counts, failures } = await runKills('pglite', POINTS.flatMap((point, at) => (CHOSEN.includes(nameOf(point)) ? [at] : [])));
  expect(failures.map(failure => `${failure.point}, ${replayOf(failure)}: ${failure.why}`)).toEqual([]);
  expect(Object.keys(counts).filter(name => counts[name]?.ok === 1).sort()).toEqual([...CHOSEN].sort());
}, 180_000);
