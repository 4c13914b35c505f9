import type { Highs } from 'highs';
import type { SolveEvents } from './solve.ts';
import { countedIn, lacksOf, rowsOf, unitOf, weekendsOf, type Line, type RosterProblem, type Wanted } from './problem.ts';
import { runsOf } from './runs.ts';

/** Costs are whole numbers: a roster within this of the bound is the best there is. */
const LESS_THAN_ONE = 0.999;

/** Where the choices of everybody stand among the columns. */
interface Layout { choice: (person: number, day: number, choice: number) => number }

/**
 * The roster as one mixed-integer program: everybody's runs of work and rest are a flow of one through the days, tied to what they choose each day. It proves what
 * column generation leaves open, for problems that are small enough.
 *
 * @param isAlike people may stand for each other; where everybody has a line of their own to keep to, looking for that takes half of the time
 * @returns the best roster that it found, null when none, and what no roster can be cheaper than
 */
export function solveFlow(problem: RosterProblem, highs: Highs, { shouldStop, onBetter, onBound, isAlike = true }: SolveEvents & { shouldStop: () => boolean; isAlike?: boolean }): { roster: Line[] | null; cost: number; bound: number } {
  const model = highs.createModel();
  try {
    const layout = build(model, highs.infinity, problem);
    model.options.set({ output_flag: false, mip_rel_gap: 0, mip_abs_gap: LESS_THAN_ONE, mip_detect_symmetry: isAlike });
    const found = { cost: Infinity };
    const { mipInterrupt, mipImprovingSolution, mipLogging } = highs.constants.callbackType;
    model.run({
      [mipInterrupt](event) { if (shouldStop()) event.interrupt(); },
      [mipLogging](event) { const bound = event.data.mip_dual_bound ?? -Infinity; if (Number.isFinite(bound)) onBound(bound); },
      [mipImprovingSolution](event) {
        const values = event.data.mip_solution;
        const cost = Math.round(event.data.objective_function_value ?? Infinity);
        if (values === undefined || cost >= found.cost) return;
        found.cost = cost;
        onBetter(readRoster(problem, layout, values), cost);
      },
    });
    const bound = model.info.get('mip_dual_bound');
    const { colValue } = model.getSolution();
    const hasRoster = model.info.get('primal_solution_status') === highs.constants.solutionStatus.feasible;
    return { roster: hasRoster ? readRoster(problem, layout, colValue) : null, cost: hasRoster ? Math.round(model.getObjectiveValue()) : Infinity, bound: Number(bound) };
  } finally {
    model.dispose();
  }
}

function readRoster({ people, days, kinds }: RosterProblem, { choice }: Layout, values: ArrayLike<number>): Line[] {
  return people.map((_, person) => Int8Array.from({ length: days }, (_day, day) => {
    for (let kind = 1; kind <= kinds.length; kind++) if ((values[choice(person, day, kind)] ?? 0) > 0.5) return kind;
    return 0;
  }));
}

type Model = ReturnType<Highs['createModel']>;

function build(model: Model, infinity: number, problem: RosterProblem): Layout {
  const { people, days, kinds, cover } = problem;
  const width = kinds.length + 1;
  const entries: { column: number; row: number; value: number }[] = [];
  const bounds: { lower: number; upper: number }[] = [];
  const columns: { cost: number; upper: number; isWhole: boolean }[] = [];
  const column = (cost: number, upper: number, isWhole: boolean): number => columns.push({ cost, upper, isWhole }) - 1;
  const row = (lower: number, upper: number): number => bounds.push({ lower, upper }) - 1;
  const put = (at: number, to: number, value: number): void => { entries.push({ column: at, row: to, value }); };
  for (const person of people) for (let day = 0; day < days; day++) for (let choice = 0; choice < width; choice++) column(person.cost[day * width + choice]!, person.allowed[day * width + choice]!, true);
  const choiceAt = (person: number, day: number, choice: number): number => (person * days + day) * width + choice;
  const unit = unitOf(problem);
  /** A row for a count that is wanted between two, with what is too few and too many paid for. */
  const even = (wanted: Wanted | null | undefined): number | null => {
    if (wanted === null || wanted === undefined) return null;
    const at = row(wanted.low, wanted.high);
    put(column(wanted.weight, infinity, false), at, 1);
    put(column(wanted.weight, infinity, false), at, -1);
    return at;
  };
  for (const [p, person] of people.entries()) {
    const { steps, first } = runsOf(problem, person);
    const tied = Array.from({ length: days * width }, (_, at) => { const to = row(0, 0); put(p * days * width + at, to, -1); return to; });
    for (let day = 0, into = new Map([[first, row(-1, -1)]]); day < days; day++) {
      const next = new Map<number, number>();
      for (const [run, kept] of into) {
        for (const { to, choice } of steps[run]!) {
          // Where most is settled (a window, leave) few runs can be reached, and the program stays small.
          if (person.allowed[day * width + choice] === 0) continue;
          const arc = column(0, 1, false);
          put(arc, kept, -1);
          put(arc, tied[day * width + choice]!, 1);
          if (day === days - 1) continue;
          const target = next.get(to) ?? row(0, 0);
          next.set(to, target);
          put(arc, target, 1);
        }
      }
      into = next;
    }
    const minutes = row(person.minMinutes, person.maxMinutes);
    const often = kinds.map((_, kind) => row(0, person.maxOf[kind]!));
    for (let day = 0; day < days; day++) for (const [kind, { minutes: long }] of kinds.entries()) { put(choiceAt(p, day, kind + 1), minutes, long); put(choiceAt(p, day, kind + 1), often[kind]!, 1); }
    const weekends = row(0, person.maxWeekends);
    const wanted = { units: even(person.balance?.units), weekends: even(person.balance?.weekends), kind: even(person.balance?.kind) };
    for (const weekend of weekendsOf(problem)) {
      const works = column(0, 1, true);
      put(works, weekends, 1);
      if (wanted.weekends !== null) put(works, wanted.weekends, 1);
      for (const day of weekend) { const off = row(1, infinity); put(choiceAt(p, day, 0), off, 1); put(works, off, 1); }
      const free = row(-infinity, weekend.length);
      put(works, free, 1);
      for (const day of weekend) put(choiceAt(p, day, 0), free, 1);
    }
    for (let day = 0; day < days; day++) {
      if (wanted.units !== null) for (const [kind, { minutes: long }] of kinds.entries()) put(choiceAt(p, day, kind + 1), wanted.units, long / unit);
      if (wanted.kind !== null) put(choiceAt(p, day, person.balance!.kind!.kind + 1), wanted.kind, 1);
    }
  }
  const rows = rowsOf(cover), places = cover.need.length;
  const mine = people.map((_, p) => countedIn(cover, p));
  for (let at = 0; at < rows.need.length; at++) {
    const place = row(rows.need[at]!, rows.need[at]!), day = Math.floor(at % places / kinds.length), kind = at % kinds.length;
    for (let p = 0; p < people.length; p++) if (mine[p]!.includes(at - at % places)) put(choiceAt(p, day, kind + 1), place, 1);
    for (const { cost, most } of lacksOf(rows, at)) put(column(cost, Math.min(most, infinity), false), place, 1);
    put(column(rows.over[at]!, infinity, false), place, -1);
  }
  pass(model, { columns, bounds, entries });
  return { choice: choiceAt };
}

/** The whole program at once, column by column: a call for each row and column takes longer than to solve it. */
function pass(model: Model, { columns, bounds, entries }: { columns: { cost: number; upper: number; isWhole: boolean }[]; bounds: { lower: number; upper: number }[]; entries: { column: number; row: number; value: number }[] }): void {
  const starts = new Int32Array(columns.length + 1);
  for (const { column } of entries) starts[column + 1]!++;
  for (let at = 0; at < columns.length; at++) starts[at + 1]! += starts[at]!;
  const indices = new Int32Array(entries.length), values = new Float64Array(entries.length), next = starts.slice();
  for (const { column, row, value } of entries) {
    const at = next[column]!++;
    indices[at] = row;
    values[at] = value;
  }
  model.passModel({
    numCols: columns.length, numRows: bounds.length, colCost: Float64Array.from(columns, ({ cost }) => cost), colLower: new Float64Array(columns.length), colUpper: Float64Array.from(columns, ({ upper }) => upper),
    rowLower: Float64Array.from(bounds, ({ lower }) => lower), rowUpper: Float64Array.from(bounds, ({ upper }) => upper), integrality: Int32Array.from(columns, ({ isWhole }) => (isWhole ? 1 : 0)),
    matrix: { format: 'csc', numRows: bounds.length, numCols: columns.length, starts, indices, values },
  });
}
