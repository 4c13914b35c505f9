import { useAttention } from './attention-data.ts';
import { AttentionView } from './attention-view.tsx';
import { ChainView } from './chain-view.tsx';
import './health.css';

/** "Vì sao chưa đồng bộ?", and beside it what the province did not take as written. */
export function HealthScreen({ showsAttention }: { showsAttention: boolean }) {
  const attention = useAttention();
  return showsAttention
    ? <AttentionView items={attention.data} error={attention.error} />
    : <ChainView attention={attention.data ?? []} />;
}
