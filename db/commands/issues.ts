import type { Id } from '../../contract/ids.ts';
import { isRefusedReceive, rebase, removeBase } from '../outbox.ts';
import { addAudit } from '../stores/auth.ts';
import { dismissAttention } from '../stores/attention.ts';
import { readDraft, removeDraft } from '../stores/drafts.ts';
import { removeForm } from '../stores/form-texts.ts';
import { removeIssue } from '../stores/issues.ts';
import { writeMutation } from '../unit-of-work.ts';
import type { Work } from '../work.ts';
import type { Commands } from './command.ts';

export const ISSUE_COMMANDS: Commands<'issue.mutate' | 'attention.dismiss'> = {
  'issue.mutate': (work, { actor, name, payload, atMs, draftId }) => {
    const draft = draftId === null ? null : readDraft(work.db, draftId, actor.personId);
    const output = writeMutation(work, { actor, name, payload, atMs, provisionalNo: draft?.provisionalNo ?? null });
    if (draft !== null) removeDraft(work, draft.id, actor.personId);
    removeForm(work, { personId: actor.personId, issueId: output.id, action: name });
    return output;
  },
  'attention.dismiss': (work, { n, personId, atMs }) => {
    const dismissed = dismissAttention(work, n, personId, atMs);
    if (dismissed === null) return null;
    if (dismissed.issueId !== null) afterDismissal(work, dismissed.issueId, dismissed.name);
    addAudit(work, { atMs, personId, action: 'attention.dismiss', subject: dismissed.issueId ?? String(n) });
    work.touch('sync');
    return null;
  },
};

/** A record whose receiving was refused exists nowhere else: it goes once someone has seen the refusal. */
function afterDismissal(work: Work, issueId: Id, name: string): void {
  if (name === 'issue.receive' && isRefusedReceive(work.db, issueId)) {
    removeBase(work, issueId);
    removeIssue(work, issueId);
  } else {
    rebase(work, issueId);
  }
}
