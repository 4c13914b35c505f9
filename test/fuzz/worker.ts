import { runSeeds } from './run.ts';

/** Sends the messages of the seeds between its two arguments, and tells of some at a time. */
const [from = 0, to = 0] = process.argv.slice(2).map(Number);
await runSeeds(from, to, tally => { process.send?.(tally); });
process.disconnect();
