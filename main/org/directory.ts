import type { ConsoleInputs, ConsoleOutputs } from '../../contract/console.ts';
import type { Unit } from '../../contract/org.ts';
import { compareByGivenName, fold } from '../../contract/text.ts';
import type { Database } from '../../db/open.ts';
import { readAreas, readPeople, readSites, readUnits } from '../../db/stores/org.ts';
import { readPolicyBook } from '../../db/stores/policy.ts';
import { systemClock, type Clock } from '../platform/clock.ts';
import type { SignedInCall } from '../platform/call.ts';

type DirectoryHandlers = {
  [P in keyof ConsoleInputs['directory']]: (input: ConsoleInputs['directory'][P], call: SignedInCall) => ConsoleOutputs['directory'][P];
};

/** Who and what there is: sites, areas, units and people, as the province keeps them. */
export function createDirectory({ reader, clock = systemClock }: { reader: Database; clock?: Clock }): DirectoryHandlers {
  const byName = new Intl.Collator('vi', { numeric: true });
  const sorted = <T extends { name: string }>(rows: T[]): T[] => rows.sort((a, b) => byName.compare(a.name, b.name));
  return {
    sites: () => sorted(readSites(reader)),
    areas: () => sorted(readAreas(reader)),
    units: input => sorted(readUnits(reader).filter(unit => isWanted(unit, input, clock.nowMs()))),
    policies: () => [...readPolicyBook(reader).all],
    people: () => readPeople(reader).sort((a, b) => compareByGivenName(a.name, b.name)),
  };
}

export interface UnitFilter { text?: string | undefined; handlingOnly?: boolean | undefined; service?: Unit['services'][number] | null | undefined }

/** Units in force that fit: every word of the text in name, kind or phone, with or without accents. No services = all. */
export function isWanted(unit: Unit, { text = '', handlingOnly = false, service = null }: UnitFilter, nowMs: number): boolean {
  if (unit.effectiveFromMs > nowMs || (unit.effectiveToMs !== null && unit.effectiveToMs <= nowMs)) return false;
  if (handlingOnly && !unit.handling) return false;                                                        // Q3.6
  if (service !== null && unit.services.length > 0 && !unit.services.includes(service)) return false;
  const words = fold(text).split(' ').filter(word => word !== '');
  if (words.length === 0) return true;
  const searched = fold([unit.name, unit.kind, unit.phone, unit.focalPoint?.name ?? '', unit.focalPoint?.deputy?.name ?? '', unit.head?.name ?? ''].join(' '));
  return words.every(word => searched.includes(word));
}
