import type { ConsoleOutputs, ConsoleParsedInputs, Session } from '../../contract/console.ts';
import type { KeptPolicyDraft } from '../../contract/policy/calls.ts';
import { AppError } from '../../contract/errors.ts';
import { newId, type Id } from '../../contract/ids.ts';
import { draftOf, draftProblems } from '../../contract/policy/draft.ts';
import type { PolicyPack } from '../../contract/policy/pack.ts';
import type { PolicyIssued } from '../../contract/province.ts';
import type { Database } from '../../db/open.ts';
import { readSite } from '../../db/stores/org.ts';
import { readKnownPacks, readPolicyBook } from '../../db/stores/policy.ts';
import { readPolicyDraft, type KeptDraft } from '../../db/stores/policy-drafts.ts';
import type { Writer } from '../../db/writer-api.ts';
import type { SignedInCall } from '../platform/call.ts';

export interface PolicyDeps {
  reader: Database; writer: Writer;
  /** This machine's time corrected by the last known offset to the province, ms. */
  correctedNowMs: () => number;
  /** A token of the province for one task of this person, who has just given the password. */
  tokenFor: (personId: Id, password: string) => Promise<string>;
  province: {
    issuePolicy(input: { personToken: string; pack: PolicyPack; fromNow: boolean; knownUntilMs: number }): Promise<PolicyIssued>;
    withdrawPolicy(input: { personToken: string; id: Id }): Promise<{ withdrawn: boolean }>;
  };
}

type PolicyHandlers = {
  [P in keyof ConsoleParsedInputs['policy']]: (input: ConsoleParsedInputs['policy'][P], call: SignedInCall) => Promise<ConsoleOutputs['policy'][P]> | ConsoleOutputs['policy'][P];
};

/** Policy packs: which there are and whether the province has signed them, and the draft of the next one, which the province alone issues. */
export function createPolicy(deps: PolicyDeps): PolicyHandlers {
  const { reader, writer, province, correctedNowMs, tokenFor } = deps;
  const keptOf = (personId: Id): KeptPolicyDraft | null => withFate(reader, readPolicyDraft(reader, personId));
  const audit = (session: Session, action: string, subject: string): Promise<null> => writer.call('audit.add', { atMs: correctedNowMs(), personId: session.personId, action, subject });
  return {
    packs: () => readKnownPacks(reader),
    draft: (_input, { session }) => { requireProvincial(reader, session); return keptOf(session.personId); },
    async startDraft({ fromId }, { session }) {
      requireProvincial(reader, session);
      const base = readPolicyBook(reader).all.find(pack => pack.id === fromId);
      if (base === undefined) throw new AppError('policy/not-found');
      const nowMs = correctedNowMs();
      const draft = draftOf(base, { id: newId(nowMs), nowMs });
      const { savedAtMs } = await writer.call('policyDraft.save', { personId: session.personId, draft, isNew: true, atMs: nowMs });
      return { draft, savedAtMs, issued: false };
    },
    saveDraft: ({ draft, turn }, { session }) => writer.call('policyDraft.save', { personId: session.personId, draft, isNew: false, atMs: correctedNowMs(), turn }),
    async removeDraft({ id }, { session }) {
      await writer.call('policyDraft.remove', { personId: session.personId, id });
      return {};
    },
    async issue({ id, password }, { session }) {
      requireProvincial(reader, session);
      const kept = keptOf(session.personId);
      if (kept?.draft.pack.id !== id) throw new AppError('policy/draft-gone');
      const { draft } = kept;
      // One that has been issued, the answer being lost, may meanwhile have come into force: what it is now is for the province to say.
      const problem = draftProblems(draft, correctedNowMs()).find(one => !one.isHint && !(kept.issued && one.code === 'past'));
      if (problem !== undefined) throw new AppError('policy/not-valid', { field: problem.path, problem: problem.code });
      const issued = await province.issuePolicy({ personToken: await tokenFor(session.personId, password), pack: draft.pack, fromNow: draft.fromNow, knownUntilMs: Math.max(0, ...readKnownPacks(reader).map(one => one.issuedAtMs ?? 0)) });
      await audit(session, 'policy.issue', id);
      await writer.call('policyDraft.remove', { personId: session.personId, id });
      return issued;
    },
    async withdraw({ id, password }, { session }) {
      requireProvincial(reader, session);
      const answer = await province.withdrawPolicy({ personToken: await tokenFor(session.personId, password), id });
      await audit(session, 'policy.withdraw', id);
      return answer;
    },
  };
}

/** The pack is the whole province's; the province refuses everybody else's, too. */
function requireProvincial(reader: Database, { siteId }: Session): void {
  if (readSite(reader, siteId)?.tier !== 'province') throw new AppError('auth/forbidden', { permission: 'policy.edit' });
}

function withFate(reader: Database, kept: KeptDraft | null): KeptPolicyDraft | null {
  return kept === null ? null : { ...kept, issued: readPolicyBook(reader).all.some(pack => pack.id === kept.draft.pack.id) };
}
