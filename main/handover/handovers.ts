import type { ConsoleOutputs, ConsoleParsedInputs, Session } from '../../contract/console.ts';
import type { DocumentIntent } from '../../contract/documents/apply.ts';
import { sees, worksAll } from '../../contract/documents/document.ts';
import { isUnread, type Handover, type HandoverContent } from '../../contract/documents/handover.ts';
import { AppError } from '../../contract/errors.ts';
import { HANDOVER_PAGE, HandoverTyped, type HandoverDetail, type HandoverDraft, type HandoverLine, type HandoverNews } from '../../contract/handovers.ts';
import { newId, type Id } from '../../contract/ids.ts';
import { actorOf } from '../../contract/mutations/facts.ts';
import { may } from '../../contract/permissions.ts';
import { compareByGivenName } from '../../contract/text.ts';
import type { Database } from '../../db/database.ts';
import { servicesIn, type Service } from '../../contract/org.ts';
import { countDocuments, readDocument, readDocuments, readLastTakenMs, readTakenLines, type StoredDocument } from '../../db/stores/documents.ts';
import { readForms } from '../../db/stores/form-texts.ts';
import { readSince, type HandoverPlace } from '../../db/stores/handover-figures.ts';
import { readNames, readPeople, readPerson } from '../../db/stores/org.ts';
import type { StationRecord, Writer } from '../../db/writer-api.ts';
import type { SignedInCall } from '../platform/call.ts';
import { enrolled } from '../platform/enrolled.ts';
import { syncState } from '../platform/sync-state.ts';
import { digestOf, fill, type DeskFacts } from './fill.ts';

export interface HandoversDeps {
  reader: Database; writer: Writer; linkIsUp: () => boolean; correctedNowMs: () => number; station: () => StationRecord | null;
  /** What this desk knows of itself at this moment. */
  facts: (session: Session) => DeskFacts;
  /** Who somebody is who gives their password for one signature; nobody's session changes. */
  check: (login: string, password: string) => Promise<Session>;
  /** That person sits at the desk from now on. */
  takeDesk: (session: Session) => Promise<void>;
  /** A shift has been handed over, both have signed: by whom, to whom, and since when it was theirs, ms. */
  onTaken?: (taken: { goerId: Id; taker: Session; fromMs: number; lines: readonly Service[] }) => Promise<void>;
}

type Part = 'handovers';
type Handlers = { [P in keyof ConsoleParsedInputs[Part]]: (input: ConsoleParsedInputs[Part][P], call: SignedInCall) => Promise<ConsoleOutputs[Part][P]> | ConsoleOutputs[Part][P] };

/** Records since the first signature that are listed. */
const SINCE_SHOWN = 30;
/** What was handed over longer ago than this calls for nobody's eyes any more. */
const UNREAD_FOR_MS = 48 * 3_600_000;
/** A shift is signed within so long after it began to be written. */
const DAY_MS = 24 * 3_600_000;
const EMPTY: HandoverTyped = { shiftName: '', fromMs: null, next: {}, warnings: [], faults: [], instructions: '', notes: '' };

/** Shift handovers (bàn giao ca): filled from the queue, signed by both sides with their own password, read by who comes after. */
export function createHandovers(deps: HandoversDeps): Handlers {
  const { reader, writer, correctedNowMs } = deps;
  /** @param by who signs; what had been typed for it, in the form of `typedAs`, is of whoever is signed in */
  const write = async (by: Session, name: DocumentIntent, payload: { id: Id } & Record<string, unknown>, { personId }: Session, typedAs = name): Promise<void> => {
    await writer.call('document.write', { actor: actorOf(by), name, payload, atMs: correctedNowMs(), dropForm: { personId, issueId: payload.id, action: typedAs } });
  };
  const detail = (session: Session, id: Id): HandoverDetail => detailOf(deps, session, found(reader, session, id));
  return {
    ...giving(deps),
    news: (_input, { session }): HandoverNews => newsOf(readDocuments(reader, 'handover', { scope: session.scope, sinceMs: correctedNowMs() - UNREAD_FOR_MS - DAY_MS }), session, correctedNowMs()),
    list: ({ start }, { session: { scope }, session }) => ({
      total: countDocuments(reader, 'handover', { scope }), lines: readDocuments(reader, 'handover', { scope, start, count: HANDOVER_PAGE }).map(stored => lineOf(deps, stored, session)),
    }),
    get: ({ id }, { session }) => detail(session, id),
    async take({ id, digest, login, password, remark, takesDesk }, { session }) {
      const { document } = found(reader, session, id);
      if (digestOf(document.content) !== document.digest) throw new AppError('handover/changed');
      const taker = await signerOf(deps, session, login, password);
      await write(taker, 'handover.take', { id, digest, remark }, session);
      await deps.onTaken?.({ goerId: document.given.byId, taker, fromMs: document.content.fromMs, lines: document.lines as Service[] });
      if (takesDesk && taker.personId !== session.personId) await deps.takeDesk(taker);
      return detail(taker, id);
    },
    async refuse({ id, login, password, reason }, { session }) {
      found(reader, session, id);
      await write(await signerOf(deps, session, login, password), 'handover.refuse', { id, reason }, session, 'handover.take');
      return detail(session, id);
    },
    async withdraw({ id, reason }, { session }) {
      await write(session, 'handover.withdraw', { id, reason }, session);
      return detail(session, id);
    },
    async remark({ id, text }, { session }) {
      await write(session, 'handover.remark', { id, text }, session);
      return detail(session, id);
    },
    async markRead({ id }, { session }) {
      if (isUnread(found(reader, session, id).document, session.personId)) await write(session, 'handover.read', { id }, session);
      return {};
    },
  };
}

/** So many fillings of a form may be signed, the newest ones: an answer that was on its way when the figures were closed comes after them. */
const SHOWN = 8;

/** Writing one: what is typed is kept at once, what is signed is what was shown, by its digest. */
function giving(deps: HandoversDeps): Pick<Handlers, 'draft' | 'saveDraft' | 'give'> {
  const { reader, writer, correctedNowMs } = deps;
  const shown = new Map<Id, { digest: string; content: HandoverContent }[]>();
  const desk = (): StationRecord => enrolled(deps.station());
  return {
    draft(_input, { session }): HandoverDraft {
      const saved = readForms(reader, session.personId, desk().deviceId).find(form => form.action === 'handover.give');
      const parsed = HandoverTyped.safeParse(saved?.fields);
      const typed = parsed.success ? parsed.data : EMPTY;
      const place = { siteId: desk().site.id, lines: linesOf(session, typed) };
      const content = fill({ reader, place, nowMs: correctedNowMs(), typed, fromMs: typed.fromMs ?? takenOverMs(reader, place) ?? session.signedInCorrectedMs ?? session.signedInAtMs, facts: deps.facts(session) });
      const digest = digestOf(content);
      shown.set(session.personId, [{ digest, content }, ...shown.get(session.personId) ?? []].slice(0, SHOWN));
      return { typed, savedAtMs: saved?.savedAtMs ?? null, content, site: desk().site.name, digest };
    },
    async saveDraft({ typed, turn }, { session }) {
      return writer.call('form.save', { personId: session.personId, issueId: desk().deviceId, action: 'handover.give', fields: typed, atMs: correctedNowMs(), turn });
    },
    async give({ digest, password }, { session }) {
      const content = shown.get(session.personId)?.find(one => one.digest === digest)?.content;
      if (content === undefined) throw new AppError('handover/changed');
      const signer = await confirmed(deps, session, password);
      const id = newId(correctedNowMs());
      const { deviceId, site } = desk();
      await writer.call('document.write', {
        actor: actorOf(signer), name: 'handover.give', payload: { id, siteId: site.id, content, digest }, atMs: correctedNowMs(), dropForm: { personId: session.personId, issueId: deviceId, action: 'handover.give' },
      });
      shown.delete(session.personId);
      return detailOf(deps, session, found(reader, session, id));
    },
  };
}

/** @throws {AppError} `document/not-found`, also for one of lines that the person does not see */
function found(reader: Database, session: Session, id: Id): StoredDocument<'handover'> {
  const stored = readDocument(reader, 'handover', id);
  if (stored === null || !sees(session, stored.document)) throw new AppError('document/not-found');
  return stored;
}

/** Their own password, whoever's desk it is: a signature is not a click. */
async function confirmed(deps: HandoversDeps, session: Session, password: string): Promise<Session> {
  const person = readPerson(deps.reader, session.personId);
  if (person === null) throw new AppError('auth/unknown-person');
  return deps.check(person.login, password);
}

/** Active people of the site beside who asks who work all of the lines and may sign, by given name. */
function takersOf(reader: Database, { siteId, lines, given }: Handover, { personId }: Session): HandoverDetail['takers'] {
  return readPeople(reader)
    .filter(person => person.active && person.siteId === siteId && person.id !== given.byId && person.id !== personId && may(person.roles, 'handover.sign') && (person.services.length === 0 || lines.every(line => person.services.includes(line))))
    .sort((a, b) => compareByGivenName(a.name, b.name)).map(({ login, name, title }) => ({ login, name, title }));
}

/** The lines that the form hands over: those of the person that were chosen, all of them where none was. */
function linesOf({ scope }: Session, { lines }: HandoverTyped): Service[] {
  const own = servicesIn(scope);
  const chosen = own.filter(line => lines?.includes(line) === true);
  return chosen.length === 0 ? own : chosen;
}

/** Since when nobody has taken some of these lines over: the handover before of the line that has waited longest; null where there was none. */
function takenOverMs(reader: Database, { siteId, lines }: HandoverPlace): number | null {
  const before = lines.flatMap(line => readLastTakenMs(reader, siteId, line) ?? []);
  return before.length === 0 ? null : Math.min(...before);
}

/** Who signs: whoever is signed in, or another person who has come to this desk. */
function signerOf(deps: HandoversDeps, session: Session, login: string | null, password: string): Promise<Session> {
  return login === null ? confirmed(deps, session, password) : deps.check(login, password);
}

/** Whether others have taken every line of the person over since: they are off duty, signed in or not. Who hands over one of several lines goes on in the others. */
export function isRelieved(reader: Database, { personId, scope }: Pick<Session, 'personId' | 'scope'>, sinceMs: number): boolean {
  const taken = readTakenLines(reader, personId, sinceMs);
  return servicesIn(scope).every(line => taken.has(line));
}

const callsFor = (handover: Handover, session: Session, nowMs: number): boolean =>
  isUnread(handover, session.personId) && nowMs - handover.content.toMs < UNREAD_FOR_MS && may(session.roles, 'handover.sign');

function newsOf(seen: readonly StoredDocument<'handover'>[], session: Session, nowMs: number): HandoverNews {
  const offered = seen.find(({ document }) => document.state === 'offered' && document.given.byId !== session.personId && worksAll(session, document) && callsFor(document, session, nowMs));
  return { unread: seen.filter(({ document }) => callsFor(document, session, nowMs)).length, offered: offered?.document.id ?? null };
}

function lineOf({ reader, linkIsUp, correctedNowMs }: HandoversDeps, { document, sync }: StoredDocument<'handover'>, session: Session): HandoverLine {
  const { id, lines, content, state, given, taken } = document;
  const names = readNames(reader, [given.byId, ...(taken === null ? [] : [taken.byId])]);
  return {
    id, lines: [...lines], shiftName: content.shiftName, fromMs: content.fromMs, toMs: content.toMs, state, givenBy: names[given.byId] ?? '',
    takenBy: taken === null ? null : names[taken.byId] ?? '', sync: syncState(sync, linkIsUp()), unread: callsFor(document, session, correctedNowMs()),
  };
}

function detailOf({ reader, linkIsUp, correctedNowMs }: HandoversDeps, session: Session, { document, sync }: StoredDocument<'handover'>): HandoverDetail {
  const { given, taken, ended, remarks, readBy, state } = document;
  const people = [given, ...(taken === null ? [] : [taken]), ...(ended === null ? [] : [ended])];
  const isOffered = state === 'offered';
  const takers = isOffered ? takersOf(reader, document, session) : [];
  const since = ended === null ? readSince(reader, document, { afterMs: document.content.toMs, untilMs: taken?.atMs ?? correctedNowMs(), limit: SINCE_SHOWN, except: document.content.records.map(record => record.id) }) : [];
  return {
    handover: document, sync: syncState(sync, linkIsUp()), intact: digestOf(document.content) === document.digest, unread: callsFor(document, session, correctedNowMs()), since, takers,
    names: readNames(reader, [document.siteId, ...people.flatMap(({ byId, deviceId }) => [byId, deviceId]), ...remarks.map(one => one.byId), ...readBy.map(one => one.byId)]),
    mayTake: isOffered && may(session.roles, 'handover.sign'),
    mayWithdraw: isOffered && may(session.roles, 'handover.sign') && (given.byId === session.personId || session.roles.includes('ca_truong')),
    mayRemark: may(session.roles, 'handover.sign'),
  };
}
