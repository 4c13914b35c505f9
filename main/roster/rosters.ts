import type { ConsoleOutputs, ConsoleParsedInputs, Session } from '../../contract/console.ts';
import { AppError } from '../../contract/errors.ts';
import type { Id } from '../../contract/ids.ts';
import { inScope } from '../../contract/org.ts';
import type { KeptRoster, RosterPlan } from '../../contract/roster.ts';
import { deskLines, type DutyDesk } from '../../contract/roster-desks.ts';
import { dutyPlan } from '../../contract/documents/duty-roster.ts';
import type { Database } from '../../db/database.ts';
import { readNames, readPeople, readUnits } from '../../db/stores/org.ts';
import { readRosterPlan } from '../../db/stores/roster-plans.ts';
import type { StationRecord } from '../../db/writer-api.ts';
import type { SignedInCall } from '../platform/call.ts';
import { enrolled } from '../platform/enrolled.ts';
import { createAttendance, type Attendance, type AttendanceTime } from './attendance.ts';
import { rosterFile, timesheetFile } from './output/roster-file.ts';
import { createExplain } from './explain.ts';
import { firstPlan } from './first-plan.ts';
import { checkHere, groundOf, packOfMonth } from './ground.ts';
import { savedOrRefused } from './kept.ts';
import { canBePlanned, type Ground } from './plan-check.ts';
import { lookAt } from './plan-look.ts';
import { createPublished, type PublishedDeps } from './published.ts';
import { readPublished } from './read-published.ts';
import { isAbsence, PlanReplans } from './plan-replan.ts';
import { PlanSearch, type PlanSearchDeps } from './plan-search.ts';

export interface RostersDeps extends PlanSearchDeps, PublishedDeps, AttendanceTime {}

type Part = 'rosters';
type Handlers = { [P in keyof ConsoleParsedInputs[Part]]: (input: ConsoleParsedInputs[Part][P], call: SignedInCall) => Promise<ConsoleOutputs[Part][P]> | ConsoleOutputs[Part][P] };
interface Place { service: DutyDesk; month: string }

/** Duty rosters (lịch trực) of the lines as they are planned at this workstation: begun as Đ.8.2 has them, kept as they are typed, checked by one evaluator and filled by the engine. */
export function createRosters(deps: RostersDeps): { handlers: Handlers; close(): Promise<void> } & Pick<Attendance, 'noteSession' | 'noteHandover'> {
  const { reader, writer, correctedNowMs, station } = deps;
  const attendance = createAttendance(deps);
  const search = new PlanSearch(deps), replans = new PlanReplans(deps);
  const mayPlan = (session: Session, service: DutyDesk, permission: 'roster.plan' | 'roster.read' = 'roster.plan'): void => { refuseOthers(session, enrolled(station()).site.id, service, permission); };
  const ground = (plan: RosterPlan): Ground => groundOf(reader, enrolled(station()).site.id, plan);
  const open = (place: Place): KeptRoster => {
    const kept = readRosterPlan(reader, place.service, place.month);
    if (kept === null) return { plan: begunWith(reader, enrolled(station()), place), savedAtMs: null, savedBy: '', revision: null };
    return { plan: kept.plan, savedAtMs: kept.savedAtMs, savedBy: readNames(reader, [kept.personId])[kept.personId] ?? '', revision: kept.revision };
  };
  const explain = createExplain({ reader, writer, correctedNowMs, station, ground, mayPlan });
  return {
    handlers: {
      ...createPublished(deps), ...explain.handlers, ...attendance.handlers,
      open(place, { session }) {
        mayPlan(session, place.service);
        replans.warm();
        explain.warm();
        return open(place);
      },
      async save(save, { session }) {
        mayPlan(session, save.plan.service);
        return savedOrRefused(await writer.call('rosterPlan.save', { ...save, personId: session.personId, atMs: correctedNowMs() }));
      },
      first(place, { session }) {
        mayPlan(session, place.service);
        return firstHere(reader, enrolled(station()), place);
      },
      check(plan, { session }) {
        mayPlan(session, plan.service, 'roster.read');
        return checkHere(reader, enrolled(station()).site.id, plan);
      },
      look({ plan, member, day }, { session }) {
        mayPlan(session, plan.service);
        return lookAt(plan, member, day, ground(plan));
      },
      solve({ plan, seconds }, { session }) {
        mayPlan(session, plan.service);
        if (!canBePlanned(plan)) throw new AppError('roster/nobody');
        return search.begin(plan, seconds, ground(plan));
      },
      file(order, { session }) {
        mayPlan(session, order.plan.service, 'roster.read');
        const { site } = enrolled(station());
        if (order.format !== 'timesheet') return rosterFile(order, site, correctedNowMs());
        const sheet = attendance.sheet(order.plan, session);
        if (sheet === null) throw new AppError('document/not-found');
        return timesheetFile({ ...sheet, siteName: site.name, atMs: correctedNowMs() });
      },
      job: ({ id }) => search.job(id),
      replan({ plan, ...absence }, { session }) {
        mayPlan(session, plan.service);
        if (!canBePlanned(plan)) throw new AppError('roster/nobody');
        if (!isAbsence(plan, absence)) throw new AppError('roster/absence');
        return replans.begin(plan, absence, ground(plan));
      },
      replanned: ({ id }) => replans.now(id),
      callOff({ id }) {
        search.callOff(id);
        replans.callOff(id);
        return {};
      },
    },
    noteSession: attendance.noteSession,
    noteHandover: attendance.noteHandover,
    close: async () => { attendance.close(); await Promise.all([search.close(), replans.close(), explain.close()]); },
  };
}

/** @throws {AppError} `auth/forbidden` when the line, or the site, is none of theirs */
function refuseOthers({ scope }: Session, siteId: Id, service: DutyDesk, permission: 'roster.plan' | 'roster.read'): void {
  if (!deskLines(service).some(line => inScope(scope, { siteId, service: line }))) throw new AppError('auth/forbidden', { permission });
}

/** A month that nobody has touched here: as it is published, with what has been changed between people since, or else as it is first. */
function begunWith(reader: Database, station: StationRecord, place: Place): RosterPlan {
  const published = readPublished(reader, station.site.id, place.service, place.month);
  return published === null ? firstHere(reader, station, place) : dutyPlan(published.document);
}

function firstHere(reader: Database, { site }: StationRecord, place: Place): RosterPlan {
  return firstPlan(place, { site, people: readPeople(reader), units: readUnits(reader), pack: packOfMonth(reader, place.month) });
}
