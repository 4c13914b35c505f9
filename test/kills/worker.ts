import type { Engine } from './province.ts';
import { runKills } from './run.ts';

const [engine, ...seeds] = process.argv.slice(2);
await runKills(engine as Engine, seeds.map(Number), tally => { process.send?.(tally); });
process.exit();
