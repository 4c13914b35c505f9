import { afterAll, beforeAll, expect, test } from 'vitest';
import { FOUND } from './found.ts';
import { simulate } from './run.ts';
import { openStage, type Stage } from './stage.ts';

const world = {} as { stage: Stage };
beforeAll(async () => { world.stage = await openStage(); }, 120_000);
afterAll(() => world.stage?.close());

test.each(FOUND)('seed %i: %s', async seed => {
  await expect(simulate({ ...world.stage.options, seed, intents: 'few' })).resolves.toMatchObject({ seed });
}, 300_000);
