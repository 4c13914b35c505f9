import type { Migration } from './migration.ts';
import { base } from './0010-base.ts';
import { provisionalNumbers } from './0020-provisional-numbers.ts';
import { offeredAgain } from './0040-offered-again.ts';
import { textBehind } from './0030-text-behind.ts';
import { formTexts } from './0050-form-texts.ts';
import { attachments } from './0060-attachments.ts';
import { attentionDone } from './0070-attention-done.ts';
import { stickFiles } from './0080-stick-files.ts';
import { wordsOfLeft } from './0090-words-of-left.ts';
import { gone } from './0091-gone.ts';
import { approvedRemoval } from './0092-approved-removal.ts';
import { repairs } from './0093-repairs.ts';
import { unknownChanges } from './0100-unknown-changes.ts';
import { linesAndCases } from './0110-lines-and-cases.ts';
import { bulkAndViews } from './0120-bulk-and-views.ts';
import { alarms } from './0130-alarms.ts';
import { documents } from './0140-documents.ts';
import { untakenAlarms } from './0141-untaken-alarms.ts';
import { accessLog } from './0145-access-log.ts';
import { erasure } from './0146-erasure.ts';
import { policyDrafts } from './0150-policy-drafts.ts';
import { askedLines } from './0151-asked-lines.ts';
import { ended } from './0155-ended.ts';
import { offersOnParts } from './0156-offers-on-parts.ts';
import { sealedPersons } from './0157-sealed-persons.ts';
import { rosterPlans } from './0158-roster-plans.ts';
import { rosterCopies } from './0159-roster-copies.ts';
import { rosterRevisions } from './0160-roster-revisions.ts';

/** Every step in order. A new one goes to the end. */
export const MIGRATIONS: readonly Migration[] = [
  base, provisionalNumbers, textBehind, offeredAgain, formTexts, attachments, attentionDone, stickFiles, wordsOfLeft, gone, approvedRemoval, repairs,
  unknownChanges, linesAndCases, bulkAndViews, alarms, documents, untakenAlarms, accessLog, erasure, policyDrafts, askedLines, ended, offersOnParts, sealedPersons, rosterPlans, rosterCopies, rosterRevisions,
];
