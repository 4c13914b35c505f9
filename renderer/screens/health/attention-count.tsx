import { useAttention } from './attention-data.ts';
import { countAttention, needsSomeone } from './diagnosis.ts';

/** How many entries wait for a person, as a mark in the rail; nothing when there are none. */
export function AttentionCount() {
  const n = needsSomeone(countAttention(useAttention().data ?? []));
  return n === 0 ? null : <b className="rail-count">{n > 99 ? '99+' : n}</b>;
}
