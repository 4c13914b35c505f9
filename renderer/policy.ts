import { DEFAULT_PACK } from '../contract/policy/default-pack.ts';
import { policyBook, type Category, type PolicyBook } from '../contract/policy/pack.ts';
import { useLive } from './live-query.ts';
import { clock } from './ui/clock.ts';

const FIRST = policyBook([DEFAULT_PACK]);
const books = new WeakMap<object, PolicyBook>();

/** The policy packs as the core has them; until it has answered, the one that the program comes with. */
export function usePolicy(): PolicyBook {
  const packs = useLive(['directory.policies'], ['org', 'session'], core => core.directory.policies({})).data;
  if (packs === undefined || packs.length === 0) return FIRST;
  let book = books.get(packs);
  if (book === undefined) books.set(packs, book = policyBook(packs));
  return book;
}

/** The kinds of events of the pack in force, those included that are offered no more. */
export function useCategories(): readonly Category[] {
  return usePolicy().at(clock.exactMs).categories;
}

/** Those that a record can still be given. */
export function isOffered({ retired }: Category): boolean {
  return retired !== true;
}
