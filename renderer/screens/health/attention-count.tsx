import { useLive } from '../../live-query.ts';

/** How many entries wait to be looked at, as a mark in the rail; nothing when there are none. */
export function AttentionCount() {
  const { data } = useLive(['sync.attention'], ['attention', 'sync'], core => core.sync.attention({}));
  return data === undefined || data.length === 0 ? null : <b className="rail-count">{data.length > 99 ? '99+' : data.length}</b>;
}
