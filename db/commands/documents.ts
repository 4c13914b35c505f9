import { removeForm } from '../stores/form-texts.ts';
import { writeMutation } from '../unit-of-work.ts';
import type { Commands } from './command.ts';

export const DOCUMENT_COMMANDS: Commands<'document.write'> = {
  'document.write': (work, { actor, name, payload, atMs, dropForm }) => {
    const output = writeMutation(work, { actor, name, payload, atMs, provisionalNo: null });
    if (dropForm !== undefined) removeForm(work, dropForm);
    return output;
  },
};
