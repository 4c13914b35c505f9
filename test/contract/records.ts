import { newId, type Id } from '../../contract/ids.ts';
import type { Issue } from '../../contract/issue.ts';
import type { Actor, Facts } from '../../contract/mutations/facts.ts';
import { applyIssueMutation } from '../../contract/mutations/issue.ts';
import { PAYLOADS, type MutationName, type PayloadOf } from '../../contract/mutations/payloads.ts';
import { ROLES } from '../../contract/org.ts';
import { DEFAULT_PACK } from '../../contract/policy/default-pack.ts';
import { policyBook } from '../../contract/policy/pack.ts';

export const SITE = newId(1), DEVICE = newId(2), UNIT = newId(3), OTHER_UNIT = newId(4);
export const BOOK = policyBook([DEFAULT_PACK]);

/** Someone who may do everything everywhere, unless said otherwise. */
export function person(more: Partial<Actor> = {}): Actor {
  return { personId: newId(10), unitId: UNIT, roles: [...ROLES], scope: { siteIds: null, services: null }, ...more };
}

/** Facts at some instant; every unit is one that handles. */
export function factsFor(actor: Actor, more: Partial<Facts> = {}): Facts {
  return { actor, deviceId: DEVICE, atMs: 1_000, arrivedAtMs: null, provisionalNo: 'TẠM-01', nextDisplayNo: null, unit: () => ({ handling: true }), record: () => receive(), policy: BOOK, ...more };
}

/** A fire at the 114, or what `more` makes of it, just taken in. */
export function receive(more: Partial<Pick<Issue, 'id' | 'class' | 'service' | 'severity' | 'receivedAtMs' | 'category'>> & { atMs?: number; authorId?: Id } = {}): Issue {
  const { atMs, authorId, ...payload } = more;
  const receivedAtMs = more.receivedAtMs ?? atMs ?? 1_000;
  return applyIssueMutation('issue.receive', undefined, PAYLOADS['issue.receive'].parse({
    id: newId(20), class: 'incident', service: '114', siteId: SITE, channel: 'phone', receivedAtMs, severity: 'P2', description: 'Cháy kho',
    place: { text: 'Ấp Mẫu', areaId: null, landmark: '', lat: null, lon: null }, reporter: { anonymous: false, name: 'Người Báo Mẫu', phone: '0900000000', relation: '' }, ...payload,
  }), factsFor(person(authorId === undefined ? { personId: newId(11) } : { personId: authorId }), { atMs: atMs ?? receivedAtMs })).row;
}

/** A step, its payload without the id, and by whom. */
export type Step = [name: MutationName, payload?: Record<string, unknown>, by?: Actor];

/** Runs steps one after the other, a minute apart, each by the person given or by one who may do everything. */
export function run(row: Issue, ...steps: Step[]): Issue {
  return steps.reduce((before, [name, payload = {}, by = person()], at) =>
    applyIssueMutation(name, before, PAYLOADS[name].parse({ id: row.id, ...payload }) as PayloadOf<MutationName>, factsFor(by, { atMs: 60_000 * (at + 1) })).row, row);
}
