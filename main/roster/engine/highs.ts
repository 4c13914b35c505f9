import loaded from 'highs';
import type { Highs } from 'highs';

/** Loads the solver HiGHS (WebAssembly), once a thread. Its types speak of its CommonJS form, in which the loader is a property; as an ES module it is the default itself. */
export async function loadHighs(): Promise<Highs> {
  return (loaded as unknown as typeof loaded.default)();
}
