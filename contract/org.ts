import { z } from 'zod';
import { Id } from './ids.ts';
import { wordOf } from './words.ts';

/** Lines and streams that a record belongs to (lĩnh vực). 112 and 1022 are inbound channels with queues of their own. */
export const SERVICES = ['113', '114', '115', '112', '1022', 'field'] as const;
export const Service = z.enum(SERVICES);
export type Service = z.infer<typeof Service>;
const Services = z.array(wordOf(SERVICES));

/** The kind of unit whose line it is (Q8.2: công an, PCCC và CNCH, cấp cứu), as the directory names it; other units of the service help out. */
export const LINE_UNIT_KIND: Readonly<Partial<Record<Service, string>>> = { 113: 'cong_an', 114: 'pccc', 115: 'cap_cuu' };

/** Roles of the domain; ca_truong (shift lead) is our addition, the decision names none. */
export const ROLES = ['truc_ban', 'ca_truong', 'lanh_dao_ioc', 'dau_moi', 'lanh_dao_don_vi', 'quan_tri', 'kiem_tra', 'phan_tich'] as const;
export const Role = wordOf(ROLES);
export type Role = z.infer<typeof Role>;

/** An IOC or office with workstations. Tier is data: districts have come and gone (effective dates on units). */
export const Site = z.object({
  id: Id, code: z.string().max(16), name: z.string().max(120), tier: wordOf(['province', 'district']),
});
export type Site = z.infer<typeof Site>;

/** A commune or ward with the centre that a map or a distance needs. */
export const Area = z.object({
  id: Id, siteId: Id, name: z.string().max(120), lat: z.number(), lon: z.number(),
});
export type Area = z.infer<typeof Area>;

/** Someone who can be called. */
const Contact = z.object({ name: z.string(), phone: z.string() });
export type Contact = z.infer<typeof Contact>;

/** How hours of duty are given. */
export const DUTY_KINDS = ['around', 'weekly'] as const;
/**
 * When someone is on duty: `around` the clock, or `weekly` in the spans. Weekdays are 1 for Monday … 7 for Sunday, minutes run from
 * midnight in Vietnam, 0 ≤ fromMin < toMin ≤ 1,440; a night is two spans. Of a span that is otherwise nothing holds.
 */
export const Duty = z.object({
  kind: wordOf(DUTY_KINDS),
  spans: z.array(z.object({ weekdays: z.array(z.number()), fromMin: z.number(), toMin: z.number() })),
});
export type Duty = z.infer<typeof Duty>;

/**
 * Q13.5: who receives for a unit. `hours` is as the unit has written it, `duty` the same to reckon with. What is absent, the directory
 * does not say (an older province); null: the unit has named nobody.
 */
export const FocalPoint = z.object({
  name: z.string(), phone: z.string(), hours: z.string(),
  duty: Duty.nullish(), deputy: Contact.nullish(), effectiveFromMs: z.number().nullish(),
});
export type FocalPoint = z.infer<typeof FocalPoint>;

/** An organisation that may be made to act; `handling` marks a đơn vị xử lý (Q3.6), the only ones that take a forward. */
export const Unit = z.object({
  id: Id, siteId: Id, name: z.string().max(160), kind: z.string().max(40), handling: z.boolean(),
  services: Services, phone: z.string().max(20),
  /** Q13.5: the person who receives; null shows as a gap. */
  focalPoint: FocalPoint.nullable(),
  /** The head of the unit (người đứng đầu), to whom what no focal point receives falls; absent: the directory does not say, null: nobody is named. */
  head: Contact.nullish(),
  lat: z.number().nullable(), lon: z.number().nullable(),
  effectiveFromMs: z.number(), effectiveToMs: z.number().nullable(),
});
export type Unit = z.infer<typeof Unit>;

/** Someone with an account. Passwords never travel in rows. */
export const Person = z.object({
  id: Id, siteId: Id, unitId: Id.nullable(), login: z.string().max(40), name: z.string().max(80),
  title: z.string().max(80), roles: z.array(Role), services: Services, active: z.boolean(),
});
export type Person = z.infer<typeof Person>;

/** What a device or a person may see: some sites or all, some services or all. */
export const Scope = z.object({
  siteIds: z.array(Id).nullable().describe('null = every site of the province'),
  services: Services.nullable().describe('null = every service'),
});
export type Scope = z.infer<typeof Scope>;

/** The province IOC sees all; every other site sees its own records (Q1, Q6.3). Empty services = every service. */
export function personScope(person: Pick<Person, 'siteId' | 'services'>, site: Pick<Site, 'tier'>): Scope {
  return {
    siteIds: site.tier === 'province' ? null : [person.siteId],
    services: person.services.length === 0 ? null : person.services,
  };
}

/** Whether two scopes take in the same, in whatever order they name it. */
export function sameScope(a: Scope, b: Scope): boolean {
  const form = ({ siteIds, services }: Scope): string => JSON.stringify([siteIds?.toSorted() ?? null, services?.toSorted() ?? null]);
  return form(a) === form(b);
}

/** The services that a scope takes in, in their usual order. */
export function servicesIn(scope: Scope): Service[] {
  return SERVICES.filter(service => scope.services === null || scope.services.includes(service));
}

/** Whether a record of this site and of one of these lines lies inside the scope. */
export function inScope(scope: Scope, record: { siteId: Id; service: Service; lines?: readonly Service[] | undefined; handOff?: { to: Service } | null | undefined }): boolean {
  const { services } = scope;
  return (scope.siteIds === null || scope.siteIds.includes(record.siteId))
    && (services === null || services.includes(record.service) || record.lines?.some(line => services.includes(line)) === true
      || (record.handOff !== undefined && record.handOff !== null && services.includes(record.handOff.to)));
}
