import type { Reach } from '../contract/focal.ts';
import type { t as Text } from './strings/text.ts';

/** "Ngoài giờ – gọi người thay: Trần Thị Thử" (Q13.5); without the number, which stands beside it. */
export function reachWords(reach: Reach, t: typeof Text): string {
  const who = reach.name === '' ? '' : `: ${reach.name}`;
  if (reach.reason === 'in-hours') return `${t('reach.focal')}${who}`;
  const { reason, focal } = reach;
  const what = focal === 'none' && reason === 'head' ? t('reach.toHead') : t(`reach.call.${reason}`);
  return `${t(`reach.because.${focal}`)} – ${what}${who}`;
}
