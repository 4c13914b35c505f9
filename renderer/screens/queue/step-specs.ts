import { newId } from '../../../contract/ids.ts';
import { ERASURE_BASES, LIMITS, REOPENED_BY, SURVEY_CHANNELS, type Issue } from '../../../contract/issue.ts';
import type { MutationName } from '../../../contract/mutations/payloads.ts';
import { SERVICES, type Service } from '../../../contract/org.ts';
import { parseDateTime } from '../../../contract/time.ts';
import type { t } from '../../strings/text.ts';

type Translate = typeof t;
/** What a form of a step has been given so far; every field as text, a list as its items. */
export type StepFields = Record<string, string | string[] | null>;

/** One question of a step's form. `words`: some lines of text; `line`: one line; `moment`: dd/MM/yyyy HH:mm; `unit`: a unit of the directory. */
export type Question =
  | { kind: 'words' | 'line' | 'moment'; name: string; ask: (t: Translate) => string; isNeeded: boolean; max?: number }
  | { kind: 'unit'; name: string; ask: (t: Translate) => string; isNeeded: boolean; among: 'any' | 'its own' }
  | { kind: 'choice' | 'some'; name: string; ask: (t: Translate) => string; isNeeded: boolean; options: (issue: Issue) => readonly string[]; word: (t: Translate, value: string) => string };

/** The form of a step: what it asks, and the payload that comes of it. */
export interface StepSpec { questions: readonly Question[]; payload: (fields: StepFields, issue: Issue, nowMs: number) => Record<string, unknown> }

const words = (name: string, key: 'reason' | 'note' | 'question' | 'handOffNote' | 'newEvidence' | 'correction' | 'splitWhy', isNeeded = true): Question => ({ kind: 'words', name, ask: t => t(`steps.${key}`), isNeeded });
const asIs = (fields: StepFields): Record<string, unknown> => fields;
const lineWord = (t: Translate, value: string): string => t(`domain.serviceLong.${value as Service}`);
const incidentLines: readonly Service[] = ['113', '114', '115', '112'];
const answer = (name: 'onTime' | 'rightResult' | 'attitude'): Question => ({ kind: 'choice', name, ask: t => t(`steps.${name}`), isNeeded: false, options: () => ['yes', 'no', 'unknown'], word: (t, value) => t(`domain.answer.${value as 'yes'}`) });

/** Steps whose form is nothing but questions; the others have forms of their own. */
export const STEP_SPECS: Readonly<Partial<Record<MutationName, StepSpec>>> = {
  'issue.correct': { questions: [words('note', 'correction')], payload: asIs },
  'issue.outOfScope': {
    questions: [words('reason', 'reason'), { kind: 'line', name: 'advisedBody', ask: t => t('steps.advisedBody'), isNeeded: true, max: LIMITS.placeText }, { kind: 'words', name: 'reply', ask: t => t('issue.form.reply'), isNeeded: true }],
    payload: asIs,
  },
  'issue.proposeCancel': { questions: [words('reason', 'reason')], payload: asIs },
  'issue.return': {
    questions: [words('reason', 'reason'), { kind: 'unit', name: 'suggestedUnitId', ask: t => t('steps.suggestedUnit'), isNeeded: false, among: 'any' }],
    payload: fields => ({ reason: fields['reason'], suggestedUnitId: fields['suggestedUnitId'] ?? null }),
  },
  'issue.askInfo': {
    questions: [words('question', 'question'), { kind: 'moment', name: 'until', ask: t => t('steps.until'), isNeeded: false }],
    payload: fields => ({ question: fields['question'], untilMs: momentOf(fields['until']) }),
  },
  'issue.hold': {
    questions: [words('reason', 'reason'), { kind: 'moment', name: 'until', ask: t => t('steps.reviewAt'), isNeeded: true }],
    payload: fields => ({ reason: fields['reason'], untilMs: momentOf(fields['until']) }),
  },
  'issue.reopen': {
    questions: [
      { kind: 'choice', name: 'by', ask: t => t('steps.reopenBy'), isNeeded: true, options: () => REOPENED_BY, word: (t, value) => t(`domain.reopenedBy.${value as (typeof REOPENED_BY)[number]}`) },
      words('reason', 'newEvidence'),
    ],
    payload: asIs,
  },
  'issue.handOff': {
    questions: [
      { kind: 'choice', name: 'to', ask: t => t('steps.toLine'), isNeeded: true, options: ({ service, lines }) => SERVICES.filter(line => line !== service && lines?.includes(line) !== true), word: lineWord },
      words('note', 'handOffNote'),
    ],
    payload: asIs,
  },
  'issue.refuseHandOff': { questions: [words('reason', 'reason')], payload: asIs },
  'issue.join': {
    questions: [
      { kind: 'some', name: 'lines', ask: t => t('steps.lines'), isNeeded: true, options: ({ service, lines }) => incidentLines.filter(line => line !== service && lines?.includes(line) !== true), word: lineWord },
      words('note', 'note', false),
    ],
    payload: asIs,
  },
  'issue.leave': {
    questions: [{ kind: 'choice', name: 'line', ask: t => t('steps.lineLeaves'), isNeeded: true, options: ({ lines }) => lines ?? [], word: lineWord }, words('note', 'reason')],
    payload: asIs,
  },
  'issue.sendResource': {
    questions: [{ kind: 'unit', name: 'unitId', ask: t => t('steps.forceUnit'), isNeeded: true, among: 'any' }, { kind: 'line', name: 'name', ask: t => t('steps.forceName'), isNeeded: false, max: LIMITS.name }],
    payload: (fields, _issue, nowMs) => ({ resourceId: newId(nowMs), unitId: fields['unitId'], name: fields['name'] ?? '' }),
  },
  'issue.split': {
    questions: [words('note', 'splitWhy')],
    payload: (fields, issue) => ({ edgeIds: (issue.merges ?? []).map(edge => edge.edgeId), note: fields['note'] }),
  },
  'issue.remind': {
    questions: [{ kind: 'unit', name: 'unitId', ask: t => t('steps.remindUnit'), isNeeded: true, among: 'its own' }, words('note', 'note', false)],
    payload: fields => ({ unitId: fields['unitId'], level: 0, note: fields['note'] ?? '' }),
  },
  'issue.erasePersonal': {
    questions: [
      { kind: 'choice', name: 'basis', ask: t => t('personal.erase.basis'), isNeeded: true, options: () => ERASURE_BASES, word: (t, value) => t(`personal.erase.by.${value as (typeof ERASURE_BASES)[number]}`) },
      { kind: 'words', name: 'reason', ask: t => t('personal.erase.reason'), isNeeded: true },
      { kind: 'line', name: 'words', ask: t => t('personal.erase.words'), isNeeded: false, max: LIMITS.note },
    ],
    payload: fields => ({ basis: fields['basis'], reason: fields['reason'], words: wordsOf(fields['words']) }),
  },
  'issue.survey': {
    questions: [
      { kind: 'choice', name: 'channel', ask: t => t('steps.surveyChannel'), isNeeded: true, options: () => SURVEY_CHANNELS, word: (t, value) => t(`domain.surveyChannel.${value as (typeof SURVEY_CHANNELS)[number]}`) },
      { kind: 'choice', name: 'score', ask: t => t('steps.score'), isNeeded: true, options: () => ['1', '2', '3', '4', '5', 'none'], word: (t, value) => (value === 'none' ? t('steps.notReached') : t(`steps.scores.s${value as '1' | '2' | '3' | '4' | '5'}`)) },
      answer('onTime'), answer('rightResult'), answer('attitude'),
      { kind: 'words', name: 'comment', ask: t => t('steps.comment'), isNeeded: false },
    ],
    payload: fields => {
      const answered = fields['score'] !== 'none';
      return {
        channel: fields['channel'], answered, score: answered ? Number(fields['score']) : null,
        onTime: fields['onTime'] ?? 'unknown', rightResult: fields['rightResult'] ?? 'unknown', attitude: fields['attitude'] ?? 'unknown', comment: fields['comment'] ?? '',
      };
    },
  },
};

/** Words to be taken out of the texts, as they were typed: between semicolons. */
function wordsOf(text: StepFields[string] | undefined): string[] {
  return typeof text === 'string' ? text.split(';').map(word => word.trim()).filter(word => word !== '') : [];
}

function momentOf(text: StepFields[string] | undefined): number | null {
  return typeof text === 'string' && text.trim() !== '' ? parseDateTime(text) : null;
}

/** What is still missing or cannot be read; null when the form can go. */
export function stepProblem(spec: StepSpec, fields: StepFields, t: Translate): string | null {
  for (const question of spec.questions) {
    const value = fields[question.name];
    const isEmpty = value === undefined || value === null || (typeof value === 'string' ? value.trim() === '' : value.length === 0);
    if (isEmpty && question.isNeeded) return t('steps.missing', { what: question.ask(t).toLowerCase() });
    if (question.name === 'words' && wordsOf(value).some(word => word.length < 3)) return t('personal.erase.shortWord');
    if (question.kind === 'moment' && !isEmpty && momentOf(value) === null) return t('steps.badMoment');
  }
  return null;
}
