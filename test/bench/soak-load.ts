import { setTimeout as pause } from 'node:timers/promises';
import { newId, type Id } from '../../contract/ids.ts';
import type { Service } from '../../contract/org.ts';
import { oneOf, type Chance } from '../support/chance.ts';
import { receivedRecords } from './edits.ts';
import type { AlarmWatch } from './soak-alarms.ts';
import type { Work } from './soak-work.ts';
import type { SoakDesk } from './soak-world.ts';

/** Texts are used again and again, each with a number of its own. */
const TEXTS = 2_000;
const URGENT_SHARE = 0.12;
/** Asked and not answered: from here on nothing new is asked for, and the rate falls. */
const MOST_UNDER_WAY = 60;
const LINES_OF_ALL: readonly Service[] = ['1022', '113', '115', '114'];
const INCIDENTS: readonly Service[] = ['113', '114', '115', '112'];

/** Takes records in at the desks in turn, as their screens do. */
export class Load {
  received = 0;
  /** From the call until the console has said that it is saved, ms. */
  readonly saveMs: number[] = [];
  readonly #desks: readonly SoakDesk[];
  readonly #parts: { chance: Chance; alarms: AlarmWatch; work: Work; failed: (what: string, error: unknown) => void };
  readonly #texts = Map.groupBy(receivedRecords(TEXTS, Date.now()).map(({ payload }) => payload), payload => payload['service'] as Service);
  #nth = 0;
  #underWay = 0;

  constructor(desks: readonly SoakDesk[], parts: { chance: Chance; alarms: AlarmWatch; work: Work; failed: (what: string, error: unknown) => void }) {
    this.#desks = desks;
    this.#parts = parts;
  }

  async run(perSecond: number, signal: AbortSignal): Promise<void> {
    const startMs = performance.now();
    for (; !signal.aborted; this.#nth += 1) {
      await pause(Math.max(0, startMs + this.#nth * 1_000 / perSecond - performance.now()), undefined, { signal }).catch(() => undefined);
      while (this.#underWay >= MOST_UNDER_WAY) await pause(50);
      void this.#receive(this.#desks[this.#nth % this.#desks.length]!);
    }
    while (this.#underWay > 0) await pause(50);
  }

  async #receive(desk: SoakDesk): Promise<void> {
    const { alarms, work, failed } = this.#parts;
    const { id, service, payload, isUrgent } = this.#next(desk);
    this.#underWay += 1;
    const askedMs = performance.now();
    if (isUrgent) alarms.expect(id, desk, service);
    try {
      await desk.client.issues.mutate({ name: 'issue.receive', payload });
      this.saveMs.push(performance.now() - askedMs);
      this.received += 1;
      work.add(id, desk, service);
    } catch (error) {
      alarms.forget(id);
      failed('receive', error);
    } finally {
      this.#underWay -= 1;
    }
  }

  #next(desk: SoakDesk): { id: Id; service: Service; payload: Record<string, unknown>; isUrgent: boolean } {
    const { chance, alarms } = this.#parts;
    const service = oneOf(chance, desk.services?.filter(line => this.#texts.has(line)) ?? LINES_OF_ALL);
    const text = oneOf(chance, this.#texts.get(service) ?? []);
    const isUrgent = chance() < URGENT_SHARE && alarms.ringsSomewhere(desk, service);
    const id = newId(Date.now());
    return {
      id, service, isUrgent, payload: {
        ...text, id, service, siteId: desk.siteId, class: INCIDENTS.includes(service) ? 'incident' : 'issue', receivedAtMs: Date.now(),
        severity: isUrgent ? oneOf(chance, ['P1', 'P2']) : oneOf(chance, ['P3', 'P4']), description: `${String(text['description'])} (tin thứ ${this.#nth})`,
      },
    };
  }
}
