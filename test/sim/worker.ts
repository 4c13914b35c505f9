import { runSeeds } from './seeds.ts';

/** Runs the seeds that it is given as arguments, and tells of each. */
await runSeeds(process.argv.slice(2).map(Number), tally => { process.send?.(tally); });
process.disconnect();
