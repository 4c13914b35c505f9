import { cellText } from '../../../contract/cell-text.ts';
import type { ExportWords, SURVEY_COLUMNS, SurveyOrder } from '../../../contract/export.ts';
import type { Id } from '../../../contract/ids.ts';
import type { PolicyBook } from '../../../contract/policy/pack.ts';
import { askingOf, isAsked, surveyWindowMs, waitsForSurvey } from '../../../contract/policy/survey.ts';
import { surveyLink, surveyMessage } from '../../../contract/survey.ts';
import { digits, withoutMarks } from '../../../contract/text.ts';
import type { Database } from '../../../db/database.ts';
import type { ListRow } from '../../../db/stores/list-rows.ts';
import type { Cell, Column } from '../export/columns.ts';
import { codeOf, isAnswered, ofReporter } from './codes.ts';

const WIDTHS: Readonly<Record<(typeof SURVEY_COLUMNS)[number], number>> = { displayNo: 18, phone: 16, code: 14, link: 44, message: 90 };

/** What messages are made by: the packs, the time, the site's name, the words. */
export interface Sending { db: Database; policy: PolicyBook; atMs: number; siteName: string; words: ExportWords; order: SurveyOrder }

/** The columns of the file that a gateway sends by. */
export function surveyColumns(names: typeof SURVEY_COLUMNS, words: ExportWords): Column[] {
  return names.map(name => ({ name, heading: cellText(words[`column.${name}`] ?? name), width: WIDTHS[name] }));
}

/**
 * Turns records into lines of messages, one at a time. Null for a record whose reporter is not asked, or has been: it does not wait for a survey, it
 * names no number, or another record of its case has the same number (one per case and reporter). Whichever of them a list has, they are asked by the
 * code of the same one, so that two lists ask for one answer.
 */
export function messageMaker(sending: Sending): (row: ListRow) => Cell[] | null {
  const { db, policy, atMs, order, words, siteName } = sending;
  const pack = policy.at(atMs);
  const asked = new Set<Id>();
  const isWaiting = (row: Waiting): boolean => waitsForSurvey(row, surveyWindowMs(pack), atMs) && isAsked(row, policy.of(row.policyId, row.receivedAtMs));
  return row => {
    if (digits(row.reporter.phone) === '' || !isWaiting(row)) return null;
    const reported = ofReporter(db, row);
    const first = reported.find(isWaiting) ?? row;
    if (reported.some(one => 'survey' in one && isAnswered(one)) || asked.has(first.id)) return null;
    asked.add(first.id);
    const no = first.displayNo ?? first.provisionalNo;
    const code = codeOf(first.id);
    const text = surveyMessage(form => words[`survey.${form}`] ?? '{no} {code} {link}', askingOf(pack), { site: siteName, no, code });
    const link = surveyLink(askingOf(pack).page, code);
    return [no, row.reporter.phone, code, link, order.plain ? withoutMarks(text) : text].map(said => (said === '' ? null : { text: cellText(said) }));
  };
}

type Waiting = Parameters<typeof isAsked>[0] & Parameters<typeof waitsForSurvey>[0] & Pick<ListRow, 'policyId' | 'receivedAtMs'>;
