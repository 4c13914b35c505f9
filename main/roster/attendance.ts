import type { ConsoleOutputs, ConsoleParsedInputs, Session } from '../../contract/console.ts';
import { isEmptyShift, isThinShift } from '../../contract/duty-hours.ts';
import type { AttendanceView } from '../../contract/documents/duty-attend-calls.ts';
import { sees } from '../../contract/documents/document.ts';
import { EARLY_MS, entryOf, STAYS_MS } from '../../contract/documents/duty-attendance.ts';
import { dutyPlan, type DutyRoster } from '../../contract/documents/duty-roster.ts';
import { AppError } from '../../contract/errors.ts';
import { newId, type Id } from '../../contract/ids.ts';
import { actorOf } from '../../contract/mutations/facts.ts';
import type { Service } from '../../contract/org.ts';
import { OFF, type RosterPlan } from '../../contract/roster.ts';
import { deskLines, desksAt, type DutyDesk } from '../../contract/roster-desks.ts';
import { monthDayOf, shiftEndMs, shiftStartMs } from '../../contract/roster-days.ts';
import type { Database } from '../../db/database.ts';
import { readDocument } from '../../db/stores/documents.ts';
import { readNames } from '../../db/stores/org.ts';
import type { SignedInCall } from '../platform/call.ts';
import { enrolled } from '../platform/enrolled.ts';
import { systemTimers, type Timers } from '../platform/timers.ts';
import { compLedger, reckonSite, yearUntil } from './hours.ts';
import type { PublishedDeps } from './published.ts';
import { readPublished } from './read-published.ts';
import type { PlanSearchDeps } from './plan-search.ts';

/** `timers`: what wakes it; absent: this process's. */
export interface AttendanceTime { timers?: Timers }
type AttendanceDeps = Pick<PublishedDeps, 'reader' | 'writer' | 'correctedNowMs' | 'station'> & Pick<PlanSearchDeps, 'log'> & AttendanceTime;
type Part = 'rosters';
type Names = 'attendance' | 'attend' | 'takeOver';
type Handlers = { [P in Names]: (input: ConsoleParsedInputs[Part][P], call: SignedInCall) => Promise<ConsoleOutputs[Part][P]> | ConsoleOutputs[Part][P] };

/** A signed handover: who went, who came, and since when the one who went has had the shift, ms. */
export interface TakenShift { goerId: Id; taker: Session; fromMs: number; lines: readonly Service[] }
export interface Attendance {
  handlers: Handlers;
  /** What a time sheet of a published month is made of; null where there is none, or none of theirs. */
  sheet(place: Pick<RosterPlan, 'service' | 'month'>, session: Session): { duty: RosterPlan; view: AttendanceView } | null;
  /** Somebody works at this desk from now on, or nobody: whoever has a shift that runs, or begins within the hour, has come; also when it comes to that while they sit there. */
  noteSession(session: Session | null): Promise<void>;
  noteHandover(taken: TakenShift): Promise<void>;
  close(): void;
}

/** Longest ago that a shift may have begun which somebody is still in. */
const LONGEST_MS = 2 * 86_400_000;
/** While somebody sits there it is looked at least this often: the clock may have been set, or the machine asleep. */
const LOOK_MS = 1_800_000;
interface Spot { roster: DutyRoster; personId: Id; day: number; cell: number; fromMs: number; toMs: number }

/** What was worked: told by sign-in and handover of itself, entered by whoever plans, and running shifts taken over. */
export function createAttendance(deps: AttendanceDeps): Attendance {
  const { reader, writer, correctedNowMs, station, log, timers = systemTimers } = deps;
  /** Shifts for which it was tried here: what the province refuses is not tried again and again. */
  const tried = new Set<string>();
  const write = (session: Session, name: 'roster.attend' | 'roster.takeOver', payload: Record<string, unknown>): Promise<unknown> =>
    writer.call('document.write', { actor: actorOf(session), name, payload: { attendId: newId(correctedNowMs()), ...payload }, atMs: correctedNowMs() });
  /** @returns whether it was written or refused for good */
  const attend = (session: Session, { roster, personId, day, cell }: Spot, more: { source: 'signIn' | 'handover'; fromMs: number; toMs: number | null }): Promise<boolean> =>
    write(session, 'roster.attend', { id: roster.id, personId, day, cell, ...more }).then(() => true, (error: unknown) => {
      log.error({ error: String(error) }, 'presence was not written');
      return error instanceof AppError && error.code.startsWith('roster/');
    });
  const viewOf = (roster: DutyRoster): AttendanceView => attendanceView(reader, roster, correctedNowMs());
  const shown = ({ service, month }: Pick<RosterPlan, 'service' | 'month'>, session: Session): DutyRoster | null => {
    const document = readPublished(reader, enrolled(station()).site.id, service, month)?.document;
    return document === undefined || !sees(session, document) ? null : document;
  };
  const viewOfId = (id: Id, session: Session): AttendanceView => {
    const document = readDocument(reader, 'roster', id)?.document;
    if (document === undefined || !sees(session, document)) throw new AppError('document/not-found');
    return viewOf(document);
  };
  const look = { callOff: () => undefined as void, isClosed: false };
  const noteSession = async (session: Session | null): Promise<void> => {
    look.callOff();
    if (session === null || session.locked || station() === null || look.isClosed) return;
    const nowMs = correctedNowMs(), spots = spotsOf(deps, session.personId, nowMs);
    const waits = spots.map(({ fromMs }) => fromMs - EARLY_MS - nowMs).filter(ms => ms > 0);
    look.callOff = timers.after(Math.min(LOOK_MS, ...waits), () => { noteSession(session).catch((error: unknown) => { log.error({ error: String(error) }, 'presence was not looked for'); }); });
    for (const spot of spots) {
      const key = `${spot.roster.id} ${spot.roster.edition} ${spot.personId} ${spot.day} ${spot.cell}`;
      const isNow = spot.fromMs - EARLY_MS <= nowMs && nowMs < spot.toMs;
      if (!isNow || tried.has(key) || !sees(session, spot.roster) || entryOf(spot.roster.attended, spot) !== undefined) continue;
      tried.add(key);
      if (!await attend(session, spot, { source: 'signIn', fromMs: nowMs, toMs: null })) tried.delete(key);
    }
  };
  return {
    handlers: {
      attendance(place, { session }) {
        const roster = shown(place, session);
        return roster === null ? null : viewOf(roster);
      },
      async attend(input, { session }) {
        await write(session, 'roster.attend', { ...input, source: 'planner' });
        return viewOfId(input.id, session);
      },
      async takeOver(input, { session }) {
        await write(session, 'roster.takeOver', input);
        return viewOfId(input.id, session);
      },
    },
    sheet(place, session) {
      const roster = shown(place, session);
      return roster === null ? null : { duty: dutyPlan(roster), view: viewOf(roster) };
    },
    noteSession,
    async noteHandover({ goerId, taker, fromMs, lines }) {
      const nowMs = correctedNowMs();
      const seen = (personId: Id): Spot[] => spotsOf(deps, personId, nowMs).filter(({ roster }) => sees(taker, roster) && deskLines(roster.plan.service).some(line => lines.includes(line)));
      // The latest that has begun: who goes was in it.
      const left = seen(goerId).filter(spot => spot.fromMs < nowMs && nowMs <= spot.toMs + STAYS_MS && fromMs < nowMs).at(-1);
      const leaving = left === undefined ? undefined : entryOf(left.roster.attended, left);
      if (left !== undefined && (leaving === undefined || (leaving.toMs === null && leaving.fromMs !== null && leaving.fromMs < nowMs))) await attend(taker, left, { source: 'handover', fromMs, toMs: nowMs });
      // Who sits beside them in the same shift has come before.
      const next = seen(taker.personId).filter(spot => spot.fromMs - EARLY_MS <= nowMs && nowMs < spot.toMs && spot.fromMs !== left?.fromMs).at(-1);
      if (next !== undefined) await attend(taker, next, { source: 'handover', fromMs: nowMs, toMs: null });
    },
    close() {
      look.isClosed = true;
      look.callOff();
    },
  };
}

/** The shifts around a moment that somebody has by the plan or is known to have worked, at any desk of this site, by when they begin. */
function spotsOf({ reader, station }: AttendanceDeps, personId: Id, nowMs: number): Spot[] {
  const { site } = enrolled(station());
  const months = [...new Set([nowMs - LONGEST_MS, nowMs, nowMs + EARLY_MS + LOOK_MS].map(atMs => monthDayOf(atMs).month))];
  return desksAt(site.tier).flatMap((service: DutyDesk) => months.flatMap(month => {
    const roster = readPublished(reader, site.id, service, month)?.document;
    if (roster === undefined) return [];
    const plan = dutyPlan(roster);
    const own = plan.members.find(one => one.personId === personId)?.cells.flatMap((cell, day) => (cell > OFF ? [{ day, cell }] : [])) ?? [];
    const others = (roster.attended ?? []).filter(one => one.personId === personId && plan.shifts[one.cell - 1] !== undefined && !own.some(({ day, cell }) => day === one.day && cell === one.cell));
    return [...own, ...others].map(({ day, cell }): Spot => ({ roster, personId, day, cell, fromMs: shiftStartMs(plan, day, cell), toMs: shiftEndMs(plan, day, cell) }));
  })).sort((a, b) => a.fromMs - b.fromMs);
}

/** A published month as a screen shows it: everybody's hours with their time off in lieu, and what is known of each cell. */
function attendanceView(reader: Database, roster: DutyRoster, nowMs: number): AttendanceView {
  const { plan: { service, month }, siteId, attended = [] } = roster;
  const year = reckonSite(reader, siteId, yearUntil(month), nowMs);
  const { reckoned } = year.find(one => one.roster.plan.service === service && one.roster.plan.month === month)!;
  const ledger = compLedger(year, month);
  return {
    people: reckoned.people.map(({ extra: _extra, overWeek: _overWeek, earned: _earned, taken: _taken, ...one }) => ({ ...one, comp: ledger.get(one.personId ?? '') ?? { opening: 0, earned: 0, taken: 0, balance: 0 } })),
    marks: reckoned.marks, left: reckoned.cover.filter(one => isEmptyShift(one) || isThinShift(one)).map(({ day, shift, there, need, short }) => ({ day, shift, there, need, short })),
    entries: attended, names: readNames(reader, attended.flatMap(one => [one.personId, one.byId, one.insteadOfId].filter(id => id !== null))),
  };
}
