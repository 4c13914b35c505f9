import { PROVINCE_ITSELF } from '../../../contract/ids.ts';
import type { t as translate } from '../../strings/text.ts';

/** Who did something, by the names that came with the record; the province by itself has a word of its own. */
export function whoName(t: typeof translate, names: Readonly<Record<string, string>>, id: string): string {
  return id === PROVINCE_ITSELF ? t('issue.byItself') : names[id] ?? t('app.unknown');
}
