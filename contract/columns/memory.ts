import { BOUNDS } from './form.ts';

/** What the row being coded has had so far: its ids and instants come again and again within it. */
export class RowMemory {
  /** Numbers of the ids among all of the chunk. */
  readonly #ids: number[] = [];
  readonly #instants: number[] = [];
  #first = 0;
  /** The instant to count the next one from: the one before, or the first of the row before. */
  lastInstant = 0;
  lastId = -1;

  nextRow(): void {
    this.#first = this.#instants[0] ?? this.#first;
    this.lastInstant = this.#first;
    this.#ids.length = 0;
    this.#instants.length = 0;
  }

  /** @returns -1 when the row has not had it */
  placeOfId(id: number): number { return this.#ids.indexOf(id); }
  placeOfInstant(atMs: number): number { return this.#instants.indexOf(atMs); }

  id(place: number): number | undefined { return this.#ids[place]; }
  instant(place: number): number | undefined { return this.#instants[place]; }

  noteId(id: number): void {
    this.lastId = id;
    if (this.#ids.length < BOUNDS.recalled && !this.#ids.includes(id)) this.#ids.push(id);
  }

  noteInstant(atMs: number): void {
    this.lastInstant = atMs;
    if (this.#instants.length < BOUNDS.recalled && !this.#instants.includes(atMs)) this.#instants.push(atMs);
  }
}
