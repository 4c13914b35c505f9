import type { Highs } from 'highs';
import { countedIn, lacksOf, rowsOf, type Cover, type Line, type RosterProblem } from './problem.ts';

/** What a person without a line costs at least. */
const NOBODY = 1e5;

/** A line that may be chosen, and the column that stands for it. */
export interface Column { person: number; line: Line; cost: number; index: number }

/** What the relaxation says: what one more at each place, and of each skill, is worth, what each person's lines have to beat, and how much of each column is taken. */
export interface Relaxed { value: number; place: Float64Array; person: Float64Array; taken: Float64Array }

/** The linear program that mixes lines: one line a person, and each place covered, by those with a skill too, as is wanted or paid for. */
export class Master {
  readonly columns: Column[] = [];
  readonly #model: ReturnType<Highs['createModel']>;
  readonly #kinds: number;
  readonly #rows: number;
  readonly #countedIn: readonly (readonly number[])[];
  /** Columns before the first line: too few and too many of each row, and nobody. */
  readonly #before: number;
  readonly #known: readonly Map<string, Column>[];

  constructor(highs: Highs, { cover, people, kinds, days }: RosterProblem) {
    const rows = rowsOf(cover), { need, over } = rows;
    const lacks = Array.from(need, (_, place) => lacksOf(rows, place));
    this.#model = highs.createModel();
    this.#model.options.set({ output_flag: false });
    this.#kinds = kinds.length;
    this.#rows = need.length;
    this.#countedIn = people.map((_, person) => countedIn(cover, person));
    this.#before = lacks.flat().length + need.length + people.length;
    this.#known = people.map(() => new Map());
    const nothing = { indices: [], values: [] };
    for (const wanted of need) this.#model.addRow(wanted, wanted, nothing);
    for (let person = 0; person < people.length; person++) this.#model.addRow(1, 1, nothing);
    for (let place = 0; place < need.length; place++) {
      for (const { cost, most } of lacks[place]!) this.#model.addCol(cost, 0, Math.min(most, highs.infinity), { indices: [place], values: [1] });
      this.#model.addCol(over[place]!, 0, highs.infinity, { indices: [place], values: [-1] });
    }
    const nobody = Math.max(NOBODY, days * dearest(cover));
    for (let person = 0; person < people.length; person++) this.#model.addCol(nobody, 0, 1, { indices: [need.length + person], values: [1] });
  }

  /** @returns whether the line was not known yet */
  add(person: number, line: Line, cost: number): boolean {
    const key = line.join('');
    if (this.#known[person]!.has(key)) return false;
    const rows: number[] = [];
    for (const row of this.#countedIn[person]!) for (let day = 0; day < line.length; day++) if (line[day]! > 0) rows.push(row + day * this.#kinds + line[day]! - 1);
    rows.push(this.#rows + person);
    this.#model.addCol(cost, 0, 1, { indices: rows, values: rows.map(() => 1) });
    const column = { person, line, cost, index: this.#before + this.columns.length };
    this.columns.push(column);
    this.#known[person]!.set(key, column);
    return true;
  }

  /** The column of a line that has been added. */
  columnOf(person: number, line: Line): Column {
    return this.#known[person]!.get(line.join(''))!;
  }

  /** Solves it as it is now. */
  relax(): Relaxed {
    this.#model.run();
    const { colValue, rowDual } = this.#model.getSolution();
    const duals = Float64Array.from(rowDual);
    return { value: this.#model.getObjectiveValue(), place: duals.subarray(0, this.#rows), person: duals.subarray(this.#rows), taken: Float64Array.from(colValue).subarray(this.#before) };
  }

  /** What each line costs above what the relaxation pays for it, as it was solved last. */
  above(): Float64Array {
    return Float64Array.from(this.#model.getSolution().colDual).subarray(this.#before);
  }

  /** Chooses a column whole, or lets it go again. */
  fix(column: Column, isFixed: boolean): void {
    this.#model.changeColBounds(column.index, isFixed ? 1 : 0, 1);
  }

  dispose(): void {
    this.#model.dispose();
  }
}

/** The most that somebody who comes to a place can save there. */
function dearest({ under, empty, also = [] }: Cover): number {
  const most = (costs: Float64Array | undefined): number => (costs === undefined ? 0 : costs.reduce((all, cost) => Math.max(all, cost), 0));
  return most(under) + most(empty) + also.reduce((sum, one) => sum + most(one.under), 0);
}
