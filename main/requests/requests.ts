import type { ConsoleOutputs, ConsoleParsedInputs, Session } from '../../contract/console.ts';
import type { DocumentIntent } from '../../contract/documents/apply.ts';
import { sees } from '../../contract/documents/document.ts';
import { AppError } from '../../contract/errors.ts';
import { newId, type Id } from '../../contract/ids.ts';
import { isErased } from '../../contract/mutations/erase.ts';
import { actorOf } from '../../contract/mutations/facts.ts';
import { may } from '../../contract/permissions.ts';
import { RequestTyped, type RequestDetail, type RequestLine } from '../../contract/requests.ts';
import { parseDateTime } from '../../contract/time.ts';
import type { Database } from '../../db/database.ts';
import { countDocuments, readDocument, readDocuments, type StoredDocument } from '../../db/stores/documents.ts';
import { readForms } from '../../db/stores/form-texts.ts';
import { idOfNumber, readIssue } from '../../db/stores/issues.ts';
import { readNames } from '../../db/stores/org.ts';
import type { StationRecord, Writer } from '../../db/writer-api.ts';
import type { SignedInCall } from '../platform/call.ts';
import { enrolled } from '../platform/enrolled.ts';
import { syncState } from '../platform/sync-state.ts';

export interface RequestsDeps { reader: Database; writer: Writer; linkIsUp: () => boolean; correctedNowMs: () => number; station: () => StationRecord | null }

type Part = 'requests';
type Handlers = { [P in keyof ConsoleParsedInputs[Part]]: (input: ConsoleParsedInputs[Part][P], call: SignedInCall) => Promise<ConsoleOutputs[Part][P]> | ConsoleOutputs[Part][P] };

/** Whoever reads a request again within this time still looks at it. */
const ONE_LOOK_MS = 30 * 60_000;
const EMPTY: RequestTyped = { kind: '', name: '', phone: '', address: '', identified: 'not_yet', words: '', records: '', received: '' };

/** Requests of data subjects (yêu cầu của chủ thể dữ liệu): taken in, identified, answered or refused by a clause, against a clock of working days. Each look at one is on record. */
export function createRequests({ reader, writer, linkIsUp, correctedNowMs, station }: RequestsDeps): Handlers {
  const desk = (): StationRecord => enrolled(station());
  const lineOf = ({ document, sync }: StoredDocument<'request'>): RequestLine => ({
    id: document.id, kind: document.kind, name: document.subject.name, receivedAtMs: document.receivedAtMs, dueAtMs: document.dueAtMs, state: document.state, endedAtMs: document.ended?.atMs ?? null, isForgotten: isErased(document), sync: syncState(sync, linkIsUp()),
  });
  const looks = new Looks();
  const found = (session: Session, id: Id): StoredDocument<'request'> => {
    const stored = readDocument(reader, 'request', id);
    if (stored === null || !sees(session, stored.document)) throw new AppError('document/not-found');
    return stored;
  };
  /** @param formOf what the words were typed for: the request, or, for a new one, the workstation */
  const write = async (session: Session, name: DocumentIntent, payload: Record<string, unknown>, formOf: Id): Promise<void> => {
    await writer.call('document.write', { actor: actorOf(session), name, payload, atMs: correctedNowMs(), dropForm: { personId: session.personId, issueId: formOf, action: name } });
  };
  const detail = (session: Session, id: Id): RequestDetail => {
    const { document, sync } = found(session, id);
    const { extended, ended, notes, history, issueIds } = document;
    return {
      request: document, sync: syncState(sync, linkIsUp()), mayHandle: may(session.roles, 'request.handle') && document.state === 'open',
      names: readNames(reader, [...notes.map(one => one.byId), ...history.flatMap(one => [one.byId, one.deviceId]), ...[extended, ended].flatMap(one => (one === null ? [] : [one.byId]))]),
      records: issueIds.flatMap(issueId => {
        const issue = readIssue(reader, issueId)?.issue;
        return issue === undefined ? [] : [{ id: issueId, no: issue.displayNo ?? issue.provisionalNo }];
      }),
    };
  };
  const step = (name: DocumentIntent) => async (input: { id: Id }, { session }: SignedInCall): Promise<RequestDetail> => {
    await write(session, name, input, input.id);
    return detail(session, input.id);
  };
  return {
    news: (_input, { session: { scope } }) => ({
      open: countDocuments(reader, 'request', { scope, open: true }), overdue: countDocuments(reader, 'request', { scope, open: true, dueBeforeMs: correctedNowMs() }),
    }),
    list({ ended }, { session: { scope } }) {
      const [open, over] = [readDocuments(reader, 'request', { scope, open: true }), readDocuments(reader, 'request', { scope, open: false, count: ended })];
      return { lines: [...open, ...over].map(lineOf).sort(pressingFirst), left: countDocuments(reader, 'request', { scope, open: false }) - over.length };
    },
    async get({ id }, { session }) {
      const shown = detail(session, id);
      const atMs = correctedNowMs();
      if (looks.isAnother(session, id, atMs)) await writer.call('access.add', { atMs, personId: session.personId, issueId: null, ground: 'request', reason: '', records: 1, action: 'request.view', subject: id });
      return shown;
    },
    draft(_input, { session }) {
      const saved = readForms(reader, session.personId, desk().deviceId).find(form => form.action === 'request.receive');
      const typed = RequestTyped.safeParse(saved?.fields);
      return typed.success ? typed.data : EMPTY;
    },
    saveDraft: ({ typed, turn }, { session }) => writer.call('form.save', { personId: session.personId, issueId: desk().deviceId, action: 'request.receive', fields: typed, atMs: correctedNowMs(), turn }),
    async receive({ typed }, { session }) {
      const { name, phone, address, records, received, ...rest } = typed;
      const receivedAtMs = received.trim() === '' ? correctedNowMs() : parseDateTime(received) ?? unreadableTime();
      const issueIds = numbersIn(records).map(no => idOfNumber(reader, no) ?? unknownNumber(no));
      const id = newId(correctedNowMs());
      const { deviceId, site } = desk();
      await write(session, 'request.receive', { id, siteId: site.id, ...rest, subject: { name, phone, address }, issueIds: [...new Set(issueIds)], receivedAtMs }, deviceId);
      return detail(session, id);
    },
    identify: step('request.identify'), note: step('request.note'), extend: step('request.extend'), answer: step('request.answer'), refuse: step('request.refuse'),
  };
}

/** Who looks at which request: the screen asks again whenever something changes, and that is one look. */
class Looks {
  readonly #last = new Map<string, number>();

  /** Notes the look; false while it goes on from the one before, of the same person at the same sitting. */
  isAnother({ personId, signedInAtMs }: Session, id: Id, atMs: number): boolean {
    const key = `${personId} ${signedInAtMs} ${id}`;
    const before = this.#last.get(key);
    for (const [other, lastMs] of this.#last) if (atMs - lastMs > ONE_LOOK_MS) this.#last.delete(other);
    this.#last.set(key, atMs);
    return before === undefined || atMs - before > ONE_LOOK_MS;
  }
}

/** Numbers of records as people write them: apart by commas, semicolons, spaces or lines. */
function numbersIn(text: string): string[] {
  return text.split(/[\s,;]+/).filter(no => no !== '');
}

function unknownNumber(no: string): never {
  throw new AppError('request/no-such-record', { no });
}

function unreadableTime(): never {
  throw new AppError('request/received-when');
}

/** What is open first, the soonest due first; then what has ended, the newest first. */
function pressingFirst(a: RequestLine, b: RequestLine): number {
  if ((a.state === 'open') !== (b.state === 'open')) return a.state === 'open' ? -1 : 1;
  if (a.state !== 'open') return (b.endedAtMs ?? 0) - (a.endedAtMs ?? 0);
  return a.dueAtMs === b.dueAtMs ? a.receivedAtMs - b.receivedAtMs : (a.dueAtMs ?? Infinity) - (b.dueAtMs ?? Infinity);
}
