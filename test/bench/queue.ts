import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import type { ExportFormat } from '../../contract/export.ts';
import { QueueFilter, type QueueSort } from '../../contract/queue.ts';
import { exactForm, fold, words } from '../../contract/text.ts';
import { openDatabase } from '../../db/open.ts';
import { createIssueQueries } from '../../db/stores/issue-queries.ts';
import { createIssueSearch } from '../../db/stores/issue-search.ts';
import { startConsole } from '../support/processes.ts';
import { connectWire, type ConsoleClient } from '../support/wire.ts';
import { prepareDesk, type Desk } from './desk.ts';
import type { BenchOptions } from './options.ts';
import { bulkFigures } from './queue-bulk.ts';
import { clockFigures } from './queue-clock.ts';
import { letIn, onCopy } from './queue-open.ts';
import { similarFigures } from './queue-similar.ts';
import { coreRssMb } from './memory.ts';
import { percentile, round, times } from './statistics.ts';

const PAGE = 100;
const PAGES = 400;
const MB = 1024 * 1024;
const ALL = QueueFilter.parse({ open: null });
const BY_DUE: QueueSort = { by: 'dueAt', descending: false };
/** Common, rare, with and without accents, one to four words, and one that is being typed. */
const TEXTS = ['duong', 'đường', 'nước', 'nguyen hue', 'chay kho go', 'đèn đường hỏng', 'rac thai suoi rat', 'hoà bình', 'tai nan giao thong dong xoai', 'cây xanh', 'mat dien', 'tieng on karaoke'];
const FILTERS: Partial<QueueFilter>[] = [
  { open: true }, { open: false }, { open: null, services: ['115'] }, { open: false, services: ['1022'], severities: ['P3'] },
  { open: true, overdue: true }, { open: null, states: ['closed'], services: ['field'] },
];

/**
 * A console over `rows` records, called through its own wire (WebSocket, the browser shell's), beside the same SQL alone
 * in this process. Positions are spread over the whole list; the view orders every record by due time.
 */
export async function* benchQueue({ rows, note }: BenchOptions): AsyncGenerator<Record<string, number | string>> {
  const desk = await prepareDesk(rows, note);
  const raw = rawFigures(desk);
  const changed = await onCopy(desk, async copy => {
    const login = await letIn(copy);
    return { ...await bulkFigures(copy, login), ...await clockFigures(copy, login, note) };
  });
  const startedAt = performance.now();
  const running = await startConsole({ data: desk.dataDir });
  try {
    const openMs = performance.now() - startedAt;
    const wire = await connectWire(running.ready.address);
    const figures = await wireFigures(wire.client, desk);
    const rssMb = coreRssMb(running.ready.pid);
    const exports = await exportFigures(wire.client);
    const exportRssMb = coreRssMb(running.ready.pid);
    wire.close();
    yield { bench: 'queue', rows, openMs: round(openMs), ...figures, ...raw, ...changed, rssMb, ...exports, exportRssMb };
  } finally {
    await running.stop();
  }
}

async function wireFigures(client: ConsoleClient, { login, password }: Desk): Promise<Record<string, number>> {
  await client.auth.signIn({ login, password });
  const view = await client.issues.openView({ filter: ALL, sort: BY_DUE });
  const starts = positions(view.total);
  const pages = await times(starts, start => client.issues.page({ viewId: view.viewId, start, end: start + PAGE }));
  const searches = await times(repeated(TEXTS, 20), text => client.issues.search({ text, limit: PAGE }));
  const counts = await times(repeated(FILTERS, 10), async filter => {
    const counted = await client.issues.openView({ filter: { ...ALL, ...filter }, sort: { by: 'urgency', descending: false } });
    await client.issues.closeView({ viewId: counted.viewId });
  });
  const similar = await similarFigures(client, view.total, view.viewId);
  return {
    ...similar, total: view.total, pageMsP50: round(percentile(pages, 0.5)), pageMsP95: round(percentile(pages, 0.95)),
    searchMsP95: round(percentile(searches, 0.95)), countMsP95: round(percentile(counts, 0.95)),
  };
}

/** Every record as a file, fetched as a screen fetches it, piece after piece; a sheet holds no more than it can. */
async function exportFigures(client: ConsoleClient): Promise<Record<string, number>> {
  const csv = await exported(client, 'csv', ALL);
  const xlsx = await exported(client, 'xlsx', { ...ALL, services: ['113', '114', '115'] });
  return {
    exportRowsPerSecond: Math.round(csv.rowsPerSecond), exportMb: round(csv.bytes / MB), exportXlsxRowsPerSecond: Math.round(xlsx.rowsPerSecond), exportXlsxMb: round(xlsx.bytes / MB),
    exportPieceMsP95: round(csv.pieceMsP95),
  };
}

async function exported(client: ConsoleClient, format: ExportFormat, filter: QueueFilter): Promise<{ rowsPerSecond: number; bytes: number; pieceMsP95: number }> {
  const { viewId } = await client.issues.openView({ filter, sort: BY_DUE });
  const startedAt = performance.now();
  const { id, rows } = await client.exports.begin({ viewId, format, words: {}, personal: null });
  const pieces: number[] = [];
  let bytes = 0;
  for (let n = 0, done = false; !done; n++) {
    const askedAt = performance.now();
    const piece = await client.exports.piece({ id, n });
    pieces.push(performance.now() - askedAt);
    const sent = Buffer.from(piece.base64, 'base64');
    bytes += piece.packed ? inflateSync(sent).length : sent.length;
    done = piece.done;
  }
  await client.issues.closeView({ viewId });
  return { rowsPerSecond: rows / ((performance.now() - startedAt) / 1_000), bytes, pieceMsP95: percentile(pieces, 0.95) };
}

/** The same statements in this process, on a connection of their own. */
function rawFigures({ dataDir, keyHex }: Desk): Record<string, number> {
  const db = openDatabase({ file: join(dataDir, 'console.db'), keyHex, role: 'reader' });
  try {
    const queries = createIssueQueries(db);
    const search = createIssueSearch(db);
    const rids = db.prepare<unknown[], number>('SELECT rid FROM issue INDEXED BY ix_cover ORDER BY due_at, rid').pluck().all();
    const pages = rawTimes(positions(rids.length), start => queries.pageRows(rids.slice(start, start + PAGE)));
    const searches = rawTimes(repeated(TEXTS, 20), text => {
      const exact = search.matchesBefore('ex', allOf(exactForm(text)), Number.MAX_SAFE_INTEGER, PAGE);
      const folded = exact.length < PAGE ? search.matchesBefore('fo', allOf(fold(text)), Number.MAX_SAFE_INTEGER, PAGE) : [];
      return queries.pageRows([...new Set([...exact, ...folded])].slice(0, PAGE));
    });
    return { rawPageMsP95: round(percentile(pages, 0.95)), rawSearchMsP95: round(percentile(searches, 0.95)) };
  } finally {
    db.close();
  }
}

function rawTimes<T>(inputs: readonly T[], call: (input: T) => unknown): number[] {
  return inputs.map(input => {
    const startedAt = performance.now();
    call(input);
    return performance.now() - startedAt;
  });
}

/** Every word of the text, quoted, as an FTS5 expression. */
function allOf(text: string): string {
  return words(text).map(word => `"${word}"`).join(' AND ');
}

/** Spread over the list without an order that caching could follow. */
function positions(total: number): number[] {
  const last = Math.max(1, total - PAGE);
  return Array.from({ length: PAGES }, (_, i) => (i * 7_919_993) % last);
}

function repeated<T>(values: readonly T[], count: number): T[] {
  return Array.from({ length: count }, () => values).flat();
}
