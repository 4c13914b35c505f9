import type { Draft } from '../../contract/console.ts';
import { newId } from '../../contract/ids.ts';
import { addDraft, removeDraft, saveDraft } from '../stores/drafts.ts';
import { requireStation } from '../stores/station.ts';
import { isOvertaken } from '../turns.ts';
import { nextProvisionalNo } from '../unit-of-work.ts';
import type { Commands } from './command.ts';

export const DRAFT_COMMANDS: Commands<'draft.start' | 'draft.save' | 'draft.remove'> = {
  // The number is given when the form opens: the operator may have to tell it before the first word is typed.
  'draft.start': (work, { personId, service, atMs }) => {
    const { stationCode } = requireStation(work.db);
    const draft: Draft = { id: newId(atMs), service, fields: {}, provisionalNo: nextProvisionalNo(work, stationCode, atMs), savedAtMs: atMs };
    addDraft(work, draft, personId);
    return draft;
  },
  'draft.save': (work, input) => {
    if (!isOvertaken(work.db, input.id, input.turn)) saveDraft(work, input);
    return { savedAtMs: input.atMs };
  },
  'draft.remove': (work, { id, personId }) => {
    removeDraft(work, id, personId);
    return null;
  },
};
