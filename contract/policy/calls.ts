import { z } from 'zod';
import { Empty, needs, signedIn } from '../call-rights.ts';
import { Id } from '../ids.ts';
import { PolicyIssued } from '../province.ts';
import { Turn } from '../turn.ts';
import { PolicyDraft } from './draft.ts';

/**
 * A pack as it has come to this workstation: `good` is signed by the province; `bad` is not, or was changed after it had been, and counts for nothing;
 * `built-in` comes with the program. `issuedBy` empty: the province's own command.
 */
export const KnownPack = z.object({
  id: Id, code: z.string(), effectiveFromMs: z.number(), signature: z.enum(['good', 'bad', 'built-in']), keyId: z.string(), issuedAtMs: z.number().nullable(), issuedBy: z.string(),
});
export type KnownPack = z.infer<typeof KnownPack>;

/** The draft of a pack as it is kept here; `issued`: a pack of its id has come from the province. */
export const KeptPolicyDraft = z.object({ draft: PolicyDraft, savedAtMs: z.number(), issued: z.boolean() });
export type KeptPolicyDraft = z.infer<typeof KeptPolicyDraft>;

const OwnPassword = z.string().min(1).max(200);

/** What screens can ask of policy packs. */
export const POLICY_CALLS = {
  packs: signedIn.input(Empty).output(z.array(KnownPack)),
  draft: needs('policy.edit').input(Empty).output(KeptPolicyDraft.nullable()),
  startDraft: needs('policy.edit').input(z.strictObject({ fromId: Id })).output(KeptPolicyDraft),
  saveDraft: needs('policy.edit').input(z.strictObject({ draft: PolicyDraft, turn: Turn.optional() })).output(z.object({ savedAtMs: z.number() })),
  removeDraft: needs('policy.edit').input(z.strictObject({ id: Id })).output(Empty),
  /** Issues the draft as it is kept. The password goes to the province, which alone decides. */
  issue: needs('policy.edit').input(z.strictObject({ id: Id, password: OwnPassword })).output(PolicyIssued),
  withdraw: needs('policy.edit').input(z.strictObject({ id: Id, password: OwnPassword })).output(z.object({ withdrawn: z.boolean() })),
};
