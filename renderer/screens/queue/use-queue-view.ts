import { useCallback, useEffect, useRef, useState } from 'react';
import type { ChangeEvent } from '../../../contract/console.ts';
import type { QueueFilter, QueueSort, QueueView } from '../../../contract/queue.ts';
import { client } from '../../client.ts';
import { queueMemory } from './queue-memory.ts';
import { useChanges, useWireState } from '../../live-query.ts';

/** A frozen list of the filter and order `key`; `anchorAt` is where the record `anchorId` that must stay in sight now stands in it, null where it is not of it. */
export interface OpenView extends QueueView { anchorId: string | null; anchorAt: number | null; key: string }

export interface QueueViewHandle {
  view: OpenView | null;
  /** Whether the view is one of the filter as it is now; false while the next one is being made. */
  isCurrent: boolean;
  error: unknown;
  /** Matching records that are not in the list yet. */
  freshCount: number;
  /** Makes a new list of the same filter that keeps `anchorId` in sight, and what is marked marked. */
  renew: (anchorId: string | null) => void;
}

/** A view of the queue, opened anew when filter or order change or the core has been restarted. Only the operator changes it otherwise. */
export function useQueueView(filter: QueueFilter, sort: QueueSort, anchorId: string | null): QueueViewHandle {
  const [view, setView] = useState<OpenView | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [freshCount, setFresh] = useState(0);
  const turn = useRef(0);
  const current = useRef<OpenView | null>(null);
  const anchor = useRef(anchorId);
  useEffect(() => { anchor.current = anchorId; }, [anchorId]);
  const key = JSON.stringify({ filter, sort });

  const open = useCallback(async (keepInSight: string | null) => {
    turn.current += 1;
    const mine = turn.current;
    try {
      const last = queueMemory.state.lastView;
      const opened = await client.issues.openView({ ...JSON.parse(key) as { filter: QueueFilter; sort: QueueSort }, ...(last?.key === key ? { keepChosenOf: last.viewId } : {}) });
      const anchorAt = keepInSight === null ? null : (await client.issues.positionOf({ viewId: opened.viewId, id: keepInSight })).position;
      const old = mine === turn.current ? queueMemory.state.lastView : opened;
      if (old !== null) client.issues.closeView({ viewId: old.viewId }).catch(() => undefined);   // a restarted core has forgotten it already
      if (mine !== turn.current) return;
      queueMemory.change({ lastView: { viewId: opened.viewId, key } });
      current.current = { ...opened, anchorId: keepInSight, anchorAt, key };
      setView(current.current);
      setError(null);
      setFresh(0);
    } catch (reason) {
      if (mine === turn.current) setError(reason);
    }
  }, [key]);

  const isUp = useWireState() === 'open';
  useEffect(() => { if (isUp) void open(anchor.current); }, [open, isUp]);
  // The list itself stays open in the core: the next one takes over what is marked in it.
  useEffect(() => () => { turn.current += 1; }, []);

  useChanges(useCallback((event: ChangeEvent) => {
    const count = current.current === null ? undefined : event.fresh[current.current.viewId];
    if (count !== undefined) setFresh(count);
  }, []));

  return { view, isCurrent: view?.key === key, error, freshCount, renew: useCallback((id: string | null) => { void open(id); }, [open]) };
}
