import { removeForm, saveForm, type FormPlace } from '../stores/form-texts.ts';
import { isOvertaken } from '../turns.ts';
import type { Commands } from './command.ts';

const keyOf = ({ personId, issueId, action }: FormPlace): string => `${personId} ${issueId} ${action}`;

export const FORM_COMMANDS: Commands<'form.save' | 'form.remove'> = {
  'form.save': (work, input) => {
    if (!isOvertaken(work.db, keyOf(input), input.turn)) saveForm(work, input);
    return { savedAtMs: input.atMs };
  },
  'form.remove': (work, place) => {
    if (!isOvertaken(work.db, keyOf(place), place.turn)) removeForm(work, place);
    return null;
  },
};
