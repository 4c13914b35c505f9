import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ConsoleOutputs, ConsoleParsedInputs, Session } from '../../../contract/console.ts';
import { AppError } from '../../../contract/errors.ts';
import { PURPOSE_CHARS, type ExportOrder } from '../../../contract/export.ts';
import { newId, type Id } from '../../../contract/ids.ts';
import { inScope } from '../../../contract/org.ts';
import { may } from '../../../contract/permissions.ts';
import { nfc } from '../../../contract/text.ts';
import { compactDay, formatTime } from '../../../contract/time.ts';
import type { Database } from '../../../db/database.ts';
import { allNames, listRows } from '../../../db/stores/list-rows.ts';
import type { StationRecord, Writer } from '../../../db/writer-api.ts';
import type { SignedInCall } from '../../platform/call.ts';
import { cellsOf, columnsOf, type Cell, type Column } from './columns.ts';
import { csvBytes } from './csv.ts';
import { Job, type Progress } from './job.ts';
import { SHEET_ROWS } from './sheet-xml.ts';
import { xlsxBytes } from './xlsx.ts';

export interface ExportsDeps {
  reader: Database; writer: Writer; correctedNowMs: () => number; station: () => StationRecord | null;
  /** The rows of an open list. @throws {AppError} `queue/view-gone` */
  rowsOf: (viewId: string, session: Session) => Int32Array;
}

type Part = 'exports';
type Handlers = { [P in keyof ConsoleParsedInputs[Part]]: (input: ConsoleParsedInputs[Part][P], call: SignedInCall) => Promise<ConsoleOutputs[Part][P]> };

/** Files that are being fetched at a time; one more ends the oldest, which nobody may be fetching any more. */
const MAX_JOBS = 3;
/** A few milliseconds of work: what other screens ask meanwhile waits no longer than that. */
const SLICE_ROWS = 50;

interface Held { job: Job; personId: Id; withPersons: boolean }

/**
 * Lists as files: exactly the rows of an open list, in its order. They are read a slice at a time as the screen fetches the
 * file; neither the table nor the file is ever whole in memory or on this machine's disk.
 */
export function createExports(deps: ExportsDeps): { handlers: Handlers; close: () => Promise<void> } {
  const jobs = new Map<Id, Held>();
  const end = async (id: Id): Promise<void> => {
    const held = jobs.get(id);
    jobs.delete(id);
    await held?.job.close();
  };
  const requireJob = (id: Id, session: Session): Held => {
    const held = jobs.get(id);
    if (held === undefined || held.personId !== session.personId || (held.withPersons && !may(session.roles, 'reporter.reveal'))) throw new AppError('export/gone');
    return held;
  };
  const handlers: Handlers = {
    async begin(order, { session }) {
      const withPersons = requirePurpose(order, session);
      const rids = deps.rowsOf(order.viewId, session);
      if (order.format === 'xlsx' && rids.length >= SHEET_ROWS) throw new AppError('export/too-many-rows', { limit: SHEET_ROWS - 1 });
      const atMs = deps.correctedNowMs();
      // Written before anything is read: who has carried what out of here is on record, whatever happens next.
      await deps.writer.call('audit.add', {
        atMs, personId: session.personId, action: withPersons ? 'reporter.export' : 'issue.export',
        subject: [order.format, String(rids.length), ...(order.personal === null ? [] : [nfc(order.personal.purpose)])].join(' '),
      });
      const id = newId(atMs);
      jobs.set(id, { job: jobOf(deps, order, rids, session), personId: session.personId, withPersons });
      const [oldest] = jobs.keys();
      if (jobs.size > MAX_JOBS && oldest !== undefined) await end(oldest);
      return { id, name: nameOf(order, atMs, deps.station()?.stationCode ?? ''), rows: rids.length };
    },
    async piece({ id, n }, { session }) {
      const { job } = requireJob(id, session);
      if (n !== job.next) throw new AppError('export/gone');
      try {
        const piece = await job.piece();
        if (piece.done) await end(id);
        return piece;
      } catch (error) {
        await end(id);
        throw error;
      }
    },
    async cancel({ id }, { session }) {
      if (jobs.get(id)?.personId === session.personId) await end(id);
      return {};
    },
  };
  return { handlers, close: async () => { await Promise.all([...jobs.keys()].map(end)); } };
}

/** @returns whether the list tells of persons */
function requirePurpose({ personal }: ExportOrder, session: Session): boolean {
  if (personal === null) return false;
  if (!may(session.roles, 'reporter.reveal')) throw new AppError('auth/forbidden', { permission: 'reporter.reveal' });
  if (personal.purpose.length < PURPOSE_CHARS.least) throw new AppError('export/purpose-needed');
  return true;
}

function jobOf(deps: ExportsDeps, order: ExportOrder, rids: Int32Array, session: Session): Job {
  const columns = columnsOf(order.personal !== null, order.words);
  const progress: Progress = { rowsDone: 0, left: 0 };
  const slices = slicesOf(deps.reader, order, { rids, columns, session, progress });
  if (order.format === 'csv') return new Job(csvBytes(columns, slices), progress, true);
  return new Job(xlsxBytes(columns, slices, order.words['sheet'] ?? 'IOC'), progress, false);
}

interface List { rids: Int32Array; columns: readonly Column[]; session: Session; progress: Progress }

/** What its reader may no longer see is counted with what is no longer here. */
async function* slicesOf(reader: Database, { words, personal }: ExportOrder, { rids, columns, session, progress }: List): AsyncGenerator<Cell[][]> {
  const names = allNames(reader);
  const withPersons = personal !== null;
  const read = listRows(reader, withPersons);
  for (let from = 0; from < rids.length; from += SLICE_ROWS) {
    const rows = read([...rids.subarray(from, from + SLICE_ROWS)]);
    const seen = rows.filter(row => row !== null).filter(row => inScope(session.scope, row));
    progress.rowsDone += rows.length;
    progress.left += rows.length - seen.length;
    yield seen.map(row => cellsOf(row, columns, withPersons, { names, words }));
    await nextTurn();
  }
}

/** "IOC-BP01-261124-1405.csv": sorts by time, and says when persons are in it. */
function nameOf({ format, personal }: ExportOrder, atMs: number, stationCode: string): string {
  const station = stationCode.replace(/[^\w-]/g, '');
  return `IOC-${station}-${compactDay(atMs)}-${formatTime(atMs).replace(':', '')}${personal === null ? '' : '-co-du-lieu-ca-nhan'}.${format}`;
}
