import type { Id } from '../ids.ts';
import type { Site, Unit } from '../org.ts';
import type { GoesTo, LadderStep } from './pack.ts';

/**
 * Whom the last step goes to, as proposed (domain, §5.5: the department, the vice-chairs): in a district the office of its People's Committee, at the province the
 * department that manages the centre (Q6). Who of them by name, a province says in its own pack.
 */
export const DEFAULT_GOES_TO: GoesTo = { unitKinds: ['van_phong', 'so_tttt'], units: [], people: [], source: null };

/** Somebody whom a step of the ladder goes to; `phone` null: no number is known. */
export interface Addressee { title: string; name: string; phone: string | null }

/** Whom the step goes to beyond unit and centre; null: to nobody. A last step of a pack from before this value goes where the proposed one does. */
export function goesToOf({ level, goesTo }: Pick<LadderStep, 'level' | 'goesTo'>): GoesTo | null {
  return goesTo ?? (level === 3 ? DEFAULT_GOES_TO : null);
}

/** The directory as far as it says who there is. */
export interface Directory { units: readonly Pick<Unit, 'id' | 'siteId' | 'name' | 'kind' | 'phone' | 'head' | 'effectiveFromMs' | 'effectiveToMs'>[]; sites: readonly Pick<Site, 'id' | 'tier'>[] }

/** Whom a record of this site goes to, with the numbers to call: of a unit its head, or its own number. Empty: the directory and the pack name nobody. */
export function addresseesOf({ unitKinds, units: ids, people }: GoesTo, siteId: Id, { units, sites }: Directory, atMs: number): Addressee[] {
  const there = units.filter(unit => unit.effectiveFromMs <= atMs && (unit.effectiveToMs === null || unit.effectiveToMs > atMs));
  const ofKind = there.filter(unit => unitKinds.includes(unit.kind));
  const own = ofKind.filter(unit => unit.siteId === siteId);
  const provincial = sites.filter(site => site.tier === 'province').map(site => site.id);
  const chosen = own.length > 0 ? own : ofKind.filter(unit => provincial.includes(unit.siteId));
  const named = there.filter(unit => ids.includes(unit.id) && !chosen.includes(unit));
  return [
    ...people.map(({ title, name, phone }) => ({ title, name, phone: phone === '' ? null : phone })),
    ...[...chosen, ...named].map(({ name, phone, head }): Addressee => {
      const calledHead = head !== null && head !== undefined && head.phone !== '' ? head : null;
      return { title: name, name: calledHead?.name ?? '', phone: calledHead?.phone ?? (phone === '' ? null : phone) };
    }),
  ];
}
