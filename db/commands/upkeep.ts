import { mergeText } from '../full-text.ts';
import { pruneSentLog } from '../stores/sync.ts';
import type { Commands } from './command.ts';

export const UPKEEP_COMMANDS: Commands<'upkeep'> = {
  upkeep: work => {
    mergeText(work.db);
    pruneSentLog(work);
    // A checkpoint cannot be part of a transaction.
    work.afterwards(() => work.db.pragma('wal_checkpoint(PASSIVE)'));
    return null;
  },
};
