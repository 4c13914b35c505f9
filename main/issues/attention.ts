import type { Attention, ConsoleInputs, ConsoleOutputs, Session } from '../../contract/console.ts';
import { AppError } from '../../contract/errors.ts';
import { inScope, type Service } from '../../contract/org.ts';
import type { Id } from '../../contract/ids.ts';
import type { Database } from '../../db/database.ts';
import { readAttention, type StoredAttention } from '../../db/stores/attention.ts';
import { readIssue } from '../../db/stores/issues.ts';
import type { Writer } from '../../db/writer-api.ts';
import type { SignedInCall } from '../platform/call.ts';
import { maskRefusal } from './detail.ts';

export interface AttentionDeps { reader: Database; writer: Writer; correctedNowMs: () => number }

/**
 * What did not go through on this workstation, for those whom it concerns: one's own changes as one wrote them; those of
 * others where one may see the record, without what they say about persons.
 */
export function createAttention({ reader, writer, correctedNowMs }: AttentionDeps) {
  const seenBy = (session: Session): Attention[] => readAttention(reader).flatMap(({ attention, actorId }) => {
    if (actorId === session.personId) return [attention];
    return concerns(reader, attention, session) ? [maskRefusal(attention)] : [];
  });
  return {
    attention: (_input: ConsoleInputs['sync']['attention'], { session }: SignedInCall): ConsoleOutputs['sync']['attention'] => seenBy(session),
    /** @throws {AppError} `issue/not-found` when there is no such entry for this person */
    async dismiss({ n }: ConsoleInputs['sync']['dismiss'], { session }: SignedInCall): Promise<ConsoleOutputs['sync']['dismiss']> {
      if (!seenBy(session).some(entry => entry.n === n)) throw new AppError('issue/not-found');
      await writer.call('attention.dismiss', { n, personId: session.personId, atMs: correctedNowMs() });
      return {};
    },
  };
}

function concerns(reader: Database, attention: StoredAttention['attention'], session: Session): boolean {
  const issue = attention.issueId === null ? undefined : readIssue(reader, attention.issueId)?.issue;
  if (issue !== undefined) return inScope(session.scope, issue);
  // A record that was never received has its place in what was typed.
  const { siteId, service } = attention.payload;
  return typeof siteId === 'string' && typeof service === 'string' && inScope(session.scope, { siteId: siteId as Id, service: service as Service });
}
