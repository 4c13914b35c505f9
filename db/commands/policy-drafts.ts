import { removePolicyDraft, savePolicyDraft } from '../stores/policy-drafts.ts';
import { isOvertaken } from '../turns.ts';
import type { Commands } from './command.ts';

export const POLICY_DRAFT_COMMANDS: Commands<'policyDraft.save' | 'policyDraft.remove'> = {
  'policyDraft.save': (work, input) => {
    if (!isOvertaken(work.db, input.draft.pack.id, input.turn)) savePolicyDraft(work, input);
    return { savedAtMs: input.atMs };
  },
  'policyDraft.remove': (work, { personId, id }) => {
    removePolicyDraft(work, personId, id);
    return null;
  },
};
