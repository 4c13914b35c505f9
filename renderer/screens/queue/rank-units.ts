import type { Service, Unit } from '../../../contract/org.ts';
import { fold } from '../../../contract/text.ts';

/** Units whose name holds every word typed, with or without accents; those of the service first, then by name. */
export function rankUnits(units: readonly Unit[], text: string, service: Service): Unit[] {
  const wanted = fold(text).split(' ').filter(word => word !== '');
  const serves = (unit: Unit) => (unit.services.includes(service) ? 0 : 1);
  return units
    .filter(unit => { const name = fold(unit.name); return wanted.every(word => name.includes(word)); })
    .sort((a, b) => serves(a) - serves(b) || a.name.localeCompare(b.name, 'vi'));
}
