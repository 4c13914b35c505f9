import { newId, type Id } from '../../../contract/ids.ts';
import type { KeptRoster, RosterPlan } from '../../../contract/roster.ts';
import { isOfPage, type Turn } from '../../../contract/turn.ts';
import { errorOf } from '../../ui/error-text.ts';
import { mergedPlan } from './plan-merge.ts';

/** So many steps can be taken back. */
const MOST_STEPS = 200;

/** A plan with what it was before, step by step, and what it was before steps were taken back. */
export interface Steps { plan: RosterPlan; before: readonly RosterPlan[]; after: readonly RosterPlan[] }

/** What is kept by another window, of which this one's is no part; `aside`: the copy that this one's is kept as meanwhile. */
export interface Apart { theirs: RosterPlan; by: string; atMs: number; aside: string | null }

/** A month in the hand of one window. `joined`: what another window has last added to it. */
export interface InHand { steps: Steps | null; apart: Apart | null; joined: { by: string; atMs: number } | null }

/** How it is kept. `save` is refused with `roster/moved-on` where another window has saved since `base`; `put` has what is in hand saved soon. */
export interface Keeping {
  save(plan: RosterPlan, on: { turn: Turn; base: string | null }): Promise<{ savedAtMs: number }>;
  read(): Promise<KeptRoster>;
  put(plan: RosterPlan): void;
  /** Lets a copy go that this page has saved last. */
  dropCopy(name: string, page: Id): void;
}

/** Another window's steps are put below all of this window's: taken back is only what was done here. Steps that do not go with them can be taken back no more. */
function rebased({ plan, before, after }: Steps, base: RosterPlan, theirs: RosterPlan): Steps | null {
  const merged = mergedPlan(base, plan, theirs);
  if (merged === null) return null;
  const onto = (steps: readonly RosterPlan[]): RosterPlan[] => {
    const some: RosterPlan[] = [];
    for (const step of steps) {
      const one = mergedPlan(base, step, theirs);
      if (one === null) break;
      some.push(one);
    }
    return some;
  };
  return { plan: merged, before: onto(before.toReversed()).reverse(), after: onto(after) };
}

/**
 * A month that this window plans, and what other windows make of it meanwhile. Their changes join it where they touch other cells; where they do not go together, this window's stays in hand and
 * goes to a copy, until somebody says which of the two it is to be. Nobody's is written over unasked.
 */
export class PlanHand {
  now: InHand = { steps: null, apart: null, joined: null };
  readonly #keeping: Keeping;
  readonly #listeners = new Set<() => void>();
  #turn: Turn;
  /** What this window's steps stand on. */
  #base: { revision: string | null; plan: RosterPlan } | null = null;
  /** What another window keeps that is apart, and where this one's is kept. */
  #kept: KeptRoster | null = null;
  #aside: string | null = null;

  constructor(keeping: Keeping, nowMs: number) {
    this.#keeping = keeping;
    this.#turn = { page: newId(nowMs), n: 0 };
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  };

  /** What is kept, as it has just been read. @returns whether it said something new */
  hear(kept: KeptRoster): boolean {
    const { steps } = this.now;
    if (steps === null || this.#base === null) {
      this.#base = kept;
      this.#become({ steps: { plan: kept.plan, before: [], after: [] } });
      return true;
    }
    // A copy that has gone is written anew.
    if (kept.revision === null || kept.revision === this.#base.revision || kept.revision === this.#kept?.revision) return false;
    if (isOfPage(kept.revision, this.#turn.page)) {
      this.#base = { revision: kept.revision, plan: kept.plan };
      return true;
    }
    const next = rebased(steps, this.#base.plan, kept.plan);
    if (next === null) {
      this.#kept = kept;
      this.#become({ apart: { theirs: kept.plan, by: kept.savedBy, atMs: kept.savedAtMs ?? 0, aside: this.#aside } });
      // Also what was saved before they wrote over it.
      if (this.#aside === null) this.#keeping.put(steps.plan);
      return true;
    }
    this.#stand(kept, next, { by: kept.savedBy, atMs: kept.savedAtMs ?? 0 });
    if (JSON.stringify(next.plan) === JSON.stringify(kept.plan)) this.#dropAside();
    else this.#keeping.put(next.plan);
    return true;
  }

  change(plan: RosterPlan): void {
    const { steps } = this.now;
    if (steps !== null && JSON.stringify(plan) !== JSON.stringify(steps.plan)) this.#go({ plan, before: [...steps.before, steps.plan].slice(-MOST_STEPS), after: [] });
  }

  undo(): void {
    const { steps } = this.now, plan = steps?.before.at(-1);
    if (steps !== null && plan !== undefined) this.#go({ plan, before: steps.before.slice(0, -1), after: [steps.plan, ...steps.after] });
  }

  redo(): void {
    const { steps } = this.now, plan = steps?.after[0];
    if (steps !== null && plan !== undefined) this.#go({ plan, before: [...steps.before, steps.plan], after: steps.after.slice(1) });
  }

  /** Which of two that are apart it is to be; the other one is a step back. */
  settle(which: 'mine' | 'theirs'): void {
    const { steps } = this.now, kept = this.#kept;
    if (steps === null || kept === null) return;
    const [plan, other] = which === 'mine' ? [steps.plan, kept.plan] : [kept.plan, steps.plan];
    this.#stand(kept, { plan, before: [...steps.before, other].slice(-MOST_STEPS), after: [] }, null);
    this.#keeping.put(plan);
  }

  /** Saves what is in hand, on what it stands on: what was put before may stand on another. @throws {unknown} what keeps it from being kept at all, for now or for good */
  async save(): Promise<{ savedAtMs: number }> {
    const base = this.#base, plan = this.now.steps?.plan;
    if (base === null || plan === undefined) throw new Error('nothing is in hand before it has been read');
    this.#turn = { ...this.#turn, n: this.#turn.n + 1 };
    try {
      const answer = await this.#keeping.save(plan, { turn: this.#turn, base: base.revision });
      if (this.#base === base) this.#base = { ...base, plan };
      if (this.#kept === null) this.#dropAside();
      return answer;
    } catch (error) {
      const { code, facts: { aside } } = errorOf(error);
      if (code !== 'roster/moved-on') throw error;
      this.#aside = typeof aside === 'string' ? aside : null;
      const isNew = this.hear(await this.#keeping.read());
      if (this.#kept === null) {
        if (!isNew) throw error;
        // It has joined, and is on its way.
        return { savedAtMs: this.now.joined?.atMs ?? 0 };
      }
      this.#become({ apart: { theirs: this.#kept.plan, by: this.#kept.savedBy, atMs: this.#kept.savedAtMs ?? 0, aside: this.#aside } });
      return { savedAtMs: this.#kept.savedAtMs ?? 0 };
    }
  }

  /** What it was for is in the draft. */
  #dropAside(): void {
    if (this.#aside !== null) this.#keeping.dropCopy(this.#aside, this.#turn.page);
    this.#aside = null;
  }

  #stand(kept: KeptRoster, steps: Steps, joined: InHand['joined']): void {
    this.#base = { revision: kept.revision, plan: kept.plan };
    this.#kept = null;
    this.#become({ steps, apart: null, joined });
  }

  #go(steps: Steps): void {
    this.#become({ steps, joined: null });
    this.#keeping.put(steps.plan);
  }

  #become(next: Partial<InHand>): void {
    this.now = { ...this.now, ...next };
    for (const listener of this.#listeners) listener();
  }
}
