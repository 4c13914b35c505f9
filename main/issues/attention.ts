import type { Attention, AttentionEntry, ConsoleOutputs, ConsoleParsedInputs, Session } from '../../contract/console.ts';
import { kindOf } from '../../contract/documents/apply.ts';
import { sees, type DocumentKind } from '../../contract/documents/document.ts';
import { AppError } from '../../contract/errors.ts';
import { inScope, SERVICES, servicesIn, type Service } from '../../contract/org.ts';
import type { Id } from '../../contract/ids.ts';
import type { Issue } from '../../contract/issue.ts';
import { actorOf } from '../../contract/mutations/facts.ts';
import { possibleActions, type Possible } from '../../contract/mutations/issue.ts';
import type { MutationName } from '../../contract/mutations/payloads.ts';
import { may, type Permission } from '../../contract/permissions.ts';
import type { Database } from '../../db/database.ts';
import { readAttention, readHeld, readOneAttention, type StoredAttention } from '../../db/stores/attention.ts';
import { readIssue } from '../../db/stores/issues.ts';
import { readPolicyBook } from '../../db/stores/policy.ts';
import { readWritten } from '../../db/stores/written.ts';
import type { Writer } from '../../db/writer-api.ts';
import type { SignedInCall } from '../platform/call.ts';
import { maskRefusal, PERSONAL_FIELDS } from './detail.ts';

export interface AttentionDeps { reader: Database; writer: Writer; correctedNowMs: () => number }

/** What says which steps are possible now. */
type Now = Pick<Possible, 'atMs' | 'policy'>;

type Input<P extends keyof ConsoleParsedInputs['sync']> = ConsoleParsedInputs['sync'][P];
type Output<P extends keyof ConsoleOutputs['sync']> = Promise<ConsoleOutputs['sync'][P]>;

/**
 * What did not go through on this workstation, for those whom it concerns: one's own changes as one wrote them; those of
 * others where one may see the record, without what they say about persons, and where one is of the document's site, without
 * its words unless one may read such documents. And every way out of it.
 */
export function createAttention({ reader, writer, correctedNowMs }: AttentionDeps) {
  const shownTo = (session: Session) => ({ attention, actorId }: StoredAttention): AttentionEntry[] => {
    const isMine = actorId === session.personId;
    const kind = kindOf(attention.name);
    if (kind !== 'issue') {
      if (!isMine && !concernsDocument(reader, attention, session)) return [];
      return [{ ...(isMine || mayRead(kind, session) ? attention : withoutWords(attention)), isMine, again: null }];
    }
    const issue = attention.issueId === null ? undefined : readIssue(reader, attention.issueId)?.issue;
    if (!isMine && !concerns(issue, attention, session)) return [];
    return [{ ...(isMine ? attention : maskRefusal(attention)), isMine, again: againAs(attention, issue, session, isMine, { atMs: correctedNowMs(), policy: readPolicyBook(reader) }) }];
  };
  /** @throws {AppError} `issue/not-found` when there is no such entry for this person */
  const requireEntry = (n: number, session: Session): AttentionEntry => {
    const stored = readOneAttention(reader, n);
    const entry = stored === null ? undefined : shownTo(session)(stored)[0];
    if (entry === undefined) throw new AppError('issue/not-found');
    return entry;
  };
  const by = (session: Session) => ({ personId: session.personId, atMs: correctedNowMs() });
  return {
    attention: (_input: Input<'attention'>, { session }: SignedInCall): ConsoleOutputs['sync']['attention'] =>
      [...readAttention(reader), ...readHeld(reader)].flatMap(shownTo(session)),
    async dismiss({ n, theirs }: Input<'dismiss'>, { session }: SignedInCall): Output<'dismiss'> {
      requireEntry(n, session);
      await writer.call('attention.dismiss', { n, theirs, ...by(session) });
      return {};
    },
    async restore({ n }: Input<'restore'>, { session }: SignedInCall): Output<'restore'> {
      requireEntry(n, session);
      await writer.call('attention.restore', { n, ...by(session) });
      return {};
    },
    async keepMine({ n, fields }: Input<'keepMine'>, { session }: SignedInCall): Output<'keepMine'> {
      const { isMine } = requireEntry(n, session);
      // What one does not get to read, one does not write over somebody else's value either.
      if (!isMine && fields.some(field => PERSONAL_FIELDS.includes(field))) throw new AppError('auth/forbidden');
      await writer.call('attention.keepMine', { n, fields, actor: actorOf(session), atMs: correctedNowMs() });
      return {};
    },
    async again({ n, fields }: Input<'again'>, { session }: SignedInCall): Output<'again'> {
      const { again } = requireEntry(n, session);
      if (again === null) throw new AppError('auth/forbidden');
      return writer.call('attention.again', { n, fields, action: again as MutationName, ...by(session) });
    },
    /** Written before the file is made: who has carried words out of here is on record. */
    async noteExport({ ns }: Input<'noteExport'>, { session }: SignedInCall): Output<'noteExport'> {
      await writer.call('audit.add', { ...by(session), action: 'attention.export', subject: ns.join(' ') });
      return {};
    },
  };
}

function concerns(issue: Issue | undefined, attention: Attention, session: Session): boolean {
  if (issue !== undefined) return inScope(session.scope, issue);
  // A record that was never received has its place in what was typed.
  const { siteId, service } = attention.payload;
  return typeof siteId === 'string' && typeof service === 'string' && inScope(session.scope, { siteId: siteId as Id, service: service as Service });
}

/** A document is for whoever sees it; one that was never made, for whoever is of its site and, where it names them, of one of its lines. */
function concernsDocument(reader: Database, { name, issueId, payload }: Attention, { scope }: Session): boolean {
  const row = issueId === null ? null : readWritten(reader, kindOf(name), issueId);
  if (row !== null && !('service' in row)) return sees({ scope }, row);
  const { siteId, content } = payload as { siteId?: unknown; content?: { lines?: unknown } };
  if (typeof siteId !== 'string') return false;
  const lines = Array.isArray(content?.lines) ? content.lines as Service[] : SERVICES;
  return sees({ scope }, { siteId: siteId as Id, lines });
}

/** What reading a document of the kind takes; a shared view is everybody's at its site. */
const READ_BY: Readonly<Record<DocumentKind, Permission | null>> = { view: null, handover: 'handover.read', request: 'request.read', roster: 'roster.read' };

function mayRead(kind: DocumentKind, { roles }: Session): boolean {
  const permission = READ_BY[kind];
  return permission === null || may(roles, permission);
}

/** That a change of a document waits, and nothing of what it says: its words and the name by which it is told are the document's own. */
function withoutWords(attention: Attention): Attention {
  return { ...attention, description: '', payload: {}, lost: [] };
}

const WORDS = ['note', 'result', 'reply'] as const;

/** In which form this person can correct it: its own while the step can still be taken, else its words as a note. */
function againAs(attention: Attention, issue: Issue | undefined, session: Session, isMine: boolean, now: Now): MutationName | null {
  const { name, payload, status } = attention;
  if (status === 'held') return null;
  if (name === 'issue.receive') return isMine && may(session.roles, 'issue.receive') && servicesIn(session.scope).includes(payload['service'] as Service) ? name : null;
  if (issue === undefined) return null;
  const possible = possibleActions(issue, { actor: actorOf(session), ...now });
  const own = possible.find(action => action === name && action !== 'issue.startVerification');
  if (own === 'issue.edit' && !isMine) return null;
  if (own !== undefined) return own;
  const hasWords = WORDS.some(field => typeof payload[field] === 'string' && payload[field] !== '');
  return hasWords && possible.includes('issue.note') ? 'issue.note' : null;
}
