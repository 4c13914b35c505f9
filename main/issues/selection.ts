import { RidSet } from './rid-set.ts';

/** The records of a list that an operator has chosen: one bit each, so that choosing a million loads none of them. */
export class Selection {
  #set = new RidSet();
  #count = 0;

  get count(): number { return this.#count; }

  has(rid: number): boolean {
    return this.#set.has(rid);
  }

  /** Chooses these records, or lets go of them. */
  set(rids: Int32Array | readonly number[], chosen: boolean): void {
    for (const rid of rids) {
      if (this.#set.has(rid) === chosen) continue;
      if (chosen) this.#set.add(rid); else this.#set.delete(rid);
      this.#count += chosen ? 1 : -1;
    }
  }

  /** Takes over what is chosen in another list, as far as it is among `members`. */
  keep(other: Selection, members: RidSet): void {
    this.set(other.#set.all().filter(rid => members.has(rid)), true);
  }

  /** The chosen ones of `order`, in its order, at most `limit`. */
  inOrder(order: Int32Array, limit: number): number[] {
    const found: number[] = [];
    for (let i = 0; i < order.length && found.length < Math.min(limit, this.#count); i++) if (this.#set.has(order[i]!)) found.push(order[i]!);
    return found;
  }
}
