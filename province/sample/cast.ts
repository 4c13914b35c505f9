import type { Id } from '../../contract/ids.ts';
import type { Actor } from '../../contract/mutations/facts.ts';
import { personScope, type Area, type Person, type Service, type Site, type Unit } from '../../contract/org.ts';
import { KINDS_FOR, KINDS_FOR_LINE } from './mix.ts';
import { shortName } from './places.ts';
import type { Random } from './random.ts';
import type { SampleStation } from './units.ts';

/** The organisation that records are made in. */
export interface SampleOrg { sites: Site[]; areas: Area[]; units: Unit[]; people: Person[]; stations: SampleStation[] }

/** Who may do what where, looked up once so that a million records need no search. */
export interface Cast {
  province: Site;
  districts: { site: Site; areas: Area[] }[];
  unit: (id: Id) => Unit | undefined;
  /** Operators that may work a record of the service at the site. */
  operators: (service: Service, site: Site) => readonly Actor[];
  /** People who may act for the unit. */
  unitPeople: (unitId: Id) => readonly Actor[];
  stations: (siteId: Id) => readonly SampleStation[];
  /** The unit to lead, and one to help or none. */
  chooseUnits: (random: Random, service: Service, category: string, site: Site, area: Area) => { lead: Unit; co: Unit | null };
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]); else group.push(item);
  }
  return groups;
}

/** Prepares the lookups. Units that have ended, and people who have left, take no part. */
export function makeCast(org: SampleOrg): Cast {
  const province = org.sites.find(s => s.tier === 'province');
  if (province === undefined) throw new Error('an organisation without a province site');
  const siteById = new Map(org.sites.map(s => [s.id, s]));
  const actors = org.people.filter(p => p.active).map(person => ({ person, actor: actorOf(person, siteById.get(person.siteId)!) }));
  const units = org.units.filter(u => u.handling && u.effectiveToMs === null);
  const unitById = new Map(units.map(u => [u.id, u]));
  const unitsBySiteKind = groupBy(units, u => `${u.siteId} ${u.kind}`);
  const areasBySite = groupBy(org.areas, a => a.siteId);
  const stationsBySite = groupBy(org.stations, s => s.siteId);
  const byUnit = groupBy(actors.filter(({ person: p }) => p.unitId !== null && p.roles.some(r => r === 'dau_moi' || r === 'lanh_dao_don_vi')), a => a.person.unitId!);
  const peopleByUnit = new Map([...byUnit].map(([id, list]) => [id, list.map(a => a.actor)]));
  const desks = new Map<string, Actor[]>();
  for (const { person, actor } of actors) {
    if (!person.roles.some(r => r === 'truc_ban' || r === 'ca_truong')) continue;
    for (const service of ['113', '114', '115', '112', '1022', 'field'] as const) {
      if (person.services.length > 0 && !person.services.includes(service)) continue;
      const key = `${person.siteId} ${service}`;
      const desk = desks.get(key);
      if (desk === undefined) desks.set(key, [actor]); else desk.push(actor);
    }
  }
  return {
    province,
    districts: org.sites.filter(s => s.tier === 'district').map(site => ({ site, areas: areasBySite.get(site.id) ?? [] })),
    unit: id => unitById.get(id),
    operators: (service, site) => desks.get(`${service === 'field' ? site.id : province.id} ${service}`) ?? [],
    unitPeople: id => peopleByUnit.get(id) ?? [],
    stations: siteId => stationsBySite.get(siteId) ?? [],
    chooseUnits: (random, service, category, site, area) => {
      const communes = unitsBySiteKind.get(`${area.siteId} ubnd_xa`) ?? [];
      const commune = communes.find(u => u.name.endsWith(shortName(area.name))) ?? communes[0];
      const kinds = KINDS_FOR_LINE[service].length > 0 ? lineKinds(service, category) : KINDS_FOR[category] ?? [];
      const candidates: Unit[] = [];
      for (const kind of kinds) {
        if (kind === 'ubnd_xa' && site.tier === 'district') { if (commune !== undefined) candidates.push(commune); continue; }
        candidates.push(...unitsBySiteKind.get(`${site.id} ${kind}`) ?? []);
      }
      if (candidates.length === 0) candidates.push(...fallback(site.tier === 'province' ? unitsBySiteKind.get(`${site.id} hanh_chinh`) : communes));
      const lead = random.pick(candidates);
      return { lead, co: commune !== undefined && commune.id !== lead.id && random.chance(0.18) ? commune : null };
    },
  };
}

function lineKinds(service: Service, category: string): readonly string[] {
  return category === 'fire_forest' ? ['pccc', 'kiem_lam'] : KINDS_FOR_LINE[service];
}

function fallback(units: readonly Unit[] | undefined): readonly Unit[] {
  if (units === undefined) throw new Error('a site without a handling unit');
  return units;
}

function actorOf(person: Person, site: Site): Actor {
  return { personId: person.id, unitId: person.unitId, roles: person.roles, scope: personScope(person, site) };
}
