import { mergeText } from '../full-text.ts';
import { cleanText } from '../text-clean.ts';
import { pruneSentLog } from '../stores/sync.ts';
import type { Commands } from './command.ts';

/** A piece of cleaning after an erasure; the rest waits for the next upkeep. */
const CLEAN_MS = 50;

export const UPKEEP_COMMANDS: Commands<'upkeep'> = {
  upkeep: work => {
    mergeText(work.db);
    pruneSentLog(work);
    for (const untilMs = performance.now() + CLEAN_MS; cleanText(work) && performance.now() < untilMs;);
    // A checkpoint cannot be part of a transaction.
    work.afterwards(() => work.db.pragma('wal_checkpoint(PASSIVE)'));
    return null;
  },
};
