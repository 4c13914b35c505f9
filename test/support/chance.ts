/** Numbers 0…1, the same for the same seed (mulberry32). */
export type Chance = () => number;

export function chanceOf(seed: number): Chance {
  const state = { at: seed >>> 0 };
  return () => {
    state.at = (state.at + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state.at ^ (state.at >>> 15), state.at | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from 0 up to `below`. */
export function upTo(chance: Chance, below: number): number {
  return Math.floor(chance() * below);
}

export function oneOf<T>(chance: Chance, list: readonly T[]): T {
  const picked = list[upTo(chance, list.length)];
  if (picked === undefined) throw new Error('nothing to pick from');
  return picked;
}
