import { z } from 'zod';

/**
 * One word of a list in what the province says. Another word is one that a newer version has added: it is taken, kept and
 * shown as it is, so whoever looks something up by it must have an answer for none. What is written here names known words only.
 */
export function wordOf<const Words extends readonly string[]>(words: Words): z.ZodType<Words[number], Words[number]> {
  return z.string().regex(/^[\w/-]{1,60}$/).describe(`${words.length > 20 ? 'one of a list that grows' : words.join(' | ')}; later versions add words`) as unknown as z.ZodType<Words[number], Words[number]>;
}

/** Whether this version knows the word. */
export function isKnown<Word extends string>(words: readonly Word[], word: string): word is Word {
  return (words as readonly string[]).includes(word);
}
