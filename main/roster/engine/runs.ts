import { clash, type RosterPerson, type RosterProblem } from './problem.ts';

/** From a run, a choice (0: off, k: kind k − 1) leads to another; `worksBefore`: the run is one of work. */
export interface RunStep { to: number; choice: number; worksBefore: boolean }

/** Every run of work or rest that a person can be in at the end of a day, with the steps out of it, and the one they begin in. */
export interface Runs { steps: readonly (readonly RunStep[])[]; first: number }

/** `same`: how many days of one kind the run ends with, where that kind has a limit; else 0. */
interface Run { rest: number; work: number; kind: number; same: number; isFree: boolean }

/**
 * The runs of a person: rest of 1 … `minRest` days (the last: long enough), and work of 1 … `maxRun` days, the last of some kind. Work that begins on day 0
 * where nothing is known of the days before is free: it counts as long enough however short it is, but in full towards `maxRun`. Where no run can reach `maxRun`, days beyond `minRun` are not told apart.
 */
export function runsOf(problem: RosterProblem, person: RosterPerson): Runs {
  const rested = Math.max(1, person.minRest);
  const known = new Map<string, number>();
  const runs: Run[] = [];
  const indexOf = (run: Run): number => {
    const key = `${run.rest} ${run.work} ${run.kind} ${run.same} ${String(run.isFree)}`;
    const at = known.get(key) ?? runs.push(run) - 1;
    known.set(key, at);
    return at;
  };
  const longest = problem.days + Math.max(0, person.before.run);
  const isEndless = person.maxRun >= longest;
  const counted = isEndless ? Math.max(1, person.minRun) : person.maxRun;
  const limitOf = (kind: number): number => { const limit = person.maxRunOf?.[kind] ?? person.maxRun; return limit >= longest ? person.maxRun : limit; };
  const isLimited = (kind: number): boolean => kind >= 0 && limitOf(kind) < person.maxRun;
  const { run: before, shift, same = 1 } = person.before;
  const first = indexOf(before > 0 ? { rest: 0, work: Math.min(before, counted), kind: shift ?? -1, same: isLimited(shift ?? -1) ? same : 0, isFree: false }
    : { rest: before < 0 ? Math.min(-before, rested) : rested, work: 0, kind: -1, same: 0, isFree: before === 0 });
  const steps: RunStep[][] = [];
  for (let i = 0; i < runs.length; i++) {
    const { rest, work, kind, same: already, isFree } = runs[i]!;
    const out: RunStep[] = [];
    if (work === 0 || work >= person.minRun || isFree) {
      out.push({ to: indexOf({ rest: Math.min(rested, rest + 1), work: 0, kind: -1, same: 0, isFree: false }), choice: 0, worksBefore: work > 0 });
    }
    if (work === 0 ? rest >= rested : isEndless || work < person.maxRun) {
      for (let next = 0; next < problem.kinds.length; next++) {
        if (person.maxOf[next] === 0 || (kind >= 0 && clash(problem, person, kind, next))) continue;
        const same = !isLimited(next) ? 0 : kind === next ? already + 1 : 1;
        if (same > limitOf(next)) continue;
        out.push({ to: indexOf({ rest: 0, work: Math.min(counted, work + 1), kind: next, same, isFree: isFree && work + 1 < person.minRun }), choice: next + 1, worksBefore: work > 0 });
      }
    }
    steps.push(out);
  }
  return { steps, first };
}
