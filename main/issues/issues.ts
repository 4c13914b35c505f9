import type { ConsoleOutputs, ConsoleParsedInputs, Session } from '../../contract/console.ts';
import type { OnDuty } from '../../contract/duty.ts';
import type { IntentName } from '../../contract/documents/apply.ts';
import { sees } from '../../contract/documents/document.ts';
import type { Id } from '../../contract/ids.ts';
import { actorOf } from '../../contract/mutations/facts.ts';
import type { MutationName } from '../../contract/mutations/payloads.ts';
import { mayFindByPerson } from '../../contract/personal.ts';
import { surveyWindowMs } from '../../contract/policy/survey.ts';
import type { QueueView } from '../../contract/queue.ts';
import { AppError } from '../../contract/errors.ts';
import { inScope, servicesIn } from '../../contract/org.ts';
import type { Database } from '../../db/database.ts';
import { readAttentionFor } from '../../db/stores/attention.ts';
import { kindOfDocument, readDocument } from '../../db/stores/documents.ts';
import { readDrafts } from '../../db/stores/drafts.ts';
import { createIssueQueries, isAnsweredEarly } from '../../db/stores/issue-queries.ts';
import { createIssueSearch } from '../../db/stores/issue-search.ts';
import { readCaseOf, readParts } from '../../db/stores/cases.ts';
import { readForms, type FormPlace } from '../../db/stores/form-texts.ts';
import { readIssue } from '../../db/stores/issues.ts';
import { readAreas, readNames } from '../../db/stores/org.ts';
import { readPolicyBook } from '../../db/stores/policy.ts';
import type { DbChange, StationRecord, Writer } from '../../db/writer-api.ts';
import type { Call, SignedInCall } from '../platform/call.ts';
import type { Clock } from '../platform/clock.ts';
import { caseLine, issueDetail, readerOf, requireVisible } from './detail.ts';
import { queueCounts } from './filter.ts';
import { createBulk } from './bulk/bulk.ts';
import { extraWords, queuePage } from './page.ts';
import { QueueState, type IssueNews } from './queue-state.ts';
import { createSavedViews } from './saved-views.ts';
import { Search } from './search.ts';
import { accessOf, openingOf, requireOwnToEdit } from './personal.ts';
import { similarRecords } from './similar.ts';
import { findByCode, isAnsweredBeside, requireUnanswered } from './survey/codes.ts';
import { Sheet } from './sheet.ts';
import { Views } from './views.ts';
import { Vocabulary } from './vocabulary.ts';
import { wallboard } from './wallboard.ts';

export interface IssuesDeps {
  reader: Database; writer: Writer; clock: Clock;
  /** Device time corrected by the last known server offset, ms: what mutations are dated with. */
  correctedNowMs: () => number;
  linkIsUp: () => boolean;
  station: () => StationRecord | null;
  onDuty: OnDuty;
}

type Part = 'issues';
type Handlers = { [P in keyof ConsoleParsedInputs[Part]]: (input: ConsoleParsedInputs[Part][P], call: P extends 'wallboard' ? Call : SignedInCall) => Promise<ConsoleOutputs[Part][P]> | ConsoleOutputs[Part][P] };

const MAX_PAGE = 500;

export type Issues = ReturnType<typeof createIssues>;

/**
 * The queue, single records, drafts, half-written step forms and every change to a record.
 *
 * @returns `handlers` for the contract's part `issues`, `bulk` and `savedViews` for theirs; `freshCounts` brings a committed change into the open lists and
 *   tells the news (call it for each `DbChange`, in order); `onNews` hears of news that come later, after a large change;
 *   `rowsOf` gives the rids of an open list, `chosenOf` those that are marked in it; `loadSheet` reads the sheet, to be started once the first page is on its way
 */
export function createIssues(deps: IssuesDeps) {
  const { reader, clock } = deps;
  const queries = createIssueQueries(reader);
  const vocabulary = new Vocabulary();
  const sheet = new Sheet(queries);
  const search = new Search({ sheet, search: createIssueSearch(reader), queries, vocabulary });
  const windowMs = (): number => surveyWindowMs(readPolicyBook(reader).at(deps.correctedNowMs()));
  const views = new Views({ sheet, text: search, clock, surveyWindowMs: windowMs });
  const state = new QueueState({ sheet, views, queries, vocabulary });
  const handlers: Handlers = { ...queueHandlers(deps, { sheet, views, search, queries, state, windowMs }), ...recordHandlers(deps), ...draftHandlers(deps), ...formHandlers(deps), ...wallHandlers(deps, sheet) };
  const bulk = createBulk({ ...deps, views, queries });
  return {
    handlers,
    bulk: bulk.handlers,
    savedViews: createSavedViews(deps),
    freshCounts: (change: DbChange): IssueNews => state.noteChange(change),
    onNews: (listener: (news: IssueNews) => void): (() => void) => state.onNews(listener),
    rowsOf: (viewId: string, session: Session): Int32Array => views.all(viewId, session),
    chosenOf: (viewId: string, session: Session): Int32Array => Int32Array.from(views.chosen(viewId, session, Infinity).rids),
    loadSheet: (): Promise<void> => state.load(),
    async close(): Promise<void> {
      await bulk.close();
      state.close();
    },
  };
}

/** The board tells of no person, so it goes on over a locked desk; who is signed in says whose records it counts. */
function wallHandlers({ reader, correctedNowMs, station }: IssuesDeps, sheet: Sheet) {
  return {
    wallboard(_input, { session }) {
      if (session === null) throw new AppError('auth/not-signed-in');
      return wallboard({ sheet, reader, siteName: station()?.site.name ?? '', nowMs: correctedNowMs() }, session);
    },
  } satisfies Pick<Handlers, 'wallboard'>;
}

/** What the parts of the queue that answer screens share. */
interface QueueParts { sheet: Sheet; views: Views; search: Search; queries: ReturnType<typeof createIssueQueries>; state: QueueState; windowMs: () => number }

function queueHandlers({ reader, clock, linkIsUp, onDuty }: IssuesDeps, { sheet, views, search, queries, state, windowMs }: QueueParts) {
  /** Before the sheet is loaded, open records by urgency come from the table; any other list waits for the sheet. */
  async function openView(input: ConsoleParsedInputs['issues']['openView'], viewer: Session): Promise<QueueView> {
    const { filter, sort, keepChosenOf } = input;
    const more = { keepChosenOf, byPerson: mayFindByPerson(readerOf(viewer, onDuty)) };
    if (sheet.isLoaded) return views.open(filter, sort, viewer, more);
    if (!isAnsweredEarly(filter, sort)) {
      await state.load();
      return views.open(filter, sort, viewer, more);
    }
    return views.open(filter, sort, viewer, { ...more, ready: queries.openRids(filter, sort.descending, viewer, clock.nowMs()) });
  }
  return {
    openView: (input, { session }) => openView(input, session),
    page({ viewId, start, end, columns = [] }, { session }) {
      const places = views.page(viewId, session, start, Math.min(end, start + MAX_PAGE));
      const extra = columns.length === 0 ? null : extraWords(columns, queries.extraRows(places.rids), ids => readNames(reader, ids));
      return queuePage(places, queries.pageRows(places.rids), session.scope, linkIsUp(), extra);
    },
    positionOf({ viewId, id }, { session }) {
      const rid = queries.rid(id);
      return { position: rid === null ? null : views.position(viewId, session, rid) };
    },
    closeView({ viewId }, { session }) {
      views.close(viewId, session);
      return {};
    },
    choose: ({ viewId, steps }, { session }) => ({ chosen: views.choose(viewId, session, steps) }),
    counts: (_input, { session }) => queueCounts(sheet, session, { nowMs: () => clock.nowMs(), windowMs: windowMs() }),
    search: ({ text, limit }, { session }) => search.hits(text, limit, session.scope, mayFindByPerson(readerOf(session, onDuty))),
  } satisfies Pick<Handlers, 'openView' | 'page' | 'positionOf' | 'closeView' | 'choose' | 'counts' | 'search'>;
}

function recordHandlers({ reader, writer, correctedNowMs, linkIsUp, onDuty }: IssuesDeps) {
  const detail = (id: Id, { session }: SignedInCall, revealed: boolean) => {
    const stored = requireVisible(readIssue(reader, id), session);
    return issueDetail(stored, session, {
      names: ids => readNames(reader, ids), refusals: issueId => readAttentionFor(reader, issueId), isLinkUp: linkIsUp(), revealed, access: accessOf(stored.issue, session, onDuty),
      now: { atMs: correctedNowMs(), policy: readPolicyBook(reader) }, isAnsweredBeside: isAnsweredBeside(reader, stored.issue), caseOf: { root: readCaseOf(reader, id), parts: readParts(reader, id) },
      line: other => { const found = readIssue(reader, other); return found === null || !inScope(session.scope, found.issue) ? null : caseLine(found.issue); },
    });
  };
  return {
    get: ({ id }, call) => detail(id, call, false),
    async reveal({ id, reason }, call) {
      const opening = openingOf(requireVisible(readIssue(reader, id), call.session).issue, call.session, onDuty, reason);
      const revealed = detail(id, call, true);
      // Written before it is shown: whoever has seen a reporter's name is on record, whatever happens next.
      await writer.call('access.add', {
        atMs: correctedNowMs(), personId: call.session.personId, issueId: id, ...opening, records: 1,
        action: opening.reason === '' ? 'reporter.reveal' : `reporter.${opening.ground}`, subject: [id, opening.reason].join(' ').trim(),
      });
      return revealed;
    },
    bySurveyCode: ({ text }, { session }) => findByCode(reader, text, session, { actor: actorOf(session), atMs: correctedNowMs(), policy: readPolicyBook(reader) }),
    similar: (input, { session }) => similarRecords(reader, mayFindByPerson(readerOf(session, onDuty)) ? input : { ...input, phone: '' },
      { scope: session.scope, pack: readPolicyBook(reader).at(input.receivedAtMs), areas: readAreas(reader) }),
    async mutate({ name, payload, draftId, andThen = [] }, { session }) {
      // Its file must be here first: `attachments.finish` writes it.
      if (name === 'issue.attach' || andThen.some(step => step.name === 'issue.attach')) throw new AppError('input/invalid', { field: 'name' });
      for (const step of [{ name, payload }, ...andThen]) {
        requireOwnToEdit(reader, step, session, onDuty);
        requireUnanswered(reader, step);
      }
      const { id, provisionalNo } = await writer.call('issue.mutate', {
        actor: actorOf(session), name: name as MutationName, payload, atMs: correctedNowMs(), draftId,
        andThen: andThen.map(step => ({ name: step.name as MutationName, payload: step.payload })),
      });
      return { id, provisionalNo };
    },
  } satisfies Pick<Handlers, 'get' | 'reveal' | 'bySurveyCode' | 'similar' | 'mutate'>;
}

function draftHandlers({ reader, writer, correctedNowMs }: IssuesDeps) {
  return {
    startDraft: ({ service }, { session }) => {
      // Told before the caller is asked anything: what is written in it could never be received.
      if (!servicesIn(session.scope).includes(service)) throw new AppError('issue/outside-scope', { service });
      return writer.call('draft.start', { personId: session.personId, service, atMs: correctedNowMs() });
    },
    saveDraft: ({ id, service, fields, turn }, { session }) =>
      writer.call('draft.save', { id, personId: session.personId, service, fields, atMs: correctedNowMs(), turn }),
    async removeDraft({ id }, { session }) {
      await writer.call('draft.remove', { id, personId: session.personId });
      return {};
    },
    drafts: (_input, { session }) => readDrafts(reader, session.personId),
  } satisfies Pick<Handlers, 'startDraft' | 'saveDraft' | 'removeDraft' | 'drafts'>;
}

/** The person's own half-written forms of a record or a document that they may read; nobody is told of another person's. */
function formHandlers({ reader, writer, correctedNowMs }: IssuesDeps) {
  const placeOf = ({ id, action, personId }: ConsoleParsedInputs['issues']['removeForm'], session: Session): FormPlace => {
    if (personId !== session.personId) throw new AppError('auth/forbidden');
    return { personId, issueId: id, action: action as IntentName };
  };
  const requireReadable = (id: Id, session: Session): void => {
    const kind = kindOfDocument(reader, id);
    if (kind === null) requireVisible(readIssue(reader, id), session);
    else if (!sees(session, readDocument(reader, kind, id)!.document)) throw new AppError('document/not-found');
  };
  return {
    forms({ id }, { session }) {
      requireReadable(id, session);
      return readForms(reader, session.personId, id);
    },
    saveForm(input, { session }) {
      const place = placeOf(input, session);
      requireReadable(input.id, session);
      return writer.call('form.save', { ...place, fields: input.fields, atMs: correctedNowMs(), turn: input.turn });
    },
    async removeForm(input, { session }) {
      await writer.call('form.remove', { ...placeOf(input, session), turn: input.turn });
      return {};
    },
  } satisfies Pick<Handlers, 'forms' | 'saveForm' | 'removeForm'>;
}
