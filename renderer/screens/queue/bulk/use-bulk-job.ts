import { useMutation } from '@tanstack/react-query';
import { useEffect, useReducer } from 'react';
import type { BulkJob } from '../../../../contract/bulk.ts';
import { client } from '../../../client.ts';
import { useLive } from '../../../live-query.ts';
import { clock } from '../../../ui/clock.ts';
import { queueMemory, useQueueMemory } from '../queue-memory.ts';
import { toldUntilMs, undoLeftMs } from './bulk-words.ts';

/** The clock that is compared with shows whole seconds. */
const SLACK_MS = 1_100;

export interface BulkJobHandle { job: BulkJob | null; error: unknown; canUndo: boolean; undo: () => void; stop: () => void; close: () => void }

/** The person's last bulk action as long as it has something to say: under way, or ended a while ago and not put away. */
export function useBulkJob(): BulkJobHandle {
  const { seenJobId } = useQueueMemory();
  const last = useLive(['bulk.current'], ['bulk', 'session'], core => core.bulk.current({}), { keepPrevious: true }).data ?? null;
  const isTold = last !== null && last.id !== seenJobId && toldUntilMs(last) > clock.nowMs;
  const job = isTold ? last : null;
  const untilMs = job === null ? Infinity : toldUntilMs(job);
  const [, lookAgain] = useReducer((looks: number) => looks + 1, 0);
  useEffect(() => {
    if (untilMs === Infinity) return;
    const timer = setTimeout(lookAgain, Math.max(0, untilMs - clock.exactMs) + SLACK_MS);
    return () => { clearTimeout(timer); };
  }, [untilMs]);
  const undo = useMutation({ mutationFn: (id: string) => client.bulk.undo({ id }) });
  const stop = useMutation({ mutationFn: (id: string) => client.bulk.cancel({ id }) });
  return {
    job, error: undo.error ?? stop.error, canUndo: job !== null && undoLeftMs(job, clock.nowMs) > 0,
    undo: () => { if (job !== null && !undo.isPending) undo.mutate(job.id); },
    stop: () => { if (job !== null) stop.mutate(job.id); },
    close: () => { if (job !== null) queueMemory.change({ seenJobId: job.id }); },
  };
}
