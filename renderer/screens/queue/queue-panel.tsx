import type { BulkJob } from '../../../contract/bulk.ts';
import { useT } from '../../strings/text.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { BulkPanel, type BulkPanelProps } from './bulk/bulk-panel.tsx';
import { RefusedPanel } from './bulk/refused-panel.tsx';
import { IssueView } from './issue-view.tsx';
import { queueMemory } from './queue-memory.ts';

/** `isOutside`: the chosen record is not in the list that is shown. */
export interface QueuePanelProps { selectedId: string | null; isOutside: boolean; hasRoom: boolean; bulk: Omit<BulkPanelProps, 'onClose'> | null; refusedOf: BulkJob | null; onRefusedClose: () => void }

/** Beside the rows: what is to be done to the marked records, why some were refused, or the chosen record. Without room only the first two, over the rows. */
export function QueuePanel({ selectedId, isOutside, hasRoom, bulk, refusedOf, onRefusedClose }: QueuePanelProps) {
  const t = useT();
  if (bulk === null && refusedOf === null && !hasRoom) return null;
  return (
    <aside className={hasRoom ? 'queue-panel' : 'queue-panel over'}>
      {bulk !== null ? <BulkPanel {...bulk} onClose={() => { queueMemory.change({ bulkAction: null }); }} />
        : refusedOf !== null ? <RefusedPanel job={refusedOf} onClose={onRefusedClose} />
          : selectedId === null ? <EmptyState title={t('queue.choosePanel')}>{t('queue.choosePanelMore')}</EmptyState> : <>{isOutside && <p className="outside" role="status">{t('queue.outside')}</p>}<IssueView key={selectedId} id={selectedId} layout="panel" /></>}
    </aside>
  );
}
