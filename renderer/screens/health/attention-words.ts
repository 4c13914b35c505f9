import type { Attention } from '../../../contract/console.ts';
import { isDocumentIntent } from '../../../contract/documents/apply.ts';
import { MUTATION_NAMES } from '../../../contract/mutations/payloads.ts';
import { t } from '../../strings/text.ts';
import { sentences } from '../../ui/error-text.ts';

/** What was being done, and to what. */
export function titleOf(item: Attention): string {
  const what = actOf(item.name);
  return item.description === '' ? what : `${what}: ${item.description}`;
}

function actOf(name: string): string {
  if (isDocumentIntent(name)) return t(`health.documentAct.${name}`);
  const known = MUTATION_NAMES.find(n => n === name);
  return known === undefined ? name : t(`domain.act.${known}`).replace(/…$/, '');
}

/** Why it did not go in as written, in one line. */
export function reasonOf(item: Attention): string {
  if (item.status === 'held' && item.error === null) return t('health.attention.heldReason');
  return item.error === null ? t('health.attention.lostFields', { n: item.lost.length }) : sentences(item.error).what;
}

/** Which kind of entry it is, in a word. */
export function kindWords({ status }: Pick<Attention, 'status'>): string {
  return t(`health.attention.${status === 'rejected' || status === 'held' ? status : 'conflict'}`);
}
