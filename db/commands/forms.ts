import { removeForm, saveForm } from '../stores/form-texts.ts';
import type { Commands } from './command.ts';

export const FORM_COMMANDS: Commands<'form.save' | 'form.remove'> = {
  'form.save': (work, input) => {
    saveForm(work, input);
    return { savedAtMs: input.atMs };
  },
  'form.remove': (work, place) => {
    removeForm(work, place);
    return null;
  },
};
