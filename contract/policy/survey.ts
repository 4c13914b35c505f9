import type { Issue } from '../issue.ts';
import { exactForm } from '../text.ts';
import { DEFAULT_ASKING } from './default-asking.ts';
import type { Asking, PolicyPack } from './pack.ts';

const DAY_MS = 86_400_000;

/** What of a record says whether its reporter is asked at all. What is absent says nothing. */
export type Askable = Pick<Issue, 'class' | 'severity'> & { reporter: Pick<Issue['reporter'], 'anonymous'> & Partial<Issue['reporter']> } & Partial<Pick<Issue, 'category' | 'description' | 'victims'>>;

/** Whom a survey asks and until when; a pack from before these values has the proposed ones. */
export function askingOf(pack: Pick<PolicyPack, 'survey'>): Asking {
  return pack.survey.asking ?? DEFAULT_ASKING;
}

/**
 * Whether the reporter of a closed record is asked how content he is (Q13.10, Q16.5): nobody without a name, none of a case of life and death, and, as far
 * as the record says it, no victim of violence and no child.
 */
export function isAsked({ class: kind, severity, reporter, category = '', description = '', victims = [] }: Askable, pack: PolicyPack): boolean {
  if (reporter.anonymous || (kind === 'incident' && pack.survey.notSeverities.includes(severity))) return false;
  const { notCategories, notWords, notPersons } = askingOf(pack);
  if (notCategories.includes(category)) return false;
  const persons = [reporter.relation ?? '', ...victims.map(({ who }) => who)];
  return !tells([description, ...persons], notWords) && !tells(persons, notPersons);
}

function tells(texts: readonly string[], words: readonly string[]): boolean {
  const said = texts.filter(text => text !== '').map(text => ` ${exactForm(text).replace(/[^\p{L}\p{N}]+/gu, ' ')} `);
  return words.some(word => said.some(text => text.includes(` ${exactForm(word)} `)));
}

/**
 * Whether a record waits for its survey: closed, its survey neither held nor excepted (which is what leaves it a due time then), and not later than the
 * pack's window after that time.
 */
export function waitsForSurvey({ state, dueAtMs }: Pick<Issue, 'state' | 'dueAtMs'>, windowMs: number, nowMs: number): boolean {
  return state === 'closed' && dueAtMs !== null && nowMs <= dueAtMs + windowMs;
}

/** For how long after its due time a survey is still waited for, ms. */
export function surveyWindowMs(pack: PolicyPack): number {
  return askingOf(pack).windowDays * DAY_MS;
}

/** Whether the answer that a record has is one that offers reopening (lowScore of the pack), given since it was last reopened. */
export function hasLowScore({ survey, history }: Pick<Issue, 'survey' | 'history'>, pack: PolicyPack): boolean {
  const score = survey?.score ?? null;
  if (score === null || score > pack.survey.lowScore) return false;
  return history.findLastIndex(entry => entry.action === 'issue.survey') > history.findLastIndex(entry => entry.action === 'issue.reopen');
}
