import { AppError } from '../../contract/errors.ts';
import { endAttention } from '../stores/attention.ts';
import { correctedByDraft, readDraft, removeDraft } from '../stores/drafts.ts';
import { correctedByForm, removeForm } from '../stores/form-texts.ts';
import { writeMutation } from '../unit-of-work.ts';
import type { Work } from '../work.ts';
import type { MutateInput } from '../writer-api.ts';
import { afterEnd } from './attention.ts';
import type { Commands } from './command.ts';

export const ISSUE_COMMANDS: Commands<'issue.mutate'> = {
  'issue.mutate': (work, input) => {
    const { actor, name, payload, atMs, draftId } = input;
    const draft = draftId === null ? null : readDraft(work.db, draftId, actor.personId);
    const output = writeMutation(work, { actor, name, payload, atMs, provisionalNo: draft?.provisionalNo ?? null });
    for (const step of input.andThen ?? []) writeMutation(work, { actor, name: step.name, payload: { ...step.payload, id: output.id }, atMs, provisionalNo: null });
    const form = { personId: actor.personId, issueId: output.id, action: name };
    const corrected = draft === null ? correctedByForm(work.db, form) ?? null : correctedByDraft(work.db, draft.id);
    if (corrected !== null) endCorrected(work, corrected, input, output.n);
    if (draft !== null) removeDraft(work, draft.id, actor.personId);
    removeForm(work, form);
    return output;
  },
};

/** The mutation takes the place of a refused one, in its own transaction: never both, never neither. */
function endCorrected(work: Work, n: number, { actor, atMs }: MutateInput, byN: number): void {
  const ended = endAttention(work, { n, how: 'again', personId: actor.personId, atMs, byN });
  if (ended === null) throw new AppError('attention/done');
  afterEnd(work, ended);
}
