import { kindOf, type IntentName } from '../../contract/documents/apply.ts';
import { AppError } from '../../contract/errors.ts';
import { newId, type Id } from '../../contract/ids.ts';
import type { Actor } from '../../contract/mutations/facts.ts';
import { editableValue, same } from '../../contract/mutations/issue.ts';
import { EDITABLE_FIELDS, type MutationName } from '../../contract/mutations/payloads.ts';
import type { Service } from '../../contract/org.ts';
import { isRefusedMaking, rebase, removeBase, restoreRefused } from '../outbox.ts';
import { addAudit } from '../stores/auth.ts';
import { endAttention, readOneAttention, reopenAttention, type AttentionEnd, type EndedAttention } from '../stores/attention.ts';
import { addDraft, linkDraft, readDraftFor, saveDraft } from '../stores/drafts.ts';
import { correctedByForm, linkForm, saveForm } from '../stores/form-texts.ts';
import { readIssue } from '../stores/issues.ts';
import { requireStation } from '../stores/station.ts';
import { makesRow, removeWritten } from '../stores/written.ts';
import { nextProvisionalNo, writeMutation } from '../unit-of-work.ts';
import type { Work } from '../work.ts';
import type { Commands } from './command.ts';

export const ATTENTION_COMMANDS: Commands<'attention.dismiss' | 'attention.restore' | 'attention.keepMine' | 'attention.again'> = {
  'attention.dismiss': (work, { n, personId, atMs, theirs }) => {
    end(work, { n, how: theirs === true ? 'theirs' : 'seen', personId, atMs, byN: null }, theirs === true ? 'attention.takeTheirs' : 'attention.dismiss');
    return null;
  },
  'attention.restore': (work, { n, personId, atMs }) => {
    const reopened = reopenAttention(work, n);
    if (reopened === null) throw new AppError('attention/done');
    if (reopened.issueId !== null) {
      if (makesRow(reopened.name as IntentName)) restoreRefused(work, n, reopened.issueId);
      rebase(work, reopened.issueId);
    }
    addAudit(work, { atMs, personId, action: 'attention.restore', subject: reopened.issueId ?? String(n) });
    work.touch('sync');
    return null;
  },
  'attention.keepMine': (work, { n, fields, actor, atMs }) => {
    const byN = writeMine(work, n, fields, actor, atMs);
    if (!end(work, { n, how: 'mine', personId: actor.personId, atMs, byN }, 'attention.keepMine')) throw new AppError('attention/done');
    return { n: byN };
  },
  'attention.again': (work, { n, action, fields, personId, atMs }) => {
    const entry = readOneAttention(work.db, n)?.attention;
    if (entry === undefined || entry.issueId === null) throw new AppError('issue/not-found');
    if (action === 'issue.receive') return { draftId: receiveAgain(work, { n, fields, personId, atMs, told: entry.issueNo, service: entry.payload['service'] as Service }) };
    formAgain(work, { n, fields, personId, atMs, issueId: entry.issueId, action });
    return { draftId: null };
  },
};

interface End { n: number; how: AttentionEnd; personId: Id; atMs: number; byN: number | null }

/** @returns whether there was something to end */
function end(work: Work, how: End, auditAction: string): boolean {
  const ended = endAttention(work, how);
  if (ended === null) return false;
  afterEnd(work, ended);
  addAudit(work, { atMs: how.atMs, personId: how.personId, action: auditAction, subject: ended.issueId ?? String(how.n) });
  return true;
}

/** A record or a document whose making was refused exists nowhere else: it goes once someone has dealt with the refusal. */
export function afterEnd(work: Work, { issueId, name }: EndedAttention): void {
  work.touch('sync');
  if (issueId === null) return;
  if (makesRow(name as IntentName) && isRefusedMaking(work.db, issueId)) {
    removeBase(work, issueId);
    removeWritten(work, kindOf(name), issueId);
  } else {
    rebase(work, issueId);
  }
}

/** The lost values of these fields as one new edit that starts from what the record has now. @returns its number, or null when the record has them all */
function writeMine(work: Work, n: number, fields: readonly string[], actor: Actor, atMs: number): number | null {
  const entry = readOneAttention(work.db, n)?.attention;
  const issue = entry === undefined || entry.issueId === null ? undefined : readIssue(work.db, entry.issueId)?.issue;
  if (entry === undefined || issue === undefined) throw new AppError('issue/not-found');
  const kept = EDITABLE_FIELDS.flatMap(field => {
    const lost = fields.includes(field) ? entry.lost.find(value => value.field === field) : undefined;
    const from = editableValue(issue, field);
    return lost === undefined || same(from, lost.mine) ? [] : [[field, { from, to: lost.mine }] as const];
  });
  if (kept.length === 0) return null;
  return writeMutation(work, { actor, name: 'issue.edit', payload: { id: issue.id, fields: Object.fromEntries(kept) }, atMs, provisionalNo: null }).n;
}

interface Again { n: number; fields: Record<string, unknown>; personId: Id; atMs: number }

/** A draft with what had been typed, under the number that the caller was told; the one that is there already if it was begun before. */
function receiveAgain(work: Work, { n, fields, personId, atMs, told, service }: Again & { told: string; service: Service }): Id {
  const begun = readDraftFor(work.db, n, personId);
  if (begun !== null) return begun.id;
  const provisionalNo = told.startsWith('TẠM-') ? told : nextProvisionalNo(work, requireStation(work.db).stationCode, atMs);
  const id = newId(atMs);
  addDraft(work, { id, service, fields: {}, provisionalNo, savedAtMs: atMs }, personId);
  saveDraft(work, { id, personId, service, fields, atMs });
  linkDraft(work, id, n);
  return id;
}

/** @throws {AppError} `attention/form-begun`: other words stand in that form, and none are written over */
function formAgain(work: Work, { n, fields, personId, atMs, issueId, action }: Again & { issueId: Id; action: MutationName }): void {
  const place = { personId, issueId, action };
  const corrected = correctedByForm(work.db, place);
  if (corrected === n) return;
  if (corrected !== undefined) throw new AppError('attention/form-begun');
  saveForm(work, { ...place, fields, atMs });
  linkForm(work, place, n);
}
