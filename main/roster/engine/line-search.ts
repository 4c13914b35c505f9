import { outside, unitOf, weekendsOf, type Line, type RosterPerson, type RosterProblem } from './problem.ts';
import { runsOf, type Runs } from './runs.ts';

/** The cheapest line found of a person, what it comes to, and what no line of theirs can be cheaper than. */
export interface FoundLine { line: Line; value: number; bound: number }

const INFINITE = 1e15;
/** How often the price of a kind that is worked too often is raised before another one is counted exactly. */
const RAISES = 8;
/** States of all days together up to which one kind's limit is counted exactly from the beginning. */
const MANY_STATES = 6_000_000;

/** Looks for the cheapest line of a person. */
export type Search = Pick<LineSearch, 'cheapest'>;

/** Room for the tables of one search at a time, shared by all of a thread. */
export class Room {
  from = new Int32Array(0);
  values: [Float64Array, Float64Array] = [new Float64Array(0), new Float64Array(0)];

  take(states: number, days: number): void {
    if (this.from.length < states * days) this.from = new Int32Array(states * days);
    if (this.values[0].length < states) this.values = [new Float64Array(states), new Float64Array(states)];
  }
}

/**
 * The cheapest line of one person for any price of each choice on each day, by dynamic programming over the days. A state is the run of work or rest
 * with the last kind, the minutes so far, the weekends so far and how often one kind was worked; what other kinds' limits forbid is priced out.
 */
export class LineSearch {
  readonly #days: number;
  readonly #width: number;
  readonly #person: RosterPerson;
  readonly #room: Room;
  readonly #runs: Runs;
  #unitsOf: readonly number[];
  readonly #minUnits: number;
  #maxUnits: number;
  readonly #weekends: number;
  /** Days on which work begins another weekend: on a Sunday only after a free Saturday. */
  #weekendDay: readonly ('saturday' | 'sunday' | null)[];
  readonly #limited: readonly number[];

  constructor(problem: RosterProblem, person: number, room: Room) {
    this.#days = problem.days;
    this.#width = problem.kinds.length + 1;
    this.#person = problem.people[person]!;
    this.#room = room;
    this.#runs = runsOf(problem, this.#person);
    const unit = unitOf(problem);
    this.#unitsOf = [0, ...problem.kinds.map(kind => kind.minutes / unit)];
    this.#minUnits = Math.max(0, Math.ceil(this.#person.minMinutes / unit));
    this.#maxUnits = Math.min(Math.max(...this.#unitsOf) * problem.days, Math.floor(this.#person.maxMinutes / unit));
    this.#weekendDay = Array.from({ length: problem.days }, (_, day) => ([5, 6].includes((problem.firstWeekday + day) % 7) ? ((problem.firstWeekday + day) % 7 === 5 ? 'saturday' : 'sunday') : null));
    const weekends = weekendsOf(problem).length;
    // Where nothing hangs on how many weekends are worked, they are not counted.
    const isCounted = this.#person.maxWeekends < weekends || (this.#person.balance?.weekends ?? null) !== null;
    this.#weekends = isCounted ? Math.min(this.#person.maxWeekends, weekends) : 0;
    if (!isCounted) this.#weekendDay = this.#weekendDay.map(() => null);
    const reachable = (kind: number): number => Math.min(problem.days, Math.floor(this.#maxUnits / this.#unitsOf[kind + 1]!));
    this.#limited = this.#person.maxOf.map((limit, kind) => ({ limit, kind })).filter(({ limit, kind }) => limit > 0 && limit < reachable(kind)).sort((a, b) => a.limit - b.limit).map(({ kind }) => kind);
    // Nor is the time, where nothing hangs on that.
    if (this.#minUnits > 0 || this.#maxUnits < Math.max(...this.#unitsOf) * problem.days || (this.#person.balance?.units ?? null) !== null) return;
    this.#unitsOf = this.#unitsOf.map(() => 0);
    this.#maxUnits = 0;
  }

  /**
   * @param price what each choice costs on each day, laid out as `allowed` of the person
   * @returns null where no line that holds the limits was found
   */
  cheapest(price: Float64Array): FoundLine | null {
    const [rarest = -1] = this.#limited;
    const isSmall = rarest !== -1 && this.#states(rarest) * this.#days <= MANY_STATES;
    const balanced = this.#person.balance?.kind?.kind;
    for (const counted of balanced === undefined ? new Set([isSmall ? rarest : -1, ...this.#limited]) : [balanced]) {
      const found = this.#within(price, counted);
      if (found !== 'too often') return found;
    }
    return null;
  }

  /** How many counts there are of the kind that is counted, none with them. */
  #times(counted: number): number {
    return counted === -1 ? 1 : Math.min(this.#days, this.#person.maxOf[counted]!) + 1;
  }

  #states(counted: number): number {
    return this.#runs.steps.length * (this.#maxUnits + 1) * (this.#weekends + 1) * this.#times(counted);
  }

  /** Raises the prices of kinds that are worked too often until none is. */
  #within(price: Float64Array, counted: number): FoundLine | null | 'too often' {
    let raised = price, bound = 0, step = Math.max(1, span(price) / 40);
    for (let turn = 0; turn <= RAISES; turn++) {
      const found = this.#search(raised, counted);
      if (found === null) return null;
      if (turn === 0) bound = found.value;
      const tooOften = this.#limited.map(kind => ({ kind, by: timesOf(found.line, kind) - this.#person.maxOf[kind]! })).filter(({ by }) => by > 0);
      if (tooOften.length === 0) return { line: found.line, value: found.value - sumOf(raised, found.line, this.#width) + sumOf(price, found.line, this.#width), bound };
      if (turn === 0) raised = Float64Array.from(price);
      for (const { kind, by } of tooOften) for (let day = 0; day < this.#days; day++) raised[day * this.#width + kind + 1]! += step * by;
      step *= 1.6;
    }
    return 'too often';
  }

  #search(price: Float64Array, counted: number): { line: Line; value: number } | null {
    const { steps, first } = this.#runs;
    const states = this.#states(counted);
    const times = this.#times(counted);
    const perUnit = (this.#weekends + 1) * times;
    const block = (this.#maxUnits + 1) * perUnit;
    const mostUnits = Math.max(...this.#unitsOf);
    this.#room.take(states, this.#days);
    let [now, next] = this.#room.values;
    now.fill(INFINITE, 0, states);
    now[first * block] = 0;
    // Runs that somebody can be in at all by then: on settled days one.
    let reached = Uint8Array.from(steps, (_, run) => Number(run === first));
    for (let day = 0; day < this.#days; day++) {
      next.fill(INFINITE, 0, states);
      const weekendDay = this.#weekendDay[day]!;
      const highest = Math.min(this.#maxUnits, day * mostUnits);
      const lowest = Math.max(0, this.#minUnits - (this.#days - day) * mostUnits);
      const reaches = new Uint8Array(steps.length);
      for (let run = 0; run < steps.length; run++) {
        if (reached[run] === 0) continue;
        for (const { to, choice, worksBefore } of steps[run]!) {
          if (this.#person.allowed[day * this.#width + choice] === 0) continue;
          reaches[to] = 1;
          const isWeekend = choice > 0 && (weekendDay === 'saturday' || (weekendDay === 'sunday' && !(worksBefore && day > 0)));
          const isCounted = choice > 0 && choice - 1 === counted;
          const units = this.#unitsOf[choice]!;
          this.#extend({
            now, next, fromAt: day * states, base: run * block, target: to * block + units * perUnit + (isWeekend ? times : 0) + (isCounted ? 1 : 0), cost: price[day * this.#width + choice]!, choice,
            lowest, highest: Math.min(highest, this.#maxUnits - units), perUnit, times, weekends: this.#weekends + (isWeekend ? 0 : 1), counts: times - (isCounted ? 1 : 0),
          });
        }
      }
      [now, next] = [next, now];
      reached = reaches;
    }
    return this.#readBack(now, { states, block, perUnit, times });
  }

  /** One choice from every state of one run. */
  #extend({ now, next, fromAt, base, target, cost, choice, lowest, highest, perUnit, times, weekends, counts }: {
    now: Float64Array; next: Float64Array; fromAt: number; base: number; target: number; cost: number; choice: number;
    lowest: number; highest: number; perUnit: number; times: number; weekends: number; counts: number;
  }): void {
    const { from } = this.#room;
    const width = this.#width;
    for (let unit = lowest; unit <= highest; unit++) {
      for (let weekend = 0; weekend < weekends; weekend++) {
        const at = unit * perUnit + weekend * times;
        for (let count = 0; count < counts; count++) {
          const value = now[base + at + count]! + cost;
          const put = target + at + count;
          if (value < next[put]! && value < INFINITE / 2) {
            next[put] = value;
            from[fromAt + put] = (base + at + count) * width + choice;
          }
        }
      }
    }
  }

  #readBack(values: Float64Array, { states, block, perUnit, times }: { states: number; block: number; perUnit: number; times: number }): { line: Line; value: number } | null {
    const { balance } = this.#person;
    let best = INFINITE, at = -1;
    for (let start = 0; start < states; start += block) {
      for (let i = start + this.#minUnits * perUnit; i < start + block; i++) {
        if (values[i]! >= best) continue;
        const within = i - start;
        const value = balance === undefined ? values[i]! : values[i]! + outside(balance.units, Math.floor(within / perUnit)) + outside(balance.weekends, Math.floor(within % perUnit / times)) + outside(balance.kind, within % times);
        if (value < best) { best = value; at = i; }
      }
    }
    if (at === -1) return null;
    const line = new Int8Array(this.#days);
    for (let day = this.#days - 1; day >= 0; day--) {
      const step = this.#room.from[day * states + at]!;
      line[day] = step % this.#width;
      at = Math.floor(step / this.#width);
    }
    return { line, value: best };
  }
}

function timesOf(line: Line, kind: number): number {
  let times = 0;
  for (const choice of line) if (choice === kind + 1) times++;
  return times;
}

function sumOf(price: Float64Array, line: Line, width: number): number {
  let sum = 0;
  for (let day = 0; day < line.length; day++) sum += price[day * width + line[day]!]!;
  return sum;
}

function span(price: Float64Array): number {
  let least = Infinity, most = -Infinity;
  for (const value of price) { if (value < least) least = value; if (value > most) most = value; }
  return most - least;
}
