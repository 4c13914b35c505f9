import { setTimeout as pause } from 'node:timers/promises';
import { hasNobody } from '../../contract/focal.ts';
import { newId, type Id } from '../../contract/ids.ts';
import type { Issue } from '../../contract/issue.ts';
import type { Service } from '../../contract/org.ts';
import { oneOf, type Chance } from '../support/chance.ts';
import { editOf } from './edits.ts';
import { worksOn, type SoakDesk } from './soak-world.ts';

/** At work at one desk at a time; what comes in beyond that stays in the queue. */
const AT_WORK = 12;
/** Of actions: steps on the record's way, edits, notes of one's own, notes of another desk on the same record, merges. */
const SHARES = { step: 0.35, edit: 0.65, note: 0.85, otherNote: 0.95 };

interface Case { id: Id; service: Service; isParent: boolean; nth: number }

/**
 * What four operators do with the records: each record is worked by one desk, as by one person, to its forwarding or its merging with another; anybody adds
 * notes. So no two write the same field, and nothing may be refused.
 */
export class Work {
  edits = 0;
  readonly done: Record<string, number> = {};
  readonly #desks: readonly SoakDesk[];
  readonly #chance: Chance;
  readonly #failed: (what: string, error: unknown) => void;
  readonly #cases: Map<SoakDesk, Case[]>;
  #units: Id[] = [];

  constructor(desks: readonly SoakDesk[], chance: Chance, failed: (what: string, error: unknown) => void) {
    this.#desks = desks;
    this.#chance = chance;
    this.#failed = failed;
    this.#cases = new Map(desks.map(desk => [desk, []]));
  }

  async start(): Promise<void> {
    const units = await this.#desks[0]!.client.directory.units({ handlingOnly: true });
    this.#units = units.filter(unit => !hasNobody(unit, Date.now())).map(unit => unit.id);
  }

  /** A record that has been taken in: the desk itself works it, or another of its line. */
  add(id: Id, receiver: SoakDesk, service: Service): void {
    const desk = this.#chance() < 0.5 ? receiver : oneOf(this.#chance, this.#desks.filter(one => worksOn(one, service)));
    const cases = this.#cases.get(desk)!;
    if (cases.length < AT_WORK) cases.push({ id, service, isParent: false, nth: Math.floor(this.#chance() * 10) });
  }

  /** The desks in turn, so many a second in all, until it is told to stop; a desk without a link works on. */
  async run(perSecond: number, signal: AbortSignal): Promise<void> {
    const startMs = performance.now();
    for (let nth = 0; !signal.aborted; nth += 1) {
      await pause(Math.max(0, startMs + nth * 1_000 / perSecond - performance.now()), undefined, { signal }).catch(() => undefined);
      const desk = this.#desks[nth % this.#desks.length]!;
      await this.#act(desk).catch((error: unknown) => { this.#failed('work', error); });
    }
  }

  async #act(desk: SoakDesk): Promise<void> {
    const cases = this.#cases.get(desk)!;
    if (cases.length === 0) return;
    const one = oneOf(this.#chance, cases);
    const issue = await read(desk, one.id);
    // Still on its way here from the desk that took it in, or nobody has taken up its alarm.
    if (issue === null || (isUrgent(issue) && issue.state === 'received' && (issue.acknowledged ?? null) === null)) return;
    const dice = this.#chance();
    if (dice < SHARES.step) await this.#step(desk, one, issue);
    else if (dice < SHARES.edit) await this.#edit(desk, one, issue);
    else if (dice < SHARES.note) await this.#say(desk, 'issue.note', { id: one.id, note: `Người báo gọi lại lần ${one.nth += 1}, tình hình chưa thay đổi` });
    else if (dice < SHARES.otherNote) await this.#otherNote(desk, one);
    else await this.#merge(desk, one);
  }

  async #step(desk: SoakDesk, one: Case, issue: Issue): Promise<void> {
    if (issue.state === 'received') await this.#say(desk, 'issue.startVerification', { id: one.id });
    else if (issue.state === 'verifying') await this.#say(desk, 'issue.verify', { id: one.id, method: 'call_back', note: 'Gọi lại, đúng như đã báo' });
    else if (issue.state === 'verified') {
      await this.#say(desk, 'issue.forward', { id: one.id, leadUnitId: oneOf(this.#chance, this.#units), coUnitIds: [], note: '' });
      this.#end(desk, one);
    } else this.#end(desk, one);
  }

  /** Made urgent before anybody has begun, it would ring anew: that is what `AlarmWatch` does with other records. */
  async #edit(desk: SoakDesk, one: Case, issue: Issue): Promise<void> {
    one.nth += 1;
    const edit = editOf(issue, one.nth);
    if (issue.state === 'received' && 'severity' in (edit.payload['fields'] as object)) return this.#edit(desk, one, issue);
    if (issue.description.length > 3_000) this.#end(desk, one);
    else await this.#say(desk, edit.name, edit.payload);
  }

  async #otherNote(desk: SoakDesk, one: Case): Promise<void> {
    const others = this.#desks.filter(other => other !== desk && worksOn(other, one.service));
    const other = others.length === 0 ? desk : oneOf(this.#chance, others);
    if (await read(other, one.id) !== null) await this.#say(other, 'issue.note', { id: one.id, note: 'Bàn khác cũng nhận được tin này, nội dung trùng' });
  }

  async #merge(desk: SoakDesk, child: Case): Promise<void> {
    const parent = this.#cases.get(desk)!.find(other => other !== child && other.service === child.service);
    if (parent === undefined || child.isParent || await read(desk, parent.id) === null) return;
    await this.#say(desk, 'issue.merge', { id: child.id, edgeId: newId(Date.now()), parentId: parent.id, note: '' });
    parent.isParent = true;
    this.#end(desk, child);
  }

  async #say(desk: SoakDesk, name: string, payload: Record<string, unknown>): Promise<void> {
    await desk.client.issues.mutate({ name, payload });
    this.edits += 1;
    this.done[name] = (this.done[name] ?? 0) + 1;
  }

  #end(desk: SoakDesk, one: Case): void {
    const cases = this.#cases.get(desk)!;
    cases.splice(cases.indexOf(one), 1);
  }
}

const isUrgent = ({ severity }: Issue): boolean => severity === 'P1' || severity === 'P2';

/** Null: not here (yet). */
async function read({ client }: SoakDesk, id: Id): Promise<Issue | null> {
  return client.issues.get({ id }).then(({ issue }) => issue, (error: { data?: { code?: string } }) => {
    if (error.data?.code === 'issue/not-found') return null;
    throw error;
  });
}
