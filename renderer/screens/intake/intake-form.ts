import type { Draft } from '../../../contract/console.ts';
import { LIMITS, type Channel, type Severity, type Victim } from '../../../contract/issue.ts';
import type { PayloadOf } from '../../../contract/mutations/payloads.ts';
import type { Service } from '../../../contract/org.ts';
import { nfc } from '../../../contract/text.ts';
import { parsePosition } from '../../position.ts';

/** The form as it is being typed. It is what a draft keeps, so every field is plain and nothing in it has been judged. */
export interface IntakeForm {
  placeText: string; areaId: string | null; landmark: string; position: string;
  category: string; description: string;
  victims: Victim[];
  phone: string; name: string; relation: string; anonymous: boolean;
  channel: Channel;
  /** null until the operator has chosen; a proposal then stands in for it. */
  severity: Severity | null;
  /** When the form was opened: the moment of receiving. ms, corrected by the last known server offset. */
  startedAtMs: number;
  /** The unit to send at once; null: the nearest that can be told. */
  /** The level that the policy proposes for the kind that was chosen. */
  usual: Severity | null;
  unitId: string | null;
  /** The record that this call is of, when the operator has said so; or that none of those shown is. */
  mergeInto: string | null; notSimilar: boolean;
}
export type TextField = 'placeText' | 'landmark' | 'description' | 'phone' | 'name' | 'relation';

/** The questions in the order in which they are asked. */
export const QUESTIONS = ['place', 'what', 'victims', 'who', 'severity'] as const;
export type Question = (typeof QUESTIONS)[number];

/** The questions that a form asks: victims only where there may be some. */
export function questionsOf(incident: boolean): Question[] {
  return QUESTIONS.filter(name => incident || name !== 'victims');
}

/** The number of a question and of its key, the same on every line: where one is not asked, its number stays empty. */
export function numberOf(question: Question): number {
  return QUESTIONS.indexOf(question) + 1;
}

/** What can be wrong with a form, each at one field. The words are in `strings/`. */
export type ProblemCode = 'placeMissing' | 'positionUnreadable' | 'descriptionMissing' | 'reporterMissing' | 'severityMissing' | 'tooLong';
export interface Problem { field: keyof IntakeForm; code: ProblemCode; over: number }

const INCIDENT_SERVICES: readonly Service[] = ['113', '114', '115', '112'];
const ANSWERS: readonly unknown[] = ['yes', 'no', 'unknown'];
const CHANNELS: readonly unknown[] = ['phone', 'field_report', 'public_service', 'camera', 'app', 'import'];
const LEVELS: readonly unknown[] = ['P1', 'P2', 'P3', 'P4'];

/** Longest text per typed field, in UTF-16 units after NFC. */
export const FIELD_LIMITS: Readonly<Record<TextField, number>> = {
  placeText: LIMITS.placeText, landmark: LIMITS.landmark, description: LIMITS.description,
  phone: LIMITS.phone, name: LIMITS.name, relation: LIMITS.name,
};

export function isIncident(service: Service): boolean {
  return INCIDENT_SERVICES.includes(service);
}

/** The channel that a record of this service most often comes through. */
export function usualChannel(service: Service): Channel {
  return service === 'field' ? 'field_report' : 'phone';
}

export function emptyVictim(): Victim {
  return { who: '', conscious: 'unknown', breathing: 'unknown', bleeding: 'unknown' };
}

export function emptyForm(service: Service, startedAtMs: number): IntakeForm {
  return {
    placeText: '', areaId: null, landmark: '', position: '', category: 'unknown', description: '',
    victims: isIncident(service) ? [emptyVictim()] : [],
    phone: '', name: '', relation: '', anonymous: false,
    channel: usualChannel(service), severity: null, usual: null, startedAtMs, unitId: null, mergeInto: null, notSimilar: false,
  };
}

/** The form that a draft kept. What an older or newer console wrote differently falls back to empty, never to an error. */
export function formOfDraft(fields: Record<string, unknown>, service: Service, nowMs: number): IntakeForm {
  const empty = emptyForm(service, nowMs);
  const text = (key: keyof IntakeForm): string => typeof fields[key] === 'string' ? fields[key] : '';
  const victims = Array.isArray(fields['victims']) ? fields['victims'].filter(isVictim) : [];
  return {
    placeText: text('placeText'), landmark: text('landmark'), position: text('position'), description: text('description'),
    phone: text('phone'), name: text('name'), relation: text('relation'),
    areaId: typeof fields['areaId'] === 'string' ? fields['areaId'] : null,
    category: text('category') === '' ? empty.category : text('category'),
    victims: victims.length > 0 ? victims : empty.victims,
    anonymous: fields['anonymous'] === true,
    channel: CHANNELS.includes(fields['channel']) ? fields['channel'] as Channel : empty.channel,
    severity: LEVELS.includes(fields['severity']) ? fields['severity'] as Severity : null,
    usual: LEVELS.includes(fields['usual']) ? fields['usual'] as Severity : null,
    unitId: typeof fields['unitId'] === 'string' ? fields['unitId'] : null, mergeInto: typeof fields['mergeInto'] === 'string' ? fields['mergeInto'] : null, notSimilar: fields['notSimilar'] === true,
    startedAtMs: typeof fields['startedAtMs'] === 'number' ? fields['startedAtMs'] : nowMs,
  };
}

function isVictim(value: unknown): value is Victim {
  if (typeof value !== 'object' || value === null) return false;
  const v = value as Record<string, unknown>;
  return typeof v['who'] === 'string' && ANSWERS.includes(v['conscious']) && ANSWERS.includes(v['breathing']) && ANSWERS.includes(v['bleeding']);
}

/** Whether nothing has been typed or chosen yet: such a draft is not worth keeping. */
export function isUntouched(form: IntakeForm, service: Service): boolean {
  const { channel: _, ...typed } = form;
  const { channel: __, ...empty } = emptyForm(service, form.startedAtMs);
  return JSON.stringify(Object.entries(typed).sort()) === JSON.stringify(Object.entries(empty).sort());
}

/** The drafts that still need someone: not the one that is open, and none in which nothing has been typed. */
export function waitingDrafts(drafts: readonly Draft[], openDraftId: string): Draft[] {
  return drafts.filter(draft => draft.id !== openDraftId && !isUntouched(formOfDraft(draft.fields, draft.service, draft.savedAtMs), draft.service));
}

/** Victims of whom something is known; the empty row that waits to be filled is not one. */
export function knownVictims(form: IntakeForm): Victim[] {
  return form.victims.filter(v => v.who.trim() !== '' || v.conscious !== 'unknown' || v.breathing !== 'unknown' || v.bleeding !== 'unknown');
}

/** Why P1 is proposed: the first victim (from 1) that is not conscious or does not breathe; null = no proposal. */
export function severityReason(form: IntakeForm): { victim: number; sign: 'unconscious' | 'notBreathing' } | null {
  for (const [index, victim] of form.victims.entries()) {
    if (victim.breathing === 'no') return { victim: index + 1, sign: 'notBreathing' };
    if (victim.conscious === 'no') return { victim: index + 1, sign: 'unconscious' };
  }
  return null;
}

/** What the record will carry: the operator's choice, else what the victims' signs propose, else what is usual for its kind, else nothing. */
export function severityOf(form: IntakeForm): Severity | null {
  return form.severity ?? (severityReason(form) === null ? form.usual : 'P1');
}

/** How many characters are left in a field, negative when there are too many. Counted after NFC. */
export function charactersLeft(field: TextField, text: string): number {
  return FIELD_LIMITS[field] - nfc(text).length;
}

/** Whether a text is so long that it can only be a mistake (a pasted file): refused whole, the field keeps what it had. */
export function isHopelesslyLong(field: TextField, text: string): boolean {
  const { length } = nfc(text);
  return length > FIELD_LIMITS[field] * 2 && length > 200;
}

/** Everything that keeps the form from being received, in the order of the questions. */
export function problemsOf(form: IntakeForm): Problem[] {
  const problems: Problem[] = [];
  const add = (field: keyof IntakeForm, code: ProblemCode, over = 0): void => { problems.push({ field, code, over }); };
  const long = (field: TextField): void => { if (charactersLeft(field, form[field]) < 0) add(field, 'tooLong', -charactersLeft(field, form[field])); };
  const position = parsePosition(form.position);
  if (form.placeText.trim() === '' && (position === null || position === 'unreadable')) add('placeText', 'placeMissing');
  long('placeText');
  long('landmark');
  if (position === 'unreadable') add('position', 'positionUnreadable');
  if (form.description.trim() === '') add('description', 'descriptionMissing');
  long('description');
  for (const victim of form.victims) if (nfc(victim.who).length > LIMITS.name) { add('victims', 'tooLong', nfc(victim.who).length - LIMITS.name); break; }
  if (!form.anonymous) {
    if (form.phone.trim() === '' && form.name.trim() === '') add('phone', 'reporterMissing');
    long('phone');
    long('name');
    long('relation');
  }
  if (severityOf(form) === null) add('severity', 'severityMissing');
  return problems;
}

/** The question under which a field stands. */
export function questionOf(field: keyof IntakeForm): Question {
  switch (field) {
    case 'placeText': case 'areaId': case 'landmark': case 'position': return 'place';
    case 'victims': return 'victims';
    case 'phone': case 'name': case 'relation': case 'anonymous': return 'who';
    case 'severity': return 'severity';
    default: return 'what';
  }
}

/**
 * What is sent when the form is received. The record takes the draft's id: sent twice after a crash, it is still one record.
 *
 * @throws {Error} when `problemsOf(form)` is not empty
 */
export function payloadOf(form: IntakeForm, service: Service, draftId: string, siteId: string): PayloadOf<'issue.receive'> {
  const position = parsePosition(form.position);
  const severity = severityOf(form);
  if (severity === null || position === 'unreadable') throw new Error('the form has problems');
  const clean = (text: string): string => nfc(text).trim();
  return {
    id: draftId, class: isIncident(service) ? 'incident' : 'issue', service, siteId, channel: form.channel, sourceRef: null,
    occurredAtMs: null, receivedAtMs: Math.round(form.startedAtMs), severity, category: form.category, description: clean(form.description),
    place: { text: clean(form.placeText), areaId: form.areaId, landmark: clean(form.landmark), lat: position?.lat ?? null, lon: position?.lon ?? null },
    reporter: form.anonymous
      ? { anonymous: true, name: '', phone: '', relation: '' }
      : { anonymous: false, name: clean(form.name), phone: clean(form.phone), relation: clean(form.relation) },
    victims: knownVictims(form).map(v => ({ ...v, who: clean(v.who) })),
    original: null,
  };
}
