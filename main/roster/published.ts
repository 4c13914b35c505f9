import type { ConsoleOutputs, ConsoleParsedInputs, Session } from '../../contract/console.ts';
import type { DocumentIntent } from '../../contract/documents/apply.ts';
import type { DutyView } from '../../contract/documents/duty-calls.ts';
import { approvedOf, canChange, DUTY_LIMITS, dutyPlan, exchanged, hasToAcknowledge, isOpenAsk, type DutyRoster } from '../../contract/documents/duty-roster.ts';
import { sees } from '../../contract/documents/document.ts';
import { AppError } from '../../contract/errors.ts';
import { newId, type Id } from '../../contract/ids.ts';
import { actorOf } from '../../contract/mutations/facts.ts';
import { may } from '../../contract/permissions.ts';
import { ROSTER_LINES, type RosterBroken, type RosterLine, type RosterPlan } from '../../contract/roster.ts';
import { monthDayOf, rosterId } from '../../contract/roster-days.ts';
import type { Database } from '../../db/database.ts';
import { readDocument, readDocuments, type StoredDocument } from '../../db/stores/documents.ts';
import { REFUSED } from '../../db/stores/issues.ts';
import { readNames } from '../../db/stores/org.ts';
import type { StationRecord, Writer } from '../../db/writer-api.ts';
import type { SignedInCall } from '../platform/call.ts';
import { enrolled } from '../platform/enrolled.ts';
import { syncState } from '../platform/sync-state.ts';
import { boardLine } from './board.ts';
import { broughtBy, monthBefore } from './month-before.ts';
import { readPublished } from './read-published.ts';
import { brokenOf, checkPlan, linePlanOf, newlyBroken, rosterOf, type Brought } from './plan-check.ts';
import { problemOf } from './model.ts';

export interface PublishedDeps { reader: Database; writer: Writer; linkIsUp: () => boolean; correctedNowMs: () => number; station: () => StationRecord | null }

type Part = 'rosters';
type Names = 'published' | 'publish' | 'acknowledge' | 'ask' | 'take' | 'approve' | 'end' | 'board' | 'news';
type Handlers = { [P in Names]: (input: ConsoleParsedInputs[Part][P], call: SignedInCall) => Promise<ConsoleOutputs[Part][P]> | ConsoleOutputs[Part][P] };
type Stored = StoredDocument<'roster'>;

/** Published months of duty (lịch trực đã công bố): editions, who has seen them, and shifts that people change between them. */
export function createPublished({ reader, writer, linkIsUp, correctedNowMs, station }: PublishedDeps): Handlers {
  const viewOf = ({ document, sync }: Stored, session: Session): DutyView =>
    viewOfRoster(reader, document, { sync: syncState(sync, linkIsUp()), session, brought: plan => broughtBy(plan, monthBefore(reader, document.siteId, plan)) });
  const write = async (session: Session, name: DocumentIntent, payload: { id: Id } & Record<string, unknown>): Promise<DutyView> => {
    await writer.call('document.write', { actor: actorOf(session), name, payload, atMs: correctedNowMs() });
    const stored = readDocument(reader, 'roster', payload.id);
    if (stored === null) throw new AppError('document/not-found');
    return viewOf(stored, session);
  };
  const linesOf = ({ scope }: Session): RosterLine[] => ROSTER_LINES.filter(line => scope.services === null || scope.services.includes(line));
  return {
    published({ service, month }, { session }) {
      const stored = readPublished(reader, enrolled(station()).site.id, service, month);
      return stored === null || !sees(session, stored.document) ? null : viewOf(stored, session);
    },
    publish({ plan, from, reason }, { session }) {
      const siteId = enrolled(station()).site.id;
      const { gaps, broken } = checkPlan(plan, broughtBy(plan, monthBefore(reader, siteId, plan)));
      const lacking = gaps.filter(({ is, need }) => is < need);
      if (lacking.length + broken.length > 0 && (reason ?? '') === '') throw new AppError('roster/reason-needed');
      const id = rosterId(siteId, plan.service, plan.month);
      if (readDocument(reader, 'roster', id) !== null && readPublished(reader, siteId, plan.service, plan.month) === null) throw new AppError('roster/refused-here');
      const most = DUTY_LIMITS.lines;
      const accepted = lacking.length + broken.length === 0 ? null : { reason, gaps: lacking.slice(0, most), broken: broken.slice(0, most), more: Math.max(0, broken.length - most) };
      return write(session, 'roster.publish', { id, siteId, plan, from, accepted });
    },
    acknowledge: (input, { session }) => write(session, 'roster.acknowledge', input),
    ask: (input, { session }) => write(session, 'roster.ask', { ...input, askId: newId(correctedNowMs()) }),
    take: (input, { session }) => write(session, 'roster.take', input),
    approve: (input, { session }) => write(session, 'roster.approve', input),
    end: (input, { session }) => write(session, 'roster.end', input),
    board(_input, { session }) {
      const { site } = enrolled(station());
      return { lines: linesOf(session).map(service => boardLine(service, correctedNowMs(), month => { const stored = readPublished(reader, site.id, service, month); return stored === null || !sees(session, stored.document) ? null : dutyPlan(stored.document); })) };
    },
    news: (_input, { session }) => newsOf(readDocuments(reader, 'roster', { scope: { ...session.scope, siteIds: [enrolled(station()).site.id] } })
      .filter(({ document, sync }) => sees(session, document) && !(sync === REFUSED && document.version === 0)).map(({ document }) => document), session, correctedNowMs()),
  };
}

function viewOfRoster(reader: Database, roster: DutyRoster, { sync, session, brought }: Pick<DutyView, 'sync'> & { session: Session; brought: (plan: RosterPlan) => Brought }): DutyView {
  const duty = dutyPlan(roster);
  const ids = [roster.published.byId, ...roster.changedIn.map(one => one.personId), ...roster.asks.flatMap(ask => [ask.personId, ask.byId, ask.toId, ask.taken?.personId, ask.ended?.byId])].filter(id => id !== null && id !== undefined);
  return {
    roster, duty, sync, approved: approvedOf(roster), names: readNames(reader, ids), breaks: Object.fromEntries(roster.asks.filter(isOpenAsk).map(ask => [ask.id, breaksOf(duty, ask, brought)])),
    mustAcknowledge: hasToAcknowledge(roster, session.personId), waitingFor: roster.changedIn.map(one => one.personId).filter(id => hasToAcknowledge(roster, id)),
  };
}

/** What a wish would break of the months of both, once approved; nothing while nobody is to take it. */
function breaksOf(duty: RosterPlan, ask: DutyRoster['asks'][number], brought: (plan: RosterPlan) => Brought): RosterBroken[] {
  const toId = ask.taken?.personId ?? ask.toId;
  const members = toId === null ? null : exchanged(duty.members, ask, toId);
  if (members === null) return [];
  const then = { ...duty, members };
  const problem = problemOf(linePlanOf(duty, brought(duty)));
  const [before, after] = [rosterOf(duty), rosterOf(then)];
  return duty.members.flatMap(({ personId }, member) => (personId !== ask.personId && personId !== toId ? []
    : newlyBroken(brokenOf(then, problem, member, after[member]!), brokenOf(duty, problem, member, before[member]!))));
}

function newsOf(rosters: readonly DutyRoster[], { personId, roles }: Session, nowMs: number): ConsoleOutputs[Part]['news'] {
  const each = rosters.filter(({ plan }) => plan.month >= monthDayOf(nowMs).month).map(roster => {
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
