import { inflateSync } from 'node:zlib';
import { EXPORT_COLUMNS, PERSONAL_COLUMNS, type ExportFormat, type ExportOrder, type ExportPiece } from '../../../../contract/export.ts';
import type { Issue } from '../../../../contract/issue.ts';
import { QueueFilter } from '../../../../contract/queue.ts';
import type { Session } from '../../../../contract/console.ts';
import { createExports } from '../../../../main/issues/export/exports.ts';
import { createIssues } from '../../../../main/issues/issues.ts';
import { loadIssues } from '../../../../db/bulk.ts';
import { openDatabase } from '../../../../db/open.ts';
import { KEY, testDesk } from '../desk.ts';
import { sessionWith, T0 } from '../support.ts';

/** Columns under their own names, so that a test reads them by name. */
export const WORDS = { ...Object.fromEntries([...EXPORT_COLUMNS, ...PERSONAL_COLUMNS].map(name => [`column.${name}`, name])), 'state.received': 'Mới tiếp nhận', 'reporter.anonymous': 'ẩn danh', sheet: 'Hàng đợi' };

/** What a piece holds, as the screen unpacks it. */
export function bytesOf({ base64, packed }: Pick<ExportPiece, 'base64' | 'packed'>): Buffer {
  const sent = Buffer.from(base64, 'base64');
  return packed ? inflateSync(sent) : sent;
}

/** A workstation with these records, its queue and its exports. */
export async function exportsDesk(issues: readonly Issue[], onDuty: () => boolean = () => true) {
  const desk = await testDesk();
  const db = openDatabase({ file: desk.file, keyHex: KEY, role: 'writer' });
  loadIssues(db, issues);
  db.close();
  const deps = { reader: desk.reader, writer: desk.writer, clock: { nowMs: () => T0 }, correctedNowMs: () => T0, linkIsUp: () => true, station: () => desk.station, onDuty };
  const queue = createIssues(deps);
  await queue.loadSheet();
  const exports = createExports({ ...deps, rowsOf: queue.rowsOf, chosenOf: queue.chosenOf });
  const as = (session: Session = sessionWith()) => ({ session, signal: new AbortController().signal });
  const open = async (session?: Session, some: Partial<QueueFilter> = {}) => (await queue.handlers.openView({ filter: QueueFilter.parse({ open: null, ...some }), sort: { by: 'receivedAt', descending: false } }, as(session))).viewId;
  const order = async (format: ExportFormat, personal: ExportOrder['personal'] = null, session?: Session): Promise<ExportOrder> => ({ viewId: await open(session), format, words: WORDS, personal });
  return {
    desk, queue, exports, as, open, order,
    /** All of a file, as a screen fetches it. */
    async fetch(wanted: ExportOrder, session?: Session): Promise<{ name: string; bytes: Buffer; pieces: number; left: number }> {
      const { id, name } = await exports.handlers.begin(wanted, as(session));
      const parts: Buffer[] = [];
      for (let n = 0; ; n++) {
        const piece = await exports.handlers.piece({ id, n }, as(session));
        parts.push(bytesOf(piece));
        if (piece.done) return { name, bytes: Buffer.concat(parts), pieces: n + 1, left: piece.left };
      }
    },
    async end() {
      await exports.close();
      queue.close();
      await desk.close();
    },
  };
}
