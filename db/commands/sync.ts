import { settleUpTo } from '../outbox.ts';
import { takeRows } from '../incoming.ts';
import { readPulledSeq, writeCursor, writeLastSync, writeOffset, writePulledSeq } from '../stores/sync.ts';
import { applyVerdicts } from '../verdicts.ts';
import type { Commands } from './command.ts';

export const SYNC_COMMANDS: Commands<'sync.applyPage' | 'sync.applyVerdicts' | 'sync.forgetCursor' | 'sync.noteOffset'> = {
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
  // Another epoch counts its changes anew.
  'sync.forgetCursor': work => {
    writeCursor(work, null);
    writePulledSeq(work, 0);
    return null;
  },
  'sync.noteOffset': (work, offset) => {
    writeOffset(work, offset);
    return null;
  },
};
