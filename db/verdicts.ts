import { kindOf } from '../contract/documents/apply.ts';
import type { DataRequest } from '../contract/documents/request.ts';
import type { Id } from '../contract/ids.ts';
import type { Issue } from '../contract/issue.ts';
import { isErased } from '../contract/mutations/erase.ts';
import type { PayloadOf } from '../contract/mutations/payloads.ts';
import { VERDICT_STATUSES, type Verdict } from '../contract/province.ts';
import { isKnown } from '../contract/words.ts';
import { forgetPersons, forgetRequest, isErasedHere } from './forget-persons.ts';
import { tellsOfPersons } from './sealed-json.ts';
import { holdEntry, holdForAuthor, holdUnknown, renumber, waitsBehind, waitsForRecord } from './held.ts';
import { baseVersion, keepRefused, markAcked, readBase, readEntry, rebase, refreshFlag, removeEntry, writeBase, type OutboxEntry } from './outbox.ts';
import { addAttention } from './stores/attention.ts';
import { GONE } from './offer-again.ts';
import { readIssue } from './stores/issues.ts';
import { logSent, readPulledSeq } from './stores/sync.ts';
import { makesRow, readWritten, wordsOf, wordsOfPayload } from './stores/written.ts';
import type { Work } from './work.ts';

/**
 * Applies the province's judgements. A verdict of a mutation that was judged before is a repeat and changes nothing.
 *
 * @param judgedAtMs when they were learnt, for the list of what needs attention
 */
export function applyVerdicts(work: Work, verdicts: readonly Verdict[], judgedAtMs: number): void {
  const touched = new Set<Id>();
  const onlyAcked = new Set<Id>();
  const forgetLate = new Set<Id>();
  /** Requests about personal data: their words may have been on their way when they were to be forgotten. */
  const requests = new Set<Id>();
  const pulledSeq = readPulledSeq(work.db);
  for (const said of verdicts) {
    const verdict = understood(said);
    const entry = readEntry(work.db, verdict.n);
    if (entry === null || entry.ackedSeq !== null) continue;
    if (isMissing(verdict) && (entry.again || waitsForRecord(work.db, entry.issueId))) {
      if (entry.recordCame) renumber(work, entry.n);
      else holdEntry(work, entry.n);
      touched.add(entry.issueId);
      continue;
    }
    if (isAuthorForgotten(verdict)) {
      holdForAuthor(work, entry.n);
      touched.add(entry.issueId);
      work.touch('attention');
      continue;
    }
    const unknownAt = (entry.name as string) === GONE ? null : unknownTo(verdict) ?? waitsBehind(work.db, entry, verdict.error?.code);
    if (unknownAt !== null) {
      holdUnknown(work, entry.n, unknownAt);
      touched.add(entry.issueId);
      work.touch('attention');
      continue;
    }
    if (verdict.status !== 'applied' && (entry.name as string) !== GONE) noteAttention(work, verdict, entry, judgedAtMs);
    logSent(work, entry, verdict.status, judgedAtMs);
    // It was on its way when the record's persons were erased: its words may not stay either.
    if (tellsOfPersons(entry.payload) && isErasedHere(work.db, entry.issueId) === true) forgetLate.add(entry.issueId);
    if (kindOf(entry.name) === 'request') requests.add(entry.issueId);
    const acked = settle(work, verdict, entry, pulledSeq);
    (acked && verdict.status === 'applied' ? onlyAcked : touched).add(entry.issueId);
    work.touch('sync');
  }
  for (const issueId of forgetLate) {
    const issue = readIssue(work.db, issueId)?.issue;
    if (issue !== undefined) forgetPersons(work, issue);
  }
  for (const issueId of touched) rebase(work, issueId);
  for (const id of requests) {
    const row = readWritten(work.db, 'request', id);
    if (row !== null && isErased(row as DataRequest)) forgetRequest(work, id);
  }
  // Applied as written: the row shows it already, and goes on to until the province's own comes.
  for (const issueId of onlyAcked) if (!touched.has(issueId)) refreshFlag(work, issueId);
}

/** What a later version may say of a change beside what we know is no yes: its words stay here until a person has seen them. */
function understood(verdict: Verdict): Verdict {
  if (isKnown(VERDICT_STATUSES, verdict.status)) return verdict;
  return { ...verdict, status: 'rejected', error: verdict.error ?? { code: 'sync/unknown-verdict', facts: { status: verdict.status } } };
}

/** The province has no such record or document. */
function isMissing({ error }: Verdict): boolean {
  return error?.code === 'issue/not-found' || error?.code === 'document/not-found';
}

/** Nobody writes here who has not signed in with a link: a province that says so was restored to before that. */
function isAuthorForgotten({ error }: Verdict): boolean {
  return error?.code === 'auth/forbidden' && error.facts['reason'] === 'never-signed-in-here';
}

/** The protocol of a province that does not know such a change yet; null for every other judgement. Version 1 does not say its own. */
function unknownTo({ status, error }: Verdict): number | null {
  if (status !== 'rejected' || error?.code !== 'input/invalid') return null;
  const { field, protocol } = error.facts;
  if (typeof protocol === 'number') return protocol;
  return field === 'name' ? 1 : null;
}

/** @returns whether the mutation stays in the overlay until its row comes */
function settle(work: Work, verdict: Verdict, entry: OutboxEntry, pulledSeq: number): boolean {
  if (verdict.status === 'rejected') {
    if (makesRow(entry.name)) keepRefused(work, entry);
    removeEntry(work, entry.n);
    return false;
  }
  // While no order of changes is known here, the numbers of the rows are those of another one.
  const rowHasCome = pulledSeq > verdict.seq || (pulledSeq > 0 && baseVersion(work.db, entry.issueId) >= verdict.seq);
  if (verdict.status !== 'applied') takeTheirs(work, verdict, entry);
  // A conflict has changed no row at the province, so none will come for it.
  const stays = !rowHasCome && verdict.status !== 'conflict';
  if (stays) markAcked(work, entry.n, verdict.seq);
  else removeEntry(work, entry.n);
  return stays;
}

/** What an edit met at the province is shown at once, before its row comes: the values that won, and those that agreed. */
function takeTheirs(work: Work, verdict: Verdict, entry: OutboxEntry): void {
  const base = entry.name === 'issue.edit' ? (readBase(work.db, entry.issueId)?.data ?? null) as Issue | null : null;
  if (base === null || base.version >= verdict.seq) return;
  const { fields } = entry.payload as PayloadOf<'issue.edit'>;
  const agreed = verdict.status === 'conflict' ? Object.entries(fields).map(([field, change]) => [field, change?.to]) : [];
  const won = (verdict.lost ?? []).map(value => [value.field, value.theirs]);
  writeBase(work, entry.issueId, { kind: 'issue', data: { ...base, ...Object.fromEntries([...agreed, ...won]) as Partial<Issue> }, refused: false });
}

function noteAttention(work: Work, verdict: Verdict, entry: OutboxEntry, judgedAtMs: number): void {
  const kind = kindOf(entry.name);
  const row = readWritten(work.db, kind, entry.issueId);
  const words = row === null ? entry.wordsOfGone : wordsOf(kind, row);
  addAttention(work, {
    verdict, name: entry.name, issueId: entry.issueId, issueNo: words?.issueNo ?? entry.provisionalNo ?? '',
    description: words?.description ?? wordsOfPayload(entry.name, entry.payload), payload: entry.payload, actorId: entry.actor.personId, atMs: entry.atMs, judgedAtMs,
  });
}
