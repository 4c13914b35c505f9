import { useEffect, useState } from 'react';
import type { KeptRoster, RosterPlan } from '../../../contract/roster.ts';
import type { DutyDesk } from '../../../contract/roster-desks.ts';
import { client } from '../../client.ts';
import type { SaveState } from '../../draft-saver.ts';
import { queries, useLive } from '../../live-query.ts';
import { nextTurn } from '../../turn.ts';
import { useSaver } from '../../use-saver.ts';

/** So many steps can be taken back. */
const MOST_STEPS = 200;

/** Saves of this window that the core has not answered yet, by line and month: nobody asks for a month before they are in. */
const saving = new Map<string, Promise<unknown>>();

async function settled(place: string): Promise<void> {
  for (let last = saving.get(place); last !== undefined; last = saving.get(place)) {
    await last.catch(() => undefined);
    // What was typed meanwhile is sent right behind it.
    await new Promise(resolve => { setTimeout(resolve, 0); });
    if (saving.get(place) === last) saving.delete(place);
  }
}

function save(place: string, plan: RosterPlan, copy: string | null): Promise<{ savedAtMs: number }> {
  const sent = copy === null ? client.rosters.save({ plan, turn: nextTurn() }) : client.rosters.saveCopy({ name: copy, plan, turn: nextTurn() });
  saving.set(place, sent);
  return sent;
}

interface Steps { plan: RosterPlan; before: RosterPlan[]; after: RosterPlan[] }

export interface PlanInHand {
  plan: RosterPlan | undefined; error: unknown; kept: KeptRoster | undefined; saved: SaveState;
  change(plan: RosterPlan): void;
  undo: (() => void) | null; redo: (() => void) | null;
  startOver(): void;
}

/** A month as it is planned, or one of its copies by name: kept at each change, each change can be taken back. A copy that has gone meanwhile begins as the draft. */
export function usePlan(service: DutyDesk, month: string, copy: string | null = null): PlanInHand {
  const place = copy === null ? `${service} ${month}` : `${service} ${month} ${copy}`;
  const { data: kept, error } = useLive(['rosters.open', service, month, copy], ['session'], async core => {
    await settled(place);
    const copies = copy === null ? [] : await core.rosters.copies({ service, month });
    return copies.find(({ name }) => name === copy) ?? core.rosters.open({ service, month });
  });
  const [steps, setSteps] = useState<Steps | null>(null);
  const [saved, setSaved] = useState<SaveState>({ kind: 'clean' });
  const saver = useSaver<RosterPlan>(place, { save: plan => save(place, plan, copy), onState: setSaved });
  // While it is shown, what was typed here stays, whatever is asked again; the next time it begins with what is kept then.
  useEffect(() => () => { queries.removeQueries({ queryKey: ['rosters.open', service, month, copy] }); }, [service, month, copy]);
  const current = steps ?? (kept === undefined ? null : { plan: kept.plan, before: [], after: [] });
  const go = (next: Steps): void => {
    setSteps(next);
    saver.current?.put(next.plan);
  };
  return {
    plan: current?.plan, error, kept, saved,
    change(plan) { if (current !== null && JSON.stringify(plan) !== JSON.stringify(current.plan)) go({ plan, before: [...current.before, current.plan].slice(-MOST_STEPS), after: [] }); },
    undo: current === null || current.before.length === 0 ? null : () => { go({ plan: current.before.at(-1)!, before: current.before.slice(0, -1), after: [current.plan, ...current.after] }); },
    redo: current === null || current.after.length === 0 ? null : () => { go({ plan: current.after[0]!, before: [...current.before, current.plan], after: current.after.slice(1) }); },
    startOver() {
      if (current === null) return;
      client.rosters.first({ service, month }).then(plan => { go({ plan, before: [...current.before, current.plan].slice(-MOST_STEPS), after: [] }); },
        (failed: unknown) => { setSaved({ kind: 'failed', error: failed, willRetry: false }); });
    },
  };
}
