import type { RosterPlan } from '../../../contract/roster.ts';
import type { PlanHand } from './plan-hand.ts';

/** So many months and copies stay in hand. */
const MOST_HANDS = 8;

/** A month in hand, and where what is to be saved of it goes: to the saver of the screen that shows it. */
export interface HeldHand { hand: PlanHand; put: (plan: RosterPlan) => void }

/** The months that a window has had in hand, with their steps: whoever comes back to one can still take back what was done. */
export class KeptHands {
  readonly #held = new Map<string, HeldHand>();

  /** The hand of a month or a copy; made where there is none, or none any more. */
  of(place: string, make: () => HeldHand): HeldHand {
    const held = this.#held.get(place) ?? make();
    this.#held.delete(place);
    this.#held.set(place, held);
    for (const oldest of [...this.#held.keys()].slice(0, -MOST_HANDS)) this.#held.delete(oldest);
    return held;
  }

  /** What comes under this name from now on is another one. */
  forget(place: string): void {
    this.#held.delete(place);
  }
}
