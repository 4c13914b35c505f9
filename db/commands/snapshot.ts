import { zstdDecompressSync } from 'node:zlib';
import { PLACED_KINDS } from '../../contract/documents/apply.ts';
import { AppError } from '../../contract/errors.ts';
import type { Row } from '../../contract/province.ts';
import { rowsOfSnapshotChunk } from '../../contract/snapshot.ts';
import { isKnown } from '../../contract/words.ts';
import { approveRemoval, endApproval, refuseMassRemoval } from '../breaker.ts';
import { takeRows } from '../incoming.ts';
import { endBulk } from '../open.ts';
import { settleUpTo } from '../outbox.ts';
import { leaveTextBehind, readTextFrom, tidyTextAfterwards, writeTextBehind } from '../text-behind.ts';
import { addAudit } from '../stores/auth.ts';
import { documentsOutside } from '../stores/documents.ts';
import { hasReplicatedIssues, idsOutside } from '../stores/issues.ts';
import { hasOrg, removeOrg } from '../stores/org.ts';
import { requireStation } from '../stores/station.ts';
import {
  dropParkedNotInSnapshot, endSnapshot, markGone, noteChunk, noteSnapshotRow, isNewerHere, readLoadedChunks, readPulledSeq, readSnapshot, rowsNotInSnapshot, startSnapshot, tooNewFor, writeCursor, writeLastSync, writePulledSeq,
} from '../stores/sync.ts';
import { removeWritten } from '../stores/written.ts';
import type { Work } from '../work.ts';
import type { Commands } from './command.ts';

/** A chunk once decompressed: many times what 256 KB of rows become, and a stop for a bomb. */
const MAX_CHUNK_BYTES = 32 * 1024 * 1024;

export const SNAPSHOT_COMMANDS: Commands<'sync.snapshotBegin' | 'sync.snapshotChunk' | 'sync.snapshotFinish' | 'sync.approveRemoval' | 'sync.textNext'> = {
  'sync.snapshotBegin': (work, { manifest }) => {
    if (readSnapshot(work.db).id !== manifest.id) {
      startSnapshot(work, manifest.id, manifest.chunks.length, !hasReplicatedIssues(work.db) && !hasOrg(work.db));
    }
    return { loaded: readLoadedChunks(work.db) };
  },
  'sync.snapshotChunk': (work, { manifestId, index, bytes }) => {
    const { id, fresh } = readSnapshot(work.db);
    if (id !== manifestId) throw new AppError('sync/chunk-gone');
    if (fresh) leaveTextBehind(work);
    takeRows(work, fresh ? unpack(bytes) : notNewerHere(work, unpack(bytes)));
    noteChunk(work, index);
    return null;
  },
  'sync.snapshotFinish': (work, { manifest, atMs }) => {
    const { id, fresh } = readSnapshot(work.db);
    if (id !== manifest.id) throw new AppError('sync/chunk-gone');
    if (readLoadedChunks(work.db).length < manifest.chunks.length) throw new Error('the first copy is finished before all its chunks are in');
    settleUpTo(work, manifest.seq + 1);
    if (!fresh) {
      const tooNew = tooNewFor(work.db, manifest.seq);
      // What lies outside the scope was said to leave; nothing that follows will tell of it.
      const leaving = new Set([...idsOutside(work.db, requireStation(work.db).scope, -1), ...documentsOutside(work.db, requireStation(work.db).scope)]);
      const missing = rowsNotInSnapshot(work.db).filter(row => leaving.has(row.id) || row.version <= tooNew.seq || row.version > tooNew.upTo);
      refuseMassRemoval(work.db, { copy: manifest.id, rows: missing.filter(row => !leaving.has(row.id)).length });
      for (const row of missing) {
        if (isKnown(PLACED_KINDS, row.kind)) removeWritten(work, row.kind, row.id);
        else removeOrg(work, row.kind, row.id);
      }
      dropParkedNotInSnapshot(work, tooNew);
      markGone(work, tooNew);
    }
    writePulledSeq(work, Math.max(manifest.seq, readPulledSeq(work.db)));
    writeCursor(work, manifest.cursor);
    writeLastSync(work, atMs);
    endSnapshot(work);
    endApproval(work);
    if (readTextFrom(work.db) === null) tidyTextAfterwards(work);
    else work.afterwards(() => { endBulk(work.db); });
    return null;
  },
  'sync.approveRemoval': (work, { copy, rows, personId, atMs }) => {
    approveRemoval(work, { copy, rows });
    addAudit(work, { atMs, personId, action: 'sync.approveRemoval', subject: `${copy} ${rows}` });
    return null;
  },
  'sync.textNext': work => ({ more: writeTextBehind(work) }),
};

/** Notes all rows of a copy, and passes on those that are not here in a newer version: the screen does not fall back until the pages after the copy. */
function* notNewerHere(work: Work, rows: Iterable<Row>): Generator<Row> {
  const pulledSeq = readPulledSeq(work.db);
  for (const row of rows) {
    noteSnapshotRow(work, row.kind, row.id);
    if (!isNewerHere(work.db, row, pulledSeq)) yield row;
  }
}

/** @throws {AppError} `sync/damaged-chunk`, at once or at any row, when it is no chunk, or too large */
function unpack(bytes: Uint8Array): Iterable<Row> {
  return rowsOfSnapshotChunk(decompressed(bytes));
}

function decompressed(bytes: Uint8Array): Uint8Array {
  try {
    return zstdDecompressSync(bytes, { maxOutputLength: MAX_CHUNK_BYTES });
  } catch (cause) {
    throw new AppError('sync/damaged-chunk', {}, { cause });
  }
}
