import type { Id } from './ids.ts';
import type { Issue } from './issue.ts';
import { inScope, type Role, type Scope } from './org.ts';
import { may } from './permissions.ts';
import { digits } from './text.ts';

/*
 * Who may read who reported and who was hurt (Law 91/2025/QH15, Decree 356/2025/NĐ-CP; reading, §2.6): role, on duty and assignment together. What is
 * meant by personal data here are a record's `reporter`, its `victims` and the words of an import's source.
 */

/** What stands where something is kept from the reader. */
export const MASK = '•••';

const MASKED_PHONE = /^(?:•••|•••• ••• \d{3})$/;

/** The phone with nothing but its last three digits to be read: "•••• ••• 418"; empty, or masked, it stays as it is. */
export function maskPhone(phone: string): string {
  if (MASKED_PHONE.test(phone)) return phone;
  const all = digits(phone);
  if (all === '') return '';
  return all.length <= 3 ? MASK : `•••• ••• ${all.slice(-3)}`;
}

/** Whether there is a text, and nothing of it. */
export const maskText = (text: string): string => (text.trim() === '' ? '' : MASK);

/** Who reported and who was hurt, as lists show it: nothing that this program does not know. */
export function maskPeople({ reporter, victims }: Pick<Issue, 'reporter' | 'victims'>): Pick<Issue, 'reporter' | 'victims'> {
  return {
    reporter: { anonymous: reporter.anonymous, name: maskText(reporter.name), phone: maskPhone(reporter.phone), relation: maskText(reporter.relation) },
    victims: victims.map(({ who, conscious, breathing, bleeding }) => ({ who: maskText(who), conscious, breathing, bleeding })),
  };
}

/** Who asks to read it, and whether they are on duty. */
export interface PersonalReader { personId: Id; unitId: Id | null; roles: readonly Role[]; scope: Scope; onDuty: boolean }

/** What of a record says whose work it is. */
export type Assigned = Pick<Issue, 'siteId' | 'service' | 'lines' | 'handOff' | 'authorId' | 'leadUnitId' | 'coUnitIds'>;

/**
 * By what somebody reads it: the work of their line, of their unit, their own record; an inspection, an emergency; or in a list on its way out.
 * `file`: a file of the record was opened, which the role alone allows; `request`: a request of a data subject was read.
 */
export const GROUNDS = ['line', 'unit', 'author', 'inspection', 'emergency', 'export', 'file', 'request'] as const;
export type Ground = (typeof GROUNDS)[number];

/** What is missing for simply opening it: not on duty; the work of others; inspectors are never on the record, and say why they look. */
export const LACKS = ['duty', 'assignment', 'inspection'] as const;
export type Lack = (typeof LACKS)[number];

/** `open`: at once. `reason`: only with one in writing, which is kept and shown apart. `closed`: the role has no right to it. */
export type PersonalAccess = { is: 'open'; ground: Ground } | { is: 'reason'; ground: Ground; lacks: readonly Lack[] } | { is: 'closed' };

/** What a written reason must have, and the most that is kept of it, in UTF-16 units. */
export const REASON_CHARS = { least: 5, most: 300 } as const;

/** They take the calls and work the records of their line. */
const OF_LINE: readonly Role[] = ['truc_ban', 'ca_truong'];
/** They act on what was forwarded to their unit, and see nothing of other people's reporters. */
const OF_UNIT: readonly Role[] = ['dau_moi', 'lanh_dao_don_vi'];
const INSPECTOR: Role = 'kiem_tra';

const hasRole = ({ roles }: Pick<PersonalReader, 'roles'>, of: readonly Role[]): boolean => roles.some(role => of.includes(role));

/** By what the record is theirs to work: their line has it, their unit leads or helps, or they have taken it in; null when it is not. */
function assignment(record: Assigned, reader: PersonalReader): Ground | null {
  if (hasRole(reader, OF_LINE) && inScope(reader.scope, record)) return 'line';
  const { unitId } = reader;
  if (unitId !== null && hasRole(reader, OF_UNIT) && (record.leadUnitId === unitId || record.coUnitIds.includes(unitId))) return 'unit';
  return record.authorId === reader.personId && !reader.roles.every(role => role === INSPECTOR) ? 'author' : null;
}

/** Whether, and how, this person may read who reported a record that lies in their scope. */
export function personalAccess(record: Assigned, reader: PersonalReader): PersonalAccess {
  if (!may(reader.roles, 'reporter.reveal')) return { is: 'closed' };
  const ground = assignment(record, reader);
  if (ground !== null && reader.onDuty) return { is: 'open', ground };
  // Who inspects is assigned to nothing: a reason each time, on duty or not.
  if (reader.roles.includes(INSPECTOR)) return { is: 'reason', ground: 'inspection', lacks: ['inspection'] };
  const lacks: Lack[] = [...(reader.onDuty ? [] : ['duty' as const]), ...(ground === null ? ['assignment' as const] : [])];
  return { is: 'reason', ground: 'emergency', lacks };
}

/**
 * Whether names and telephones of reporters may lead this person to records: those who take calls, on duty. Everybody else would learn from
 * a hit what they may not read.
 */
export function mayFindByPerson(reader: Pick<PersonalReader, 'roles' | 'onDuty'>): boolean {
  return reader.onDuty && hasRole(reader, OF_LINE) && may(reader.roles, 'reporter.reveal');
}

/** Whether a list with reporters in clear may be made: by who takes calls, on duty; by who inspects, the purpose being the reason. */
export function mayExportPersons(reader: Pick<PersonalReader, 'roles' | 'onDuty'>): boolean {
  return mayFindByPerson(reader) || (reader.roles.includes(INSPECTOR) && may(reader.roles, 'reporter.reveal'));
}
