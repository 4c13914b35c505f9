import { releaseUnknown } from '../held.ts';
import { settleUpTo } from '../outbox.ts';
import { takeRows } from '../incoming.ts';
import { offerAgain } from '../offer-again.ts';
import { offerAccessAgain } from '../stores/access-log.ts';
import { offerFilesAgain } from '../stores/attachments.ts';
import { endSnapshot, readPulledSeq, writeCursor, writeLastSync, writeOffset, writePulledSeq } from '../stores/sync.ts';
import { applyVerdicts } from '../verdicts.ts';
import type { Work } from '../work.ts';
import type { Commands } from './command.ts';

export const SYNC_COMMANDS: Commands<'sync.applyPage' | 'sync.applyVerdicts' | 'sync.forgetCursor' | 'sync.provinceRestored' | 'sync.releaseUnknown' | 'sync.noteOffset'> = {
  // Verdicts first: a judged mutation then waits for its row, which often is in this very page.
  'sync.applyPage': (work, { rows, cursor, verdicts, atMs }) => {
    applyVerdicts(work, verdicts, atMs);
    takeRows(work, rows);
    const seq = rows.reduce((max, row) => Math.max(max, row.seq), readPulledSeq(work.db));
    settleUpTo(work, seq);
    writePulledSeq(work, seq);
    writeCursor(work, cursor);
    writeLastSync(work, atMs);
    return null;
  },
  'sync.applyVerdicts': (work, { verdicts, atMs }) => {
    applyVerdicts(work, verdicts, atMs);
    return null;
  },
  'sync.forgetCursor': (work, { sameOrder }) => {
    forgetCursor(work, sameOrder);
    return null;
  },
  'sync.provinceRestored': (work, { lastN }) => {
    const again = offerAgain(work, lastN);
    if (again > 0) forgetCursor(work, false);
    return { again };
  },
  'sync.releaseUnknown': (work, { protocol }) => {
    const released = releaseUnknown(work, protocol);
    if (released > 0) work.touch('attention');
    return { released };
  },
  'sync.noteOffset': (work, offset) => {
    writeOffset(work, offset);
    return null;
  },
};

/** Another order of changes counts them anew: nothing here says what its copy may lack, nor what one that was on its way lacks. Which files the province has is asked anew in any case. */
function forgetCursor(work: Work, sameOrder: boolean): void {
  writeCursor(work, null);
  if (!sameOrder) {
    writePulledSeq(work, 0);
    endSnapshot(work);
    offerAccessAgain(work);
  }
  offerFilesAgain(work);
}
