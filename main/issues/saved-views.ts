import type { ConsoleOutputs, ConsoleParsedInputs, Session } from '../../contract/console.ts';
import type { DocumentIntent } from '../../contract/documents/apply.ts';
import type { SharedView } from '../../contract/documents/view.ts';
import { AppError } from '../../contract/errors.ts';
import { newId, type Id } from '../../contract/ids.ts';
import { actorOf } from '../../contract/mutations/facts.ts';
import { may } from '../../contract/permissions.ts';
import { ViewBody, type SavedView, type SavedViews } from '../../contract/saved-view.ts';
import type { Database } from '../../db/database.ts';
import { readDocument, readDocuments, type StoredDocument } from '../../db/stores/documents.ts';
import { REFUSED } from '../../db/stores/issues.ts';
import { readDefaultView, readSavedViews } from '../../db/stores/saved-views.ts';
import type { Writer } from '../../db/writer-api.ts';
import type { SignedInCall } from '../platform/call.ts';
import type { Clock } from '../platform/clock.ts';

type Part = 'savedViews';
type Handlers = { [P in keyof ConsoleParsedInputs[Part]]: (input: ConsoleParsedInputs[Part][P], call: SignedInCall) => Promise<ConsoleOutputs[Part][P]> | ConsoleOutputs[Part][P] };

const MAX_VIEWS = 40;
/** Shared views of a site that are looked at. */
const MAX_SHARED = 400;

const shownAs = ({ body, id, siteId, ownerId, savedAtMs }: SharedView): SavedView => ({ ...body, id, scope: 'site', siteId, ownerId, savedAtMs });

/**
 * The lists of the queue that a person has kept under a name, those that are shared with everybody at the site, and with which of them their queue opens. Personal ones
 * stay on this workstation; shared ones are documents that replicate, changed by whoever may share. Behind a shared view its owner's personal one is kept: it is theirs
 * again if sharing is refused, or ended by another.
 */
export function createSavedViews({ reader, writer, clock, correctedNowMs }: { reader: Database; writer: Writer; clock: Clock; correctedNowMs: () => number }): Handlers {
  const byName = new Intl.Collator('vi', { numeric: true });
  // One that the province has refused to take in is kept for whoever shared it to see why, and is shared with nobody.
  const standing = ({ document, sync }: StoredDocument<'view'>): SharedView[] => (sync === REFUSED && document.version === 0 ? [] : [document]);
  const documentOf = (id: Id): SharedView | undefined => {
    const stored = readDocument(reader, 'view', id);
    return stored === null ? undefined : standing(stored)[0];
  };
  const isShared = (id: Id): boolean => documentOf(id)?.removedAtMs === null;
  const standsAsShared = (id: Id, { personId }: Session): boolean => {
    const document = documentOf(id);
    return document !== undefined && (document.removedAtMs === null || document.history.at(-1)?.byId === personId);
  };
  const mine = (session: Session): SavedView[] => readSavedViews(reader, session).filter(view => !standsAsShared(view.id, session));
  const shared = (session: Session): SavedView[] => readDocuments(reader, 'view', { scope: { ...session.scope, siteIds: [session.siteId] }, count: MAX_SHARED })
    .flatMap(standing).filter(({ removedAtMs }) => removedAtMs === null).map(shownAs);
  const viewsOf = (session: Session): SavedView[] => [...mine(session), ...shared(session)].sort((a, b) => byName.compare(a.name, b.name));
  const write = async (session: Session, name: DocumentIntent, payload: Record<string, unknown>): Promise<void> => {
    await writer.call('document.write', { actor: actorOf(session), name, payload, atMs: correctedNowMs() });
  };
  const share = async (session: Session, id: Id, body: SharedView['body'], from: number | null): Promise<SavedView> => {
    await write(session, 'view.share', { id, siteId: session.siteId, body, from });
    const after = readDocument(reader, 'view', id)?.document;
    if (after === undefined) throw new AppError('view/not-found');
    return shownAs(after);
  };
  return {
    list(_input, { session }): SavedViews {
      const views = viewsOf(session);
      const wanted = readDefaultView(reader, session.personId);
      return { views, defaultId: views.find(view => view.id === wanted)?.id ?? null, mayShare: may(session.roles, 'view.share') };
    },
    async save({ id, body, from }, { session }) {
      // What a colleague has saved since the screen showed it is not written over: the rule of sharing refuses that.
      if (id !== null && isShared(id)) return share(session, id, body, from);
      const own = mine(session);
      if (id !== null && !own.some(view => view.id === id)) throw new AppError('view/not-found');
      if (id === null && own.length >= MAX_VIEWS) throw new AppError('view/too-many', { limit: MAX_VIEWS });
      const nowMs = clock.nowMs();
      const view: SavedView = { ...body, id: id ?? newId(nowMs), scope: 'personal', siteId: session.siteId, ownerId: session.personId, savedAtMs: nowMs };
      await writer.call('view.save', { view });
      return view;
    },
    async share({ id }, { session }) {
      const view = mine(session).find(one => one.id === id);
      if (view === undefined) throw new AppError('view/not-found');
      return share(session, id, ViewBody.parse(view), readDocument(reader, 'view', id)?.document.savedAtMs ?? null);
    },
    async remove({ id }, { session }) {
      if (isShared(id)) await write(session, 'view.unshare', { id });
      else await writer.call('view.remove', { id, personId: session.personId, atMs: clock.nowMs() });
      return {};
    },
    async restore({ id }, { session }) {
      if (standsAsShared(id, session)) await write(session, 'view.restore', { id });
      else await writer.call('view.restore', { id, personId: session.personId });
      return {};
    },
    async setDefault({ id }, { session }) {
      if (id !== null && !viewsOf(session).some(view => view.id === id)) throw new AppError('view/not-found');
      await writer.call('view.setDefault', { id, personId: session.personId });
      return {};
    },
  };
}
