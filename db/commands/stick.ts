import { AppError } from '../../contract/errors.ts';
import { addAudit } from '../stores/auth.ts';
import { addCarried, addExport, carriedBySum, endCarried, keepReplyKey, readCarried, removeCarried, writeProvinceStickKeys } from '../stores/stick.ts';
import { readSyncState } from '../stores/sync.ts';
import type { Commands } from './command.ts';
import { SYNC_COMMANDS } from './sync.ts';

/** Files of others that are kept here at a time. */
const MAX_CARRIED = 40;

type Names = 'stick.saveKeys' | 'stick.keepReplyKey' | 'stick.exported' | 'stick.applyPage' | 'stick.carry' | 'stick.carriedEnd' | 'stick.dropCarried';

export const STICK_COMMANDS: Commands<Names> = {
  'stick.saveKeys': (work, { keys, atMs }) => {
    if (writeProvinceStickKeys(work, keys)) addAudit(work, { atMs, personId: null, action: 'stick.keysChanged', subject: keys.signKey });
    return null;
  },
  'stick.keepReplyKey': (work, pair) => keepReplyKey(work, pair),
  // Nothing leaves the outbox: a file may be lost, and only a verdict ends a mutation.
  'stick.exported': (work, { personId, ...one }) => {
    addExport(work, one);
    addAudit(work, { atMs: one.atMs, personId, action: 'stick.export', subject: one.name });
    return null;
  },
  // The link may have come back meanwhile and be further: then the page tells nothing new, and an older row must not replace a newer.
  'stick.applyPage': (work, { from, ...page }) => {
    if (readSyncState(work.db).cursor !== from) return { taken: false };
    SYNC_COMMANDS['sync.applyPage'](work, { ...page, verdicts: [] });
    return { taken: true };
  },
  'stick.carry': (work, { personId, ...one }) => {
    const known = carriedBySum(work.db, one.sha256);
    if (known !== null) return { id: known.id };
    if (readCarried(work.db).length >= MAX_CARRIED) throw new AppError('stick/carries-enough', { limit: MAX_CARRIED });
    addCarried(work, one);
    addAudit(work, { atMs: one.takenAtMs, personId, action: 'stick.carry', subject: one.name });
    return { id: one.id };
  },
  'stick.carriedEnd': (work, { id, end, atMs }) => {
    endCarried(work, id, end, atMs);
    return null;
  },
  'stick.dropCarried': (work, { id, personId, atMs }) => {
    removeCarried(work, id);
    addAudit(work, { atMs, personId, action: 'stick.dropCarried', subject: id });
    return null;
  },
};
