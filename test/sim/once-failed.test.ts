import { afterAll, beforeAll, expect, test } from 'vitest';
import { simulate } from './run.ts';
import { openStage, type Stage } from './stage.ts';

const world = {} as { stage: Stage };
beforeAll(async () => { world.stage = await openStage(); }, 120_000);
afterAll(() => world.stage?.close());

/** Seeds that have found something, by what it was. */
const FOUND: readonly [number, string][] = [
  [1, 'a look for no rows whose cursor has changed made every later look one for no rows'],
  [3, 'a restored province whose counter had passed a console’s cursor again was not noticed'],
  [7, 'what no log has any more was offered under an id that the wire refuses'],
  [44, 'a second restore after that ended the exchange for good'],
];

test.each(FOUND)('seed %i: %s', async seed => {
  await expect(simulate({ ...world.stage.options, seed })).resolves.toMatchObject({ seed });
}, 300_000);
