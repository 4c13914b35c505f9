import { cellText } from '../../../contract/cell-text.ts';
import type { ExportWords, SURVEY_COLUMNS, SurveyOrder } from '../../../contract/export.ts';
import type { Id } from '../../../contract/ids.ts';
import type { PolicyBook } from '../../../contract/policy/pack.ts';
import { askingOf, isAsked, surveyWindowMs, waitsForSurvey } from '../../../contract/policy/survey.ts';
import { surveyLink, surveyMessage } from '../../../contract/survey.ts';
import { digits, withoutMarks } from '../../../contract/text.ts';
import type { Database } from '../../../db/database.ts';
import { readCaseOf, readParts } from '../../../db/stores/cases.ts';
import { readIssue } from '../../../db/stores/issues.ts';
import type { ListRow } from '../../../db/stores/list-rows.ts';
import type { Cell, Column } from '../export/columns.ts';
import { codeOf } from './codes.ts';

const WIDTHS: Readonly<Record<(typeof SURVEY_COLUMNS)[number], number>> = { displayNo: 18, phone: 16, code: 14, link: 44, message: 90 };

/** What messages are made by: the packs, the time, the site's name, the words. */
export interface Sending { db: Database; policy: PolicyBook; atMs: number; siteName: string; words: ExportWords; order: SurveyOrder }

/** The columns of the file that a gateway sends by. */
export function surveyColumns(names: typeof SURVEY_COLUMNS, words: ExportWords): Column[] {
  return names.map(name => ({ name, heading: cellText(words[`column.${name}`] ?? name), width: WIDTHS[name] }));
}

/**
 * Turns records into lines of messages, one at a time. Null for a record whose reporter is not asked, or has been: it does not wait for a survey, it
 * names no number, or another record of its case has the same number (one per case and reporter).
 */
export function messageMaker(sending: Sending): (row: ListRow) => Cell[] | null {
  const { policy, atMs, order, words, siteName } = sending;
  const pack = policy.at(atMs);
  const asked = new Set<string>();
  return row => {
    const phone = digits(row.reporter.phone);
    if (phone === '' || !waitsForSurvey(row, surveyWindowMs(pack), atMs) || !isAsked(row, policy.of(row.policyId, row.receivedAtMs))) return null;
    const { root, isAnswered } = caseOf(sending.db, row.id, phone);
    if (isAnswered || asked.has(`${root} ${phone}`)) return null;
    asked.add(`${root} ${phone}`);
    const no = row.displayNo ?? row.provisionalNo;
    const code = codeOf(row.id);
    const text = surveyMessage(form => words[`survey.${form}`] ?? '{no} {code} {link}', askingOf(pack), { site: siteName, no, code });
    const link = surveyLink(askingOf(pack).page, code);
    return [no, row.reporter.phone, code, link, order.plain ? withoutMarks(text) : text].map(said => (said === '' ? null : { text: cellText(said) }));
  };
}

/** The record that stands for the case, and whether somebody of this number has answered of it already. */
function caseOf(db: Database, id: Id, phone: string): { root: Id; isAnswered: boolean } {
  const root = readCaseOf(db, id) ?? id;
  const others = [root, ...readParts(db, root)].filter(other => other !== id);
  const isAnswered = others.some(other => {
    const issue = readIssue(db, other)?.issue;
    return issue !== undefined && (issue.survey ?? null) !== null && digits(issue.reporter.phone) === phone;
  });
  return { root, isAnswered };
}
