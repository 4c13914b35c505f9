import type { ConsoleOutputs, ConsoleParsedInputs, Session } from '../../contract/console.ts';
import type { DocumentIntent } from '../../contract/documents/apply.ts';
import type { BoardShift, DutyView } from '../../contract/documents/duty-calls.ts';
import { approvedOf, canChange, DUTY_LIMITS, dutyPlan, exchanged, hasToAcknowledge, isOpenAsk, type DutyRoster } from '../../contract/documents/duty-roster.ts';
import { sees } from '../../contract/documents/document.ts';
import { AppError } from '../../contract/errors.ts';
import { newId, type Id } from '../../contract/ids.ts';
import { actorOf } from '../../contract/mutations/facts.ts';
import { servicesIn } from '../../contract/org.ts';
import { may } from '../../contract/permissions.ts';
import { monthBeside, type RosterBroken, type RosterPlan } from '../../contract/roster.ts';
import { deskLines, desksAt, isLine, type DutyDesk } from '../../contract/roster-desks.ts';
import { monthDayOf, rosterId } from '../../contract/roster-days.ts';
import type { Database } from '../../db/database.ts';
import { readDocument, type StoredDocument } from '../../db/stores/documents.ts';
import { readNames } from '../../db/stores/org.ts';
import type { StationRecord, Writer } from '../../db/writer-api.ts';
import type { SignedInCall } from '../platform/call.ts';
import { enrolled } from '../platform/enrolled.ts';
import { syncState } from '../platform/sync-state.ts';
import { asItRuns, asItWas, boardLine } from './board.ts';
import { groundOf, packOfMonth } from './ground.ts';
import { readPublished } from './read-published.ts';
import { brokenOf, checkPlan, linePlanOf, newlyBroken, rosterOf, type Ground } from './plan-check.ts';
import { problemOf } from './model.ts';
import { ruleBook } from './rules.ts';
import { takerLook } from './taker.ts';

export interface PublishedDeps { reader: Database; writer: Writer; linkIsUp: () => boolean; correctedNowMs: () => number; station: () => StationRecord | null }

type Part = 'rosters';
type Names = 'desks' | 'published' | 'publish' | 'acknowledge' | 'ask' | 'take' | 'approve' | 'end' | 'board' | 'news';
type Handlers = { [P in Names]: (input: ConsoleParsedInputs[Part][P], call: SignedInCall) => Promise<ConsoleOutputs[Part][P]> | ConsoleOutputs[Part][P] };
type Stored = StoredDocument<'roster'>;

/** Nobody is asked about a month that is further ahead. */
const MONTHS_AHEAD = 12;
const WEEK_MS = 604_800_000;

/** Published months of duty (lịch trực đã công bố): editions, who has seen them, and shifts that people change between them. */
export function createPublished({ reader, writer, linkIsUp, correctedNowMs, station }: PublishedDeps): Handlers {
  const viewOf = ({ document, sync }: Stored, session: Session): DutyView =>
    viewOfRoster(reader, document, { sync: syncState(sync, linkIsUp()), session, ground: plan => groundOf(reader, document.siteId, plan) });
  const write = async (session: Session, name: DocumentIntent, payload: { id: Id } & Record<string, unknown>): Promise<DutyView> => {
    await writer.call('document.write', { actor: actorOf(session), name, payload, atMs: correctedNowMs() });
    const stored = readDocument(reader, 'roster', payload.id);
    if (stored === null) throw new AppError('document/not-found');
    return viewOf(stored, session);
  };
  const linesOf = ({ scope }: Session): DutyDesk[] => desksAt(enrolled(station()).site.tier).filter(desk => deskLines(desk).some(line => servicesIn(scope).includes(line)));
  const shown = (session: Session, service: DutyDesk, month: string): Stored | null => {
    const stored = readPublished(reader, enrolled(station()).site.id, service, month);
    return stored === null || !sees(session, stored.document) ? null : stored;
  };
  return {
    desks: (_input, { session }) => ({ desks: linesOf(session) }),
    published({ service, month }, { session }) {
      const stored = shown(session, service, month);
      return stored === null ? null : viewOf(stored, session);
    },
    publish({ plan, from, reason }, { session }) {
      const siteId = enrolled(station()).site.id;
      const { gaps, lacking, broken } = checkPlan(plan, groundOf(reader, siteId, plan));
      const empty = gaps.filter(({ is, need }) => is < need), isSound = empty.length + lacking.length + broken.length === 0;
      if (!isSound && (reason ?? '') === '') throw new AppError('roster/reason-needed');
      const id = rosterId(siteId, plan.service, plan.month);
      if (readDocument(reader, 'roster', id) !== null && readPublished(reader, siteId, plan.service, plan.month) === null) throw new AppError('roster/refused-here');
      const most = DUTY_LIMITS.lines;
      const accepted = isSound ? null : { reason, gaps: empty.slice(0, most), ...lacking.length > 0 && { lacking: lacking.slice(0, most) }, broken: broken.slice(0, most), more: Math.max(0, broken.length - most) };
      return write(session, 'roster.publish', { id, siteId, plan, from, accepted });
    },
    acknowledge: (input, { session }) => write(session, 'roster.acknowledge', input),
    ask: (input, { session }) => write(session, 'roster.ask', { ...input, askId: newId(correctedNowMs()) }),
    take: (input, { session }) => write(session, 'roster.take', input),
    approve(input, { session }) {
      const roster = readDocument(reader, 'roster', input.id)?.document, ask = roster?.asks.find(one => one.id === input.askId);
      // What law does not allow is approved with a reason, as it is published with one.
      if (input.reason === '' && roster !== undefined && ask !== undefined && isOpenAsk(ask) && sees(session, roster)) {
        const duty = dutyPlan(roster);
        if (breaksIn(duty, groundOf(reader, roster.siteId, duty))(ask).some(({ binds }) => binds === 'law')) throw new AppError('roster/why-needed');
      }
      return write(session, 'roster.approve', input);
    },
    end: (input, { session }) => write(session, 'roster.end', input),
    board(_input, { session }) {
      const nowMs = correctedNowMs();
      const nameOf = (id: Id): string => readNames(reader, [id])[id] ?? '';
      const { site } = enrolled(station());
      // The months that the board reaches into, of every desk, each read once.
      const around = [...new Set([-WEEK_MS, 0, WEEK_MS].map(by => monthDayOf(nowMs + by).month))];
      const ofSite = desksAt(site.tier).flatMap(desk => around.flatMap(month => readPublished(reader, site.id, desk, month)?.document ?? []));
      const shownOf = (service: DutyDesk, month: string): DutyRoster | null => ofSite.find(one => one.plan.service === service && one.plan.month === month && sees(session, one)) ?? null;
      const withTaker = (shift: BoardShift, personId: Id): BoardShift => {
        const roster = shift.running === undefined ? undefined : ofSite.find(one => one.id === shift.running?.id);
        if (shift.running === undefined || roster === undefined || shift.running.people.some(one => one.personId === personId)) return shift;
        return { ...shift, running: { ...shift.running, taker: takerLook({ roster, rosters: ofSite, rules: ruleBook(packOfMonth(reader, roster.plan.month)), fromMs: shift.fromMs, toMs: shift.toMs }, personId, nowMs) } };
      };
      const lines = linesOf(session).map(service => {
        const line = boardLine(service, nowMs, month => { const roster = shownOf(service, month); return roster === null ? null : dutyPlan(roster); });
        const rosterOfShift = (fromMs: number): DutyRoster | null => shownOf(service, monthDayOf(fromMs).month);
        const now = line.now.map(shift => withTaker(asItRuns(shift, rosterOfShift(shift.fromMs), nowMs, nameOf), session.personId));
        return { ...line, now, week: line.week?.map(({ dayMs, shifts }) => ({ dayMs, shifts: shifts.map(shift => asItWas(shift, rosterOfShift(shift.fromMs), nowMs, nameOf)) })) ?? null };
      });
      // A line is always on it; a desk that nobody plans duty for is not missed.
      return { lines: lines.filter(({ service, week, isPublished }) => isLine(service) || isPublished || week !== null) };
    },
    news(_input, { session }) {
      const nowMs = correctedNowMs();
      return newsOf(linesOf(session).flatMap(service => monthsFrom(nowMs).flatMap(month => shown(session, service, month)?.document ?? [])), session, nowMs);
    },
  };
}

function viewOfRoster(reader: Database, roster: DutyRoster, { sync, session, ground }: Pick<DutyView, 'sync'> & { session: Session; ground: (plan: RosterPlan) => Ground }): DutyView {
  const duty = dutyPlan(roster);
  const open = roster.asks.filter(isOpenAsk);
  const breaks = open.length === 0 ? () => [] : breaksIn(duty, ground(duty));
  const ids = [roster.published.byId, ...roster.changedIn.map(one => one.personId), ...(roster.attended ?? []).flatMap(one => [one.personId, one.insteadOfId]), ...roster.asks.flatMap(ask => [ask.personId, ask.byId, ask.toId, ask.taken?.personId, ask.ended?.byId])].filter(id => id !== null && id !== undefined);
  return {
    roster, duty, sync, approved: approvedOf(roster), names: readNames(reader, ids), breaks: Object.fromEntries(open.map(ask => [ask.id, breaks(ask)])),
    mustAcknowledge: hasToAcknowledge(roster, session.personId), waitingFor: roster.changedIn.map(one => one.personId).filter(id => hasToAcknowledge(roster, id)),
  };
}

/** What a wish would break of the months of both, once approved; nothing while nobody is to take it. */
function breaksIn(duty: RosterPlan, ground: Ground): (ask: DutyRoster['asks'][number]) => RosterBroken[] {
  const problem = problemOf(linePlanOf(duty, ground));
  const before = rosterOf(duty);
  return ask => {
    const toId = ask.taken?.personId ?? ask.toId;
    const members = toId === null ? null : exchanged(duty.members, ask, toId);
    if (members === null) return [];
    const then = { ...duty, members }, after = rosterOf(then);
    return duty.members.flatMap(({ personId }, member) => (personId !== ask.personId && personId !== toId ? []
      : newlyBroken(brokenOf({ plan: then, problem, ...ground }, member, after[member]!), brokenOf({ plan: duty, problem, ...ground }, member, before[member]!))));
  };
}

/** The month that it is and those that may be published ahead of it, yyyy-MM. */
function monthsFrom(nowMs: number): string[] {
  return Array.from({ length: MONTHS_AHEAD }).reduce<string[]>(months => [...months, monthBeside(months.at(-1)!, 1)], [monthDayOf(nowMs).month]);
}

function newsOf(rosters: readonly DutyRoster[], { personId, roles }: Session, nowMs: number): ConsoleOutputs[Part]['news'] {
  const each = rosters.map(roster => {
    const duty = dutyPlan(roster);
    const asks = roster.asks.filter(isOpenAsk);
    const isMine = (ask: DutyRoster['asks'][number]): boolean => ask.personId === personId || ask.taken?.personId === personId;
    return {
      service: roster.plan.service, month: roster.plan.month, acknowledge: hasToAcknowledge(roster, personId) ? 1 : 0,
      answer: !may(roles, 'roster.swap') ? 0 : asks.filter(ask => ask.state === 'asked' && !isMine(ask) && (ask.toId === null || ask.toId === personId) && canChange(duty, ask, personId, nowMs)).length,
      decide: !may(roles, 'roster.plan') ? 0 : asks.filter(ask => ask.taken !== null && !isMine(ask) && canChange(duty, ask, ask.taken.personId, nowMs)).length,
    };
  });
  const sum = (of: 'acknowledge' | 'answer' | 'decide'): number => each.reduce((all, one) => all + one[of], 0);
  return {
    acknowledge: sum('acknowledge'), answer: sum('answer'), decide: sum('decide'),
    places: each.map(({ service, month, acknowledge, answer, decide }) => ({ service, month, n: acknowledge + answer + decide })).filter(({ n }) => n > 0),
  };
}
