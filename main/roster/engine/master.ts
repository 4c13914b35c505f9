import type { Highs } from 'highs';
import { lacksOf, type Line, type RosterProblem } from './problem.ts';

/** Costs more than any line can save: what a person without a line costs. */
const NOBODY = 1e5;

/** A line that may be chosen, and the column that stands for it. */
export interface Column { person: number; line: Line; cost: number; index: number }

/** What the relaxation says: what one more at each place is worth, what each person's lines have to beat, and how much of each column is taken. */
export interface Relaxed { value: number; place: Float64Array; person: Float64Array; taken: Float64Array }

/** The linear program that mixes lines: one line a person, and each place covered as is wanted or paid for. */
export class Master {
  readonly columns: Column[] = [];
  readonly #model: ReturnType<Highs['createModel']>;
  readonly #kinds: number;
  readonly #places: number;
  /** Columns before the first line: too few and too many of each place, and nobody. */
  readonly #before: number;
  readonly #known: readonly Map<string, Column>[];

  constructor(highs: Highs, { cover, people, kinds }: RosterProblem) {
    const { need, over } = cover;
    const lacks = Array.from(need, (_, place) => lacksOf(cover, place));
    this.#model = highs.createModel();
    this.#model.options.set({ output_flag: false });
    this.#kinds = kinds.length;
    this.#places = need.length;
    this.#before = lacks.flat().length + need.length + people.length;
    this.#known = people.map(() => new Map());
    const nothing = { indices: [], values: [] };
    for (const wanted of need) this.#model.addRow(wanted, wanted, nothing);
    for (let person = 0; person < people.length; person++) this.#model.addRow(1, 1, nothing);
    for (let place = 0; place < need.length; place++) {
      for (const { cost, most } of lacks[place]!) this.#model.addCol(cost, 0, Math.min(most, highs.infinity), { indices: [place], values: [1] });
      this.#model.addCol(over[place]!, 0, highs.infinity, { indices: [place], values: [-1] });
    }
    for (let person = 0; person < people.length; person++) this.#model.addCol(NOBODY, 0, 1, { indices: [need.length + person], values: [1] });
  }

  /** @returns whether the line was not known yet */
  add(person: number, line: Line, cost: number): boolean {
    const key = line.join('');
    if (this.#known[person]!.has(key)) return false;
    const rows: number[] = [];
    for (let day = 0; day < line.length; day++) if (line[day]! > 0) rows.push(day * this.#kinds + line[day]! - 1);
    rows.push(this.#places + person);
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
    return { value: this.#model.getObjectiveValue(), place: duals.subarray(0, this.#places), person: duals.subarray(this.#places), taken: Float64Array.from(colValue).subarray(this.#before) };
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
