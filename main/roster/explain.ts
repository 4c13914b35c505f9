import type { ConsoleOutputs, ConsoleParsedInputs } from '../../contract/console.ts';
import type { Id } from '../../contract/ids.ts';
import { monthBeside, type RosterCheck, type RosterPlan } from '../../contract/roster.ts';
import type { RosterConflicts, RosterFigures } from '../../contract/roster-explain.ts';
import { desksAt, type DutyDesk } from '../../contract/roster-desks.ts';
import type { Database } from '../../db/database.ts';
import { readNames } from '../../db/stores/org.ts';
import { readRosterCopies, readRosterPlan } from '../../db/stores/roster-plans.ts';
import type { StationRecord, Writer } from '../../db/writer-api.ts';
import type { SignedInCall } from '../platform/call.ts';
import { enrolled } from '../platform/enrolled.ts';
import { conflictsOf, type Fill } from './conflicts.ts';
import { Filler } from './engine/filler.ts';
import { savedOrRefused } from './kept.ts';
import { lendersOf, overtimeOf, type OtherMonths } from './lenders.ts';
import { turnLines } from './model.ts';
import { canBePlanned, checkPlan, type Ground } from './plan-check.ts';
import { otherDesks, readDuty } from './read-published.ts';
import { waysOut } from './ways-out.ts';
import { whyNot } from './why-not.ts';

/** All of a search for conflicts, and one question to the engine, take so long at most, ms. */
const CONFLICTS_MS = 8_000, QUESTION_MS = 2_000;

type Part = 'rosters';
type Names = 'conflicts' | 'waysOut' | 'whyNot' | 'copies' | 'saveCopy' | 'removeCopy' | 'figures';
type Handlers = { [P in Names]: (input: ConsoleParsedInputs[Part][P], call: SignedInCall) => Promise<ConsoleOutputs[Part][P]> | ConsoleOutputs[Part][P] };

export interface ExplainDeps {
  reader: Database; writer: Writer; correctedNowMs: () => number; station: () => StationRecord | null; ground: (plan: RosterPlan) => Ground;
  /** @throws {AppError} `auth/forbidden` where whoever asks does not plan the desk */
  mayPlan: (session: SignedInCall['session'], service: DutyDesk) => void;
}

/** Searches for conflicts one at a time, in a thread of the engine's own; another one ends the one before. */
class Conflicts {
  readonly #filler = new Filler();
  #current = new AbortController();

  warm(): void {
    this.#filler.warm();
  }

  async find(plan: RosterPlan, ground: Ground): Promise<RosterConflicts> {
    this.#current.abort();
    const mine = new AbortController(), begun = performance.now();
    this.#current = mine;
    const leftMs = (): number => CONFLICTS_MS - (performance.now() - begun);
    const fill: Fill = (problem, line) => this.#filler.ask({ problem, turns: turnLines(line), ms: Math.max(1, Math.min(QUESTION_MS, leftMs())) }, mine.signal);
    return conflictsOf(plan, ground, fill, () => mine.signal.aborted || leftMs() <= 0);
  }

  async close(): Promise<void> {
    this.#current.abort();
    await this.#filler.close();
  }
}

/** What is compared of two ways to plan a month. */
export function figuresOf({ gaps, broken, shares }: RosterCheck, { members }: RosterPlan): RosterFigures {
  const seated = shares.filter((_, row) => members[row]?.offSite !== true);
  const apart = (of: (share: RosterCheck['shares'][number]) => number): number => (seated.length === 0 ? 0 : Math.max(...seated.map(of)) - Math.min(...seated.map(of)));
  return {
    empty: gaps.reduce((sum, { is, need }) => sum + Math.max(0, need - is), 0), law: broken.filter(({ binds }) => binds === 'law').length, house: broken.filter(({ binds }) => binds !== 'law').length,
    minutesApart: apart(({ minutes }) => minutes), nightsApart: apart(({ nights }) => nights),
  };
}

/** A desk's month as it is published, or else as it is being planned here. */
function monthOf(reader: Database, siteId: Id, service: DutyDesk, month: string): RosterPlan | null {
  return readDuty(reader, siteId, service, month) ?? readRosterPlan(reader, service, month)?.plan ?? null;
}

/** Other desks' months around a plan. */
function otherMonths(reader: Database, site: StationRecord['site'], { service, month }: RosterPlan): OtherMonths {
  return {
    now: desksAt(site.tier).filter(desk => desk !== service).flatMap(desk => monthOf(reader, site.id, desk, month) ?? []),
    beside: ([-1, 1] as const).flatMap(by => otherDesks(reader, site.id, { service, month: monthBeside(month, by) })),
  };
}

/** What explains a month that is being planned: conflicts, ways out, why somebody cannot be in a shift, and copies to compare. */
export function createExplain({ reader, writer, correctedNowMs, station, ground, mayPlan }: ExplainDeps): { handlers: Handlers; warm(): void; close(): Promise<void> } {
  const conflicts = new Conflicts();
  const handlers: Handlers = {
    conflicts(plan, { session }) {
      mayPlan(session, plan.service);
      return canBePlanned(plan) ? conflicts.find(plan, ground(plan)) : { state: 'undecided', conflicts: [], isComplete: false };
    },
    waysOut({ plan, of }, { session }) {
      mayPlan(session, plan.service);
      const { site } = enrolled(station()), on = ground(plan);
      const lenders = of.kind === 'gap' ? lendersOf(plan, of.day, of.shift, { rules: on.rules, others: otherMonths(reader, site, plan) }) : [];
      return { ways: waysOut(plan, of, on), lenders, overtime: of.kind === 'gap' ? overtimeOf(plan, of.day, of.shift, on) : [] };
    },
    whyNot({ plan, day, shift }, { session }) {
      mayPlan(session, plan.service);
      return whyNot(plan, day, shift, ground(plan));
    },
    copies({ service, month }, { session }) {
      mayPlan(session, service);
      const copies = readRosterCopies(reader, service, month);
      const names = readNames(reader, copies.map(({ personId }) => personId));
      return copies.map(({ name, plan, savedAtMs, personId, revision }) => ({ name, plan, savedAtMs, savedBy: names[personId] ?? '', revision, figures: figuresOf(checkPlan(plan, ground(plan)), plan) }));
    },
    async saveCopy(save, { session }) {
      mayPlan(session, save.plan.service);
      return savedOrRefused(await writer.call('rosterCopy.save', { ...save, personId: session.personId, atMs: correctedNowMs() }));
    },
    async removeCopy(copy, { session }) {
      mayPlan(session, copy.service);
      await writer.call('rosterCopy.remove', copy);
      return {};
    },
    figures(plan, { session }) {
      mayPlan(session, plan.service);
      return figuresOf(checkPlan(plan, ground(plan)), plan);
    },
  };
  return { handlers, warm: () => { conflicts.warm(); }, close: () => conflicts.close() };
}
