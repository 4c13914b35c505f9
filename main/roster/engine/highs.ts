import loaded from 'highs';
import type { Highs } from 'highs';

const kept: { highs: Promise<Highs> | null } = { highs: null };

/** Loads the solver HiGHS (WebAssembly), once a thread. Its types speak of its CommonJS form, in which the loader is a property; as an ES module it is the default itself. */
export async function loadHighs(): Promise<Highs> {
  return kept.highs ??= (loaded as unknown as typeof loaded.default)();
}
