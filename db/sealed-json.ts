import { sealOf, type Seal } from './seal.ts';
import type { Database } from './database.ts';

/** Fields of a record, a request about personal data or a change of one that tell of a person; and the words that whoever erased them has named. */
export const PERSONAL: readonly string[] = ['reporter', 'victims', 'original', 'words', 'subject'];
/** Where in a text the sealed part stands: no contract has such a field. */
const SEALED = '\u2135';

type Fields = Record<string, unknown>;
interface Parts { whole?: unknown; top?: Fields; inFields?: Fields }
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const isPersonal = (name: string): boolean => PERSONAL.includes(name);
const pick = (from: Fields, personal: boolean): Fields => Object.fromEntries(Object.entries(from).filter(([name]) => isPersonal(name) === personal));

/** Whether a change, or what of it is edited, says anything of a person. */
export function tellsOfPersons({ fields, ...payload }: Fields): boolean {
  return Object.keys(payload).some(isPersonal) || (isFields(fields) && Object.keys(fields).some(isPersonal));
}

function withSealed(seal: Seal, beside: Fields, parts: Parts): string {
  return JSON.stringify({ ...beside, [SEALED]: seal.close(JSON.stringify(parts)).toString('base64') });
}

/** A change, or a record as a whole, for a column of text: what tells of persons is sealed in it, all else can be asked for by its path. */
export function sealedJson(db: Database, value: object): string {
  const { ...payload } = value as Fields;
  if (!tellsOfPersons(payload)) return JSON.stringify(value);
  const { fields } = payload;
  const parts = { top: pick(payload, true), ...isFields(fields) && { inFields: pick(fields, true) } };
  return withSealed(sealOf(db), { ...pick(payload, false), ...isFields(fields) && { fields: pick(fields, false) } }, parts);
}

/** The same of what has no path to be asked for, as a half-written form: sealed as a whole. */
export function sealedWhole(db: Database, value: unknown): string {
  return withSealed(sealOf(db), {}, { whole: value });
}

/** Values that another's change has won over, for their column: sealed when one of them tells of a person. */
export function sealedLost(db: Database, lost: readonly { field: string }[]): string {
  return lost.some(({ field }) => isPersonal(field)) ? sealedWhole(db, lost) : JSON.stringify(lost);
}

/** What one of these has made, or a text from before there was a seal. */
export function openedJson<T>(db: Database, text: string): T {
  const value = JSON.parse(text) as T;
  if (!isFields(value) || typeof value[SEALED] !== 'string') return value;
  const { [SEALED]: sealed, ...beside } = value as Fields & { [SEALED]: string };
  const { whole, top, inFields } = JSON.parse(sealOf(db).open(Buffer.from(sealed, 'base64'))) as Parts;
  if (whole !== undefined) return whole as T;
  return { ...beside, ...top, ...inFields !== undefined && { fields: { ...beside['fields'] as Fields, ...inFields } } } as T;
}
