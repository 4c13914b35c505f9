import { useMutation } from '@tanstack/react-query';
import { BULK_LIMITS, type BulkJob } from '../../../../contract/bulk.ts';
import { client } from '../../../client.ts';
import { useLive } from '../../../live-query.ts';
import { clock } from '../../../ui/clock.ts';
import { queueMemory, useQueueMemory } from '../queue-memory.ts';
import { undoLeftMs } from './bulk-words.ts';

export interface BulkJobHandle { job: BulkJob | null; error: unknown; canUndo: boolean; undo: () => void; stop: () => void; close: () => void }

/** The person's last bulk action as long as it has something to say: under way, or ended in the last ten minutes and not put away. */
export function useBulkJob(): BulkJobHandle {
  const { seenJobId } = useQueueMemory();
  const last = useLive(['bulk.current'], ['bulk', 'session'], core => core.bulk.current({}), { keepPrevious: true }).data ?? null;
  const isTold = last !== null && last.id !== seenJobId && (last.endedAtMs === null || last.endedAtMs > clock.nowMs - BULK_LIMITS.undoMs);
  const job = isTold ? last : null;
  const undo = useMutation({ mutationFn: (id: string) => client.bulk.undo({ id }) });
  const stop = useMutation({ mutationFn: (id: string) => client.bulk.cancel({ id }) });
  return {
    job, error: undo.error ?? stop.error, canUndo: job !== null && undoLeftMs(job, clock.nowMs) > 0,
    undo: () => { if (job !== null && !undo.isPending) undo.mutate(job.id); },
    stop: () => { if (job !== null) stop.mutate(job.id); },
    close: () => { if (job !== null) queueMemory.change({ seenJobId: job.id }); },
  };
}
