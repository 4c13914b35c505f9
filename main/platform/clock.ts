/** Where time comes from: passed in, so that tests and the simulation can bring their own. */
export interface Clock { nowMs(): number }

export const systemClock: Clock = { nowMs: () => Date.now() };
