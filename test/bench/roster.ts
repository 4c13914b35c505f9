import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { planRoster } from '../../main/roster/engine/planner.ts';
import { checkRoster } from '../main/roster/check.ts';
import type { BenchOptions } from './options.ts';
import { readInstance } from './roster-instances.ts';
import { round } from './statistics.ts';

/** The best objectives published for instances of the public set, by file name. */
const BEST: Readonly<Record<string, number>> = { Instance1: 607, Instance2: 828, Instance3: 1001, Instance4: 1716, Instance5: 1143, Instance6: 1950, Instance7: 1056, Instance8: 1300 };

/**
 * A roster for each instance of a folder, sought for `seconds` (less where it is proven before), `runs` times with seeds 1, 2 …; the median by its objective is told. What comes
 * out is checked by an evaluator that shares nothing with the solver.
 */
export async function* benchRoster({ instances, seconds, runs: wanted, note }: BenchOptions): AsyncGenerator<Record<string, number | string | boolean>> {
  const runs = wanted ?? 1;
  for (const file of readdirSync(instances).filter(name => name.endsWith('.txt')).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))) {
    const name = basename(file, '.txt');
    const { problem } = readInstance(readFileSync(join(instances, file), 'utf8'));
    const tries: Record<string, number | string | boolean>[] = [];
    for (let seed = 1; seed <= runs; seed++) {
      const memory = watchMemory();
      const first = { afterMs: 0 };
      const begun = performance.now();
      const { roster, cost, bound, isProven, bestAfterMs, without } = await planRoster(problem, { seconds, seed, onProgress: ({ afterMs }) => { if (first.afterMs === 0) first.afterMs = afterMs; } });
      const rssMb = memory.end();
      if (roster === null) { note(`${name}, seed ${seed}: nobody knows a line for ${without.length} people`); continue; }
      const { objective, violations } = checkRoster(problem, roster);
      if (objective !== cost) throw new Error(`${name}: the solver says ${cost}, the evaluator ${objective}`);
      const best = BEST[name] ?? null;
      tries.push({
        bench: 'roster', instance: name, seed, objective, ...best === null ? {} : { best, ratio: round(objective / best, 4) }, bound: bound === null ? 'none' : round(bound), firstValidSeconds: round(first.afterMs / 1000),
        secondsToBest: round(bestAfterMs / 1000), seconds: round((performance.now() - begun) / 1000), proven: isProven, hardViolations: violations.length, rssMb,
      });
      note(`${name}, seed ${seed}: ${objective}, ${isProven ? 'proven' : `bound ${String(bound)}`}, ${round(bestAfterMs / 1000)} s`);
    }
    const median = tries.toSorted((a, b) => Number(a['objective']) - Number(b['objective']))[Math.floor((tries.length - 1) / 2)];
    yield median === undefined ? { bench: 'roster', instance: name, objective: 'none' } : { ...median, runs, worst: Math.max(...tries.map(one => Number(one['objective']))) };
  }
}

/** The most memory that the process has, MB, looked at four times a second until `end`. */
function watchMemory(): { end: () => number } {
  const most = { bytes: 0 };
  const timer = setInterval(() => { most.bytes = Math.max(most.bytes, process.memoryUsage().rss); }, 250);
  return { end: () => { clearInterval(timer); return Math.round(Math.max(most.bytes, process.memoryUsage().rss) / 1_000_000); } };
}
