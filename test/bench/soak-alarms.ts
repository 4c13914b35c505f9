import type { Id } from '../../contract/ids.ts';
import type { Service } from '../../contract/org.ts';
import { oneOf, type Chance } from '../support/chance.ts';
import { worksOn, type SoakDesk } from './soak-world.ts';

/** Not listed within this, it was missed; counted from the receipt, or from the return of the link without which nobody could know. */
const MISSED_AFTER_MS = 30_000;
/** Beside what the core says by itself. */
const LOOK_EVERY_MS = 1_000;

/** An urgent record that nobody has taken up yet. `desks`: where it has still to be listed; `from` null: waits for a link. */
interface Waiting { id: Id; receiver: SoakDesk; service: Service; desks: Set<SoakDesk>; fromMs: number | null; wasHeld: boolean; listed: SoakDesk[] }

/**
 * Watches that each urgent record is listed as an alarm (`alarms.state`) at every desk of its line but the one that took it in, then has it taken up. What came in
 * without a link is owed from the moment on at which the link is back.
 */
export class AlarmWatch {
  /** From receipt to listing, one figure a desk; and of those that had to wait for a link, from its return. */
  readonly ms: number[] = [];
  readonly heldMs: number[] = [];
  count = 0;
  missed = 0;
  readonly #desks: readonly SoakDesk[];
  readonly #chance: Chance;
  readonly #failed: (what: string, error: unknown) => void;
  readonly #note: (text: string) => void;
  readonly #waiting = new Map<Id, Waiting>();
  readonly #ended = new AbortController();
  readonly #looks: NodeJS.Timeout[] = [];

  constructor(desks: readonly SoakDesk[], chance: Chance, failed: (what: string, error: unknown) => void, note: (text: string) => void) {
    this.#desks = desks;
    this.#chance = chance;
    this.#failed = failed;
    this.#note = note;
  }

  /** Takes up what the sample has ringing, as whoever begins a shift, and listens at every desk. */
  async start(): Promise<void> {
    for (const desk of this.#desks) {
      for (let state = await desk.client.alarms.state({}); ; state = await desk.client.alarms.state({})) {
        const old = state.alarms.filter(alarm => alarm.kind === 'new' && alarm.mine);
        if (old.length === 0) break;
        for (const { issueId } of old) await desk.client.issues.mutate({ name: 'issue.acknowledge', payload: { id: issueId } }).catch((error: unknown) => { this.#failed('acknowledge', error); });
        await new Promise(done => { setTimeout(done, LOOK_EVERY_MS); });
      }
      void this.#listen(desk);
      this.#looks.push(setInterval(() => { this.#look(desk).catch((error: unknown) => { this.#failed('alarms', error); }); }, LOOK_EVERY_MS));
    }
  }

  /** Whether an urgent record of this line, taken in at this desk, has to ring somewhere at once, or when the desk's link is back. */
  ringsSomewhere(receiver: SoakDesk, service: Service): boolean {
    return this.#owed(receiver, service).some(desk => desk.isLinked || !receiver.isLinked);
  }

  /** To be called before the record is sent to its console. */
  expect(id: Id, receiver: SoakDesk, service: Service): void {
    this.count += 1;
    const desks = new Set(this.#owed(receiver, service).filter(desk => desk.isLinked));
    this.#waiting.set(id, { id, receiver, service, desks, fromMs: receiver.isLinked ? performance.now() : null, wasHeld: !receiver.isLinked, listed: [] });
  }

  /** Not to be waited for: the record was not taken in. */
  forget(id: Id): void {
    if (this.#waiting.delete(id)) this.count -= 1;
  }

  get open(): number {
    return this.#waiting.size;
  }

  /** The link of a desk is gone: what it has sent may not have left, and it owes nothing until it is back. */
  cut(desk: SoakDesk): void {
    for (const one of this.#waiting.values()) {
      if (one.receiver === desk) { one.fromMs = null; one.wasHeld = true; }
      else if (one.desks.delete(desk) && one.desks.size === 0) {
        if (one.listed.length > 0) void this.#takeUp(one);
        else { one.desks.add(desk); one.fromMs = null; one.wasHeld = true; }
      }
    }
  }

  back(desk: SoakDesk): void {
    for (const one of this.#waiting.values()) {
      if (one.fromMs !== null) continue;
      if (one.receiver === desk) one.desks = new Set(this.#owed(desk, one.service).filter(other => other.isLinked && !one.listed.includes(other)));
      one.fromMs = performance.now();
      if (one.desks.size === 0) void this.#takeUp(one);
    }
  }

  close(): void {
    this.#ended.abort();
    for (const look of this.#looks) clearInterval(look);
  }

  #owed(receiver: SoakDesk, service: Service): SoakDesk[] {
    return this.#desks.filter(desk => desk !== receiver && worksOn(desk, service));
  }

  async #listen(desk: SoakDesk): Promise<void> {
    try {
      for await (const { tables } of await desk.client.changes({}, { signal: this.#ended.signal })) if (tables.includes('alarm')) await this.#look(desk);
    } catch (error) {
      if (!this.#ended.signal.aborted) this.#failed('changes', error);
    }
  }

  async #look(desk: SoakDesk): Promise<void> {
    const { alarms } = await desk.client.alarms.state({});
    const nowMs = performance.now();
    for (const { issueId } of alarms) {
      const one = this.#waiting.get(issueId);
      if (one === undefined || !one.desks.delete(desk)) continue;
      one.listed.push(desk);
      if (one.fromMs !== null) (one.wasHeld ? this.heldMs : this.ms).push(nowMs - one.fromMs);
      if (one.desks.size === 0) void this.#takeUp(one);
    }
    for (const one of this.#waiting.values()) {
      if (one.fromMs === null || nowMs - one.fromMs < MISSED_AFTER_MS) continue;
      this.#miss(one).catch((error: unknown) => { this.#failed('alarms', error); });
    }
  }

  /** Says where it was missed, and whether the record had come there at all. */
  async #miss(one: Waiting): Promise<void> {
    if (!this.#waiting.has(one.id)) return;
    this.missed += 1;
    const desks = [...one.desks];
    void this.#takeUp(one);
    for (const { name, client } of desks) {
      const { total } = await client.alarms.state({});
      const state = await client.issues.get({ id: one.id }).then(({ issue }) => issue.state, () => 'not there');
      this.#note(`missed at ${name}, taken in at ${one.receiver.name}${one.wasHeld ? ' without a link' : ''}: ${one.id} is ${state}, ${total} alarms ring`);
    }
  }

  /** Whoever heard it takes it up; of what nobody heard, who took it in must not be the one, so that it is another. */
  async #takeUp(one: Waiting): Promise<void> {
    if (!this.#waiting.delete(one.id)) return;
    const linked = one.listed.filter(desk => desk.isLinked);
    const desk = one.listed.length === 0 ? one.receiver : oneOf(this.#chance, linked.length > 0 ? linked : one.listed);
    await desk.client.issues.mutate({ name: 'issue.acknowledge', payload: { id: one.id } }).catch((error: unknown) => { this.#failed('acknowledge', error); });
  }
}
