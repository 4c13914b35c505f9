import type { ConsoleOutputs, ConsoleParsedInputs, Session } from '../../contract/console.ts';
import { AppError } from '../../contract/errors.ts';
import { newId } from '../../contract/ids.ts';
import type { SavedView, SavedViews } from '../../contract/saved-view.ts';
import type { Database } from '../../db/database.ts';
import { readDefaultView, readSavedViews } from '../../db/stores/saved-views.ts';
import type { Writer } from '../../db/writer-api.ts';
import type { SignedInCall } from '../platform/call.ts';
import type { Clock } from '../platform/clock.ts';

type Part = 'savedViews';
type Handlers = { [P in keyof ConsoleParsedInputs[Part]]: (input: ConsoleParsedInputs[Part][P], call: SignedInCall) => Promise<ConsoleOutputs[Part][P]> | ConsoleOutputs[Part][P] };

const MAX_VIEWS = 40;

/** The lists of the queue that a person has kept under a name, and with which of them their queue opens. */
export function createSavedViews({ reader, writer, clock }: { reader: Database; writer: Writer; clock: Clock }): Handlers {
  const byName = new Intl.Collator('vi', { numeric: true });
  const viewsOf = (session: Session): SavedView[] => readSavedViews(reader, session).sort((a, b) => byName.compare(a.name, b.name));
  const mine = (session: Session): SavedView[] => viewsOf(session).filter(view => view.ownerId === session.personId);
  return {
    list(_input, { session }): SavedViews {
      const views = viewsOf(session);
      const wanted = readDefaultView(reader, session.personId);
      return { views, defaultId: views.find(view => view.id === wanted)?.id ?? null };
    },
    async save({ id, body }, { session }) {
      const own = mine(session);
      const before = own.find(view => view.id === id);
      if (id !== null && before === undefined) throw new AppError('view/not-found');
      if (id === null && own.length >= MAX_VIEWS) throw new AppError('view/too-many', { limit: MAX_VIEWS });
      const nowMs = clock.nowMs();
      const view: SavedView = { ...body, id: id ?? newId(nowMs), scope: before?.scope ?? 'personal', siteId: session.siteId, ownerId: session.personId, savedAtMs: nowMs };
      await writer.call('view.save', { view });
      return view;
    },
    async remove({ id }, { session }) {
      await writer.call('view.remove', { id, personId: session.personId, atMs: clock.nowMs() });
      return {};
    },
    async restore({ id }, { session }) {
      await writer.call('view.restore', { id, personId: session.personId });
      return {};
    },
    async setDefault({ id }, { session }) {
      if (id !== null && !viewsOf(session).some(view => view.id === id)) throw new AppError('view/not-found');
      await writer.call('view.setDefault', { id, personId: session.personId });
      return {};
    },
  };
}
