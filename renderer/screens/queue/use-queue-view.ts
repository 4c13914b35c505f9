import { useCallback, useEffect, useRef, useState } from 'react';
import type { ChangeEvent } from '../../../contract/console.ts';
import type { QueueFilter, QueueView } from '../../../contract/queue.ts';
import { client } from '../../client.ts';
import { useChanges, useWireState } from '../../live-query.ts';
import { URGENT_FIRST } from './tabs.ts';

/** A frozen list of the filter `key`; `anchorAt` is where the record that must stay in sight now stands in it. */
export interface OpenView extends QueueView { anchorAt: number | null; key: string }

export interface QueueViewHandle {
  view: OpenView | null;
  /** Whether the view is one of the filter as it is now; false while the next one is being made. */
  isCurrent: boolean;
  error: unknown;
  /** Matching records that are not in the list yet. */
  freshCount: number;
  /** Makes a new list of the same filter that keeps `anchorId` in sight. */
  renew: (anchorId: string | null) => void;
}

/** A view of the queue, opened anew when the filter changes or the core has been restarted. Only the operator changes it otherwise. */
export function useQueueView(filter: QueueFilter, anchorId: string | null): QueueViewHandle {
  const [view, setView] = useState<OpenView | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [freshCount, setFresh] = useState(0);
  const turn = useRef(0);
  const current = useRef<OpenView | null>(null);
  const anchor = useRef(anchorId);
  useEffect(() => { anchor.current = anchorId; }, [anchorId]);
  const key = JSON.stringify(filter);

  const open = useCallback(async (keepInSight: string | null) => {
    turn.current += 1;
    const mine = turn.current;
    try {
      const opened = await client.issues.openView({ filter: JSON.parse(key) as QueueFilter, sort: URGENT_FIRST });
      const anchorAt = keepInSight === null ? null : (await client.issues.positionOf({ viewId: opened.viewId, id: keepInSight })).position;
      const old = mine === turn.current ? current.current : opened;
      if (old !== null) client.issues.closeView({ viewId: old.viewId }).catch(() => undefined);   // a restarted core has forgotten it already
      if (mine !== turn.current) return;
      current.current = { ...opened, anchorAt, key };
      setView(current.current);
      setError(null);
      setFresh(0);
    } catch (reason) {
      if (mine === turn.current) setError(reason);
    }
  }, [key]);

  const isUp = useWireState() === 'open';
  useEffect(() => { if (isUp) void open(anchor.current); }, [open, isUp]);
  useEffect(() => () => {
    turn.current += 1;
    if (current.current !== null) client.issues.closeView({ viewId: current.current.viewId }).catch(() => undefined);
  }, []);

  useChanges(useCallback((event: ChangeEvent) => {
    const count = current.current === null ? undefined : event.fresh[current.current.viewId];
    if (count !== undefined) setFresh(count);
  }, []));

  return { view, isCurrent: view?.key === key, error, freshCount, renew: useCallback((id: string | null) => { void open(id); }, [open]) };
}
