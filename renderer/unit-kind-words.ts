import type { t as translate } from './strings/text.ts';
import { directory } from './strings/vi/directory.ts';

/** The kind of a unit in words; nothing for one that these texts do not know. */
export function unitKindWords(t: typeof translate, kind: string): string {
  return kind in directory.kind ? t(`directory.kind.${kind as keyof typeof directory.kind}`) : '';
}
