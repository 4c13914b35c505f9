import { useEffect, useState, useSyncExternalStore } from 'react';
import type { KeptRoster, RosterPlan } from '../../../contract/roster.ts';
import type { Id } from '../../../contract/ids.ts';
import type { DutyDesk } from '../../../contract/roster-desks.ts';
import type { SaveOn } from '../../../contract/roster-save.ts';
import { formatDate, formatTime } from '../../../contract/time.ts';
import { client } from '../../client.ts';
import { useSession } from '../../frame/station.ts';
import type { SaveState } from '../../draft-saver.ts';
import { queries, useLive } from '../../live-query.ts';
import { t } from '../../strings/text.ts';
import { useSaver } from '../../use-saver.ts';
import { KeptHands, type HeldHand } from './kept-hands.ts';
import { PlanHand, type InHand } from './plan-hand.ts';

/** Saves of this window that the core has not answered yet, by line and month: nobody asks for a month before they are in. */
const saving = new Map<string, Promise<unknown>>();

/** Of each person who has planned in this window. */
const hands = new KeptHands();
const placeOf = (service: DutyDesk, month: string, copy: string | null): string => (copy === null ? `${service} ${month}` : `${service} ${month} ${copy}`);

/** A copy has been made or removed: what was done to one of that name before is of no use for it. */
export function forgetCopy(personId: Id, { service, month }: Pick<RosterPlan, 'service' | 'month'>, name: string): void {
  hands.forget(`${personId} ${placeOf(service, month, name)}`);
}

async function settled(place: string): Promise<void> {
  for (let last = saving.get(place); last !== undefined; last = saving.get(place)) {
    await last.catch(() => undefined);
    // What was typed meanwhile is sent right behind it.
    await new Promise(resolve => { setTimeout(resolve, 0); });
    if (saving.get(place) === last) saving.delete(place);
  }
}

/** A month, or one of its copies by name; a copy that has gone meanwhile begins as the draft. */
async function read(service: DutyDesk, month: string, copy: string | null): Promise<KeptRoster> {
  const copies = copy === null ? [] : await client.rosters.copies({ service, month });
  const kept = copies.find(({ name }) => name === copy) ?? await client.rosters.open({ service, month });
  return copy !== null && !('name' in kept) ? { ...kept, savedAtMs: null, revision: null } : kept;
}

export interface PlanInHand extends Omit<InHand, 'steps'> {
  plan: RosterPlan | undefined; error: unknown; kept: KeptRoster | undefined; saved: SaveState;
  change(plan: RosterPlan): void;
  undo: (() => void) | null; redo: (() => void) | null;
  startOver(): void;
  settle(which: 'mine' | 'theirs'): void;
}

/** A month as it is planned, or one of its copies by name: kept at each change, each change can be taken back, and what other windows make of it is heard. */
export function usePlan(service: DutyDesk, month: string, copy: string | null = null): PlanInHand {
  const { personId } = useSession();
  const place = placeOf(service, month, copy);
  const { data: kept, error } = useLive(['rosters.open', service, month, copy], ['session', 'roster'], async () => {
    await settled(place);
    return read(service, month, copy);
  });
  const [saved, setSaved] = useState<SaveState>({ kind: 'clean' });
  const [held] = useState(() => hands.of(`${personId} ${place}`, () => newHand(service, month, copy)));
  const { hand } = held;
  const saver = useSaver<RosterPlan>(place, { save: () => hand.save(), onState: setSaved });
  const { steps, ...inHand } = useSyncExternalStore(hand.subscribe, () => hand.now);
  useEffect(() => { held.put = plan => { saver.current?.put(plan); }; }, [held, saver]);
  useEffect(() => { if (kept !== undefined) hand.hear(kept); }, [hand, kept]);
  // The next time it goes on with what is kept then.
  useEffect(() => () => { queries.removeQueries({ queryKey: ['rosters.open', service, month, copy] }); }, [service, month, copy]);
  return {
    ...inHand, plan: kept === undefined ? undefined : steps?.plan, error, kept, saved,
    change: plan => { hand.change(plan); },
    undo: steps === null || steps.before.length === 0 ? null : () => { hand.undo(); },
    redo: steps === null || steps.after.length === 0 ? null : () => { hand.redo(); },
    startOver() {
      client.rosters.first({ service, month }).then(plan => { hand.change(plan); }, (failed: unknown) => { setSaved({ kind: 'failed', error: failed, willRetry: false }); });
    },
    settle: which => { hand.settle(which); },
  };
}

function newHand(service: DutyDesk, month: string, copy: string | null): HeldHand {
  const nowMs = Date.now(), aside = t('rosterApart.aside', { at: `${formatTime(nowMs, true)} ${formatDate(nowMs)}` });
  const hand = new PlanHand({
    put: plan => { held.put(plan); },
    save(plan, on) {
      const what = { plan, ...on, aside } satisfies SaveOn & { plan: RosterPlan };
      const sent = copy === null ? client.rosters.save(what) : client.rosters.saveCopy({ name: copy, ...what });
      saving.set(placeOf(service, month, copy), sent);
      return sent;
    },
    read: () => read(service, month, copy),
    dropCopy: (name, page) => { client.rosters.removeCopy({ service, month, name, page }).catch(() => undefined); },
  }, nowMs);
  const held: HeldHand = { hand, put: () => undefined };
  return held;
}
