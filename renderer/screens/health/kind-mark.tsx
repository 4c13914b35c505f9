import type { Attention } from '../../../contract/console.ts';
import { useT } from '../../strings/text.ts';

/** ◆ refused, △ a value was replaced: word, shape and colour. */
export function KindMark({ item }: { item: Attention }) {
  const t = useT();
  return item.status === 'rejected'
    ? <span className="kind danger"><i className="diamond" aria-hidden />{t('health.attention.rejected')}</span>
    : <span className="kind warning"><i className="triangle" aria-hidden>△</i>{t('health.attention.conflict')}</span>;
}
