import { forget } from '../outbox.ts';
import { addAudit } from '../stores/auth.ts';
import { documentsOutside } from '../stores/documents.ts';
import { idsOutside } from '../stores/issues.ts';
import { requireStation, writeStation } from '../stores/station.ts';
import { kindHere } from '../stores/written.ts';
import type { Commands } from './command.ts';

/** Records forgotten in one transaction: what a person writes goes between. */
const LEAVE_ROWS = 500;

export const SCOPE_COMMANDS: Commands<'sync.scopeChanged' | 'sync.leaveScope'> = {
  'sync.scopeChanged': (work, { scope, atMs }) => {
    const station = requireStation(work.db);
    writeStation(work, { ...station, scope, leaving: true });
    addAudit(work, { atMs, personId: null, action: 'station.scope', subject: station.deviceId });
    // Who is signed in may now see other things.
    work.touch('org');
    return null;
  },
  'sync.leaveScope': work => {
    const station = requireStation(work.db);
    const ids = idsOutside(work.db, station.scope, LEAVE_ROWS);
    for (const id of ids) forget(work, 'issue', id);
    for (const id of documentsOutside(work.db, station.scope)) forget(work, kindHere(work.db, id), id);
    const more = ids.length === LEAVE_ROWS;
    if (!more && station.leaving === true) writeStation(work, { ...station, leaving: false });
    return { more };
  },
};
