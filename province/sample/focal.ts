import type { Contact, Duty, Person, Unit } from '../../contract/org.ts';
import { inventedName } from './people.ts';
import type { Random } from './random.ts';

/** Of the focal points, about this share has named no deputy yet, and of those about this share no head: gaps that Q13.5 asks to be shown. */
const WITHOUT_DEPUTY = 0.15, WITHOUT_HEAD = 0.4;

const WORKDAYS = [1, 2, 3, 4, 5];
const AROUND: Duty = { kind: 'around', spans: [] };
/** "07:00–11:30, 13:30–17:00", as the unit writes it. */
const OFFICE: Duty = { kind: 'weekly', spans: [{ weekdays: WORKDAYS, fromMin: 420, toMin: 690 }, { weekdays: WORKDAYS, fromMin: 810, toMin: 1_020 }] };

/**
 * Who is called at the units: the focal point as its account is named, with hours, valid-from and a deputy, and the head of the unit. A
 * unit without a focal point always has a head named, so that its records have somebody to go to.
 *
 * @param random a stream of its own: what is drawn here changes nothing else of the sample
 */
export function nameContacts(random: Random, units: readonly Unit[], people: readonly Person[]): Unit[] {
  const nameOf = (role: 'dau_moi' | 'lanh_dao_don_vi') => new Map(people.filter(p => p.unitId !== null && p.roles.includes(role)).map(p => [p.unitId, p.name]));
  const focalNames = nameOf('dau_moi'), headNames = nameOf('lanh_dao_don_vi');
  const nextName = namesOfOthers(random, people);
  return units.map((unit, n) => {
    if (!unit.handling || unit.effectiveToMs !== null) return unit;
    const phone = (range: number): string => `0000 ${range} ${String(n).padStart(3, '0')}`;
    const hasDeputy = !random.chance(WITHOUT_DEPUTY);
    const hasHead = unit.focalPoint === null || hasDeputy || !random.chance(WITHOUT_HEAD);
    const deputy: Contact | null = hasDeputy ? { name: nextName(), phone: phone(272) } : null;
    const head: Contact | null = hasHead ? { name: headNames.get(unit.id) ?? nextName(), phone: phone(273) } : null;
    const point = unit.focalPoint;
    return {
      ...unit, head,
      focalPoint: point === null ? null : { ...point, name: focalNames.get(unit.id) ?? point.name, duty: point.hours === '24/24' ? AROUND : OFFICE, deputy, effectiveFromMs: unit.effectiveFromMs },
    };
  });
}

/** Invented names, one after the other, that nobody with an account has. */
function namesOfOthers(random: Random, people: readonly Person[]): () => string {
  const taken = new Set(people.map(p => p.name));
  let n = random.int(1_000);
  return () => {
    let name = inventedName(n++);
    while (taken.has(name)) name = inventedName(n++);
    return name;
  };
}
