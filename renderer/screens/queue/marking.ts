import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import type { ChangeEvent } from '../../../contract/console.ts';
import type { ChoiceStep } from '../../../contract/queue.ts';
import { client } from '../../client.ts';
import { useChanges } from '../../live-query.ts';
import { extendSteps, type Run } from './mark-run.ts';
import type { OpenView } from './use-queue-view.ts';

export interface Marking {
  count: number;
  /** Marks or unmarks the row at a place. */
  toggle: (at: number, chosen: boolean) => void;
  /** Marks from where the run began (or from `current`) to a place. */
  extend: (current: number, to: number) => void;
  all: () => void;
  none: () => void;
  /** The next run begins where the operator then is. */
  endRun: () => void;
}

/** The marked rows of a view. They are kept by the core, as places of the list; here is only how many there are. */
export function useMarking(view: OpenView | null, paint: RefObject<{ paint: (steps: readonly ChoiceStep[]) => void; repaint: () => void } | null>): Marking {
  const [count, setCount] = useState(0);
  const run = useRef<Run | null>(null);
  const turn = useRef(0);
  useEffect(() => { setCount(view?.chosen ?? 0); run.current = null; }, [view]);
  /** @param guess how many there will be, shown until the core has counted */
  const choose = useCallback(async (steps: ChoiceStep[], guess?: (before: number) => number): Promise<void> => {
    if (view === null) return;
    const mine = ++turn.current;
    if (guess !== undefined) setCount(guess);
    paint.current?.paint(steps);
    // A list that is gone is opened anew, by whoever shows it.
    const answer = await client.issues.choose({ viewId: view.viewId, steps }).catch(() => null);
    if (answer !== null && mine === turn.current) setCount(answer.chosen);
    if (answer === null || steps.some(step => step.to > step.from)) paint.current?.repaint();
  }, [view, paint]);
  // A bulk action lets go of what is done, batch by batch.
  useChanges(useCallback((event: ChangeEvent) => { if (event.tables.includes('bulk')) void choose([]).then(() => { paint.current?.repaint(); }); }, [choose, paint]));
  return {
    count,
    toggle: useCallback((at, chosen) => { run.current = { from: at, to: at }; void choose([{ from: at, to: at, chosen }], before => Math.max(0, before + (chosen ? 1 : -1))); }, [choose]),
    extend: useCallback((current, to) => {
      const now = run.current ?? { from: current, to: current };
      run.current = { from: now.from, to };
      void choose(extendSteps(now, to), before => Math.max(before, Math.abs(to - now.from) + 1));
    }, [choose]),
    all: useCallback(() => { run.current = null; void choose([{ from: 0, to: Number.MAX_SAFE_INTEGER, chosen: true }], () => view?.total ?? 0); }, [choose, view]),
    none: useCallback(() => { run.current = null; void choose([{ from: 0, to: Number.MAX_SAFE_INTEGER, chosen: false }], () => 0); }, [choose]),
    endRun: useCallback(() => { run.current = null; }, []),
  };
}
