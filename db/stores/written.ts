import { kindOf, type Document, type IntentName, type PlacedKind, type Written } from '../../contract/documents/apply.ts';
import type { Id } from '../../contract/ids.ts';
import type { Issue } from '../../contract/issue.ts';
import type { RosterPlan } from '../../contract/roster.ts';
import type { Database } from '../database.ts';
import type { Work } from '../work.ts';
import { kindOfDocument, readDocument, removeDocument, setDocumentSync, writeDocument } from './documents.ts';
import { readIssue, removeIssue, setSync, writeIssue, type SyncFlag } from './issues.ts';

/** Intents that make a row: before them there is none. */
const MAKING: readonly IntentName[] = ['issue.receive', 'view.share', 'handover.give', 'request.receive', 'roster.publish'];

/** Whether the intent makes a row where none is yet. */
export function makesRow(name: IntentName): boolean {
  return MAKING.includes(name);
}

/** The kind of the row of that id that is here; a record where there is none. */
export function kindHere(db: Database, id: Id): PlacedKind {
  return kindOfDocument(db, id) ?? 'issue';
}

/** The row that an intent of this name is about, a record or a document; null when it is not here. */
export function readWritten(db: Database, kind: PlacedKind, id: Id): Written | null {
  return kind === 'issue' ? readIssue(db, id)?.issue ?? null : readDocument(db, kind, id)?.document ?? null;
}

export function writeWritten(work: Work, kind: PlacedKind, row: Written, sync: SyncFlag): void {
  if (kind === 'issue') writeIssue(work, row as Issue, sync);
  else writeDocument(work, kind, row as Document, sync);
}

/** Changes only where the row's changes are said to be. */
export function setWrittenSync(work: Work, kind: PlacedKind, id: Id, sync: SyncFlag): void {
  if (kind === 'issue') setSync(work, id, sync);
  else setDocumentSync(work, id, sync);
}

/** Forgets the row here; what the province has is not touched. */
export function removeWritten(work: Work, kind: PlacedKind, id: Id): void {
  if (kind === 'issue') removeIssue(work, id);
  else removeDocument(work, id);
}

/** The number and words by which a person knows the row again. */
export function wordsOf(kind: PlacedKind, row: Written): { issueNo: string; description: string } {
  if (kind === 'issue') {
    const issue = row as Issue;
    return { issueNo: issue.displayNo ?? issue.provisionalNo, description: issue.description };
  }
  return { issueNo: '', description: wordsOfDocument(row as Document) };
}

/** A request is told by its words, not by who asks. */
function wordsOfDocument(row: Document): string {
  if ('body' in row) return row.body.name;
  if ('plan' in row) return rosterWords(row.plan);
  return 'content' in row ? row.content.shiftName : row.words;
}

/** "115 08/2026" */
function rosterWords({ service, month }: Pick<RosterPlan, 'service' | 'month'>): string {
  return `${service} ${month.slice(5)}/${month.slice(0, 4)}`;
}

/** The same of an intent whose row is not here. */
export function wordsOfPayload(name: IntentName, payload: Record<string, unknown>): string {
  if (kindOf(name) === 'issue') return '';
  const { body, content, words, plan } = payload as { body?: { name?: unknown }; content?: { shiftName?: unknown }; words?: unknown; plan?: Pick<RosterPlan, 'service' | 'month'> };
  if (plan !== undefined) return rosterWords(plan);
  return [body?.name, content?.shiftName, words].find(word => typeof word === 'string') ?? '';
}
