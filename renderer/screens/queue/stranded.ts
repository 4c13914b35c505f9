import type { FormText } from '../../../contract/console.ts';
import type { MutationName } from '../../../contract/mutations/payloads.ts';

export interface Stranded { action: MutationName; words: string }

/** What a form has in free words; choices are nothing without their step. */
function wordsOf(fields: FormText['fields']): string {
  const now = fields['now'];
  const texts = [fields['text'], fields['note'], fields['reply'], typeof now === 'object' && now !== null && 'description' in now ? now.description : undefined];
  return texts.filter(text => typeof text === 'string').join('\n').trim();
}

/** Words begun for steps that can no longer be taken, because someone else has taken them or the record is closed. */
export function strandedWords(forms: readonly FormText[], possible: readonly string[]): Stranded[] {
  return forms.filter(form => !possible.includes(form.action))
    .map(form => ({ action: form.action as MutationName, words: wordsOf(form.fields) })).filter(({ words }) => words !== '');
}
