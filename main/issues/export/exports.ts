import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ConsoleOutputs, ConsoleParsedInputs, Session } from '../../../contract/console.ts';
import type { OnDuty } from '../../../contract/duty.ts';
import { AppError } from '../../../contract/errors.ts';
import { PURPOSE_CHARS, SURVEY_COLUMNS, type ExportOrder } from '../../../contract/export.ts';
import { newId, type Id } from '../../../contract/ids.ts';
import { inScope } from '../../../contract/org.ts';
import { may } from '../../../contract/permissions.ts';
import { mayExportPersons, personalAccess, type PersonalReader } from '../../../contract/personal.ts';
import { nfc } from '../../../contract/text.ts';
import { compactDay, formatTime } from '../../../contract/time.ts';
import type { Database } from '../../../db/database.ts';
import { allNames, listRows, type ListRow } from '../../../db/stores/list-rows.ts';
import { readPolicyBook } from '../../../db/stores/policy.ts';
import type { StationRecord, Writer } from '../../../db/writer-api.ts';
import type { SignedInCall } from '../../platform/call.ts';
import { readerOf } from '../detail.ts';
import { cellsOf, columnsOf, type Cell, type Column } from './columns.ts';
import { messageMaker, surveyColumns } from '../survey/messages.ts';
import { csvBytes } from './csv.ts';
import { Job, type Progress } from './job.ts';
import { SHEET_ROWS } from './sheet-xml.ts';
import { xlsxBytes } from './xlsx.ts';

export interface ExportsDeps {
  reader: Database; writer: Writer; correctedNowMs: () => number; station: () => StationRecord | null;
  /** The rows of an open list. @throws {AppError} `queue/view-gone` */
  rowsOf: (viewId: string, session: Session) => Int32Array;
  /** Those of them that are marked, in its order. @throws {AppError} `queue/view-gone` */
  chosenOf: (viewId: string, session: Session) => Int32Array;
  onDuty: OnDuty;
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
    if (held === undefined || held.personId !== session.personId || (held.withPersons && !mayExportPersons(readerOf(session, deps.onDuty)))) throw new AppError('export/gone');
    return held;
  };
  const handlers: Handlers = {
    async begin(order, { session }) {
      const withPersons = requirePurpose(order, session, deps.onDuty);
      const rids = order.survey?.onlyChosen === true ? deps.chosenOf(order.viewId, session) : deps.rowsOf(order.viewId, session);
      if (order.format === 'xlsx' && rids.length >= SHEET_ROWS) throw new AppError('export/too-many-rows', { limit: SHEET_ROWS - 1 });
      const atMs = deps.correctedNowMs();
      // Written before anything is read: who has carried what out of here is on record, whatever happens next.
      const purpose = order.personal === null ? '' : nfc(order.personal.purpose);
      const line = { atMs, personId: session.personId, action: actionOf(order), subject: [order.format, String(rids.length), purpose].join(' ').trim() };
      if (!withPersons || rids.length === 0) await deps.writer.call('audit.add', line);
      else await deps.writer.call('access.add', { ...line, issueId: null, ground: 'export', reason: purpose === '' ? line.action : purpose, records: rids.length });
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

/** What stands in the journal of who carried it out. */
function actionOf({ personal, survey }: ExportOrder): 'survey.export' | 'reporter.export' | 'issue.export' {
  if (survey !== undefined) return 'survey.export';
  return personal === null ? 'issue.export' : 'reporter.export';
}

/**
 * @returns whether the file tells of persons; of messages the purpose is known: numbers leave here for the survey and for nothing else (Q13.10)
 * @throws {AppError} `auth/forbidden`, `personal/off-duty`, `export/purpose-needed`
 */
function requirePurpose({ personal, survey }: ExportOrder, session: Session, onDuty: OnDuty): boolean {
  if (survey === undefined && personal === null) return false;
  if (survey !== undefined && !may(session.roles, 'issue.survey')) throw new AppError('auth/forbidden', { permission: 'issue.survey' });
  const reader = readerOf(session, onDuty);
  if (!may(session.roles, 'reporter.reveal') || !mayExportPersons({ ...reader, onDuty: true })) throw new AppError('auth/forbidden', { permission: 'reporter.reveal' });
  if (!mayExportPersons(reader)) throw new AppError('personal/off-duty');
  if (personal !== null && personal.purpose.length < PURPOSE_CHARS.least) throw new AppError('export/purpose-needed');
  return true;
}

function jobOf(deps: ExportsDeps, order: ExportOrder, rids: Int32Array, session: Session): Job {
  const progress: Progress = { rowsDone: 0, left: 0 };
  const { columns, cells } = contentsOf(deps, order);
  const slices = slicesOf(deps.reader, { rids, cells, withPersons: order.personal !== null || order.survey !== undefined, session, progress, onDuty: deps.onDuty });
  if (order.format === 'csv') return new Job(csvBytes(columns, slices), progress, true);
  return new Job(xlsxBytes(columns, slices, order.words['sheet'] ?? 'IOC'), progress, false);
}

/** What stands in the file: its columns, and the cells of a record, with who reported it where `isShown`; null for one that has no line in it. */
function contentsOf({ reader, correctedNowMs, station }: ExportsDeps, order: ExportOrder): { columns: Column[]; cells: CellsOf } {
  const { words, survey } = order;
  if (survey !== undefined) {
    const siteName = station()?.site.name ?? '';
    const message = messageMaker({ db: reader, policy: readPolicyBook(reader), atMs: correctedNowMs(), siteName, words, order: survey });
    return { columns: surveyColumns(SURVEY_COLUMNS, words), cells: (row, shown) => (shown ? message(row) : null) };
  }
  const columns = columnsOf(order.personal !== null, words);
  const names = allNames(reader);
  return { columns, cells: (row, shown) => cellsOf(row, columns, shown, { names, words }) };
}

type CellsOf = (row: ListRow, isShown: boolean) => Cell[] | null;
interface List { rids: Int32Array; cells: CellsOf; withPersons: boolean; session: Session; progress: Progress; onDuty: OnDuty }

/** What its reader may no longer see is counted with what is no longer here; who reported what is others' work stays masked. */
async function* slicesOf(reader: Database, { rids, cells, withPersons, session, progress, onDuty }: List): AsyncGenerator<Cell[][]> {
  const read = listRows(reader, withPersons);
  for (let from = 0; from < rids.length; from += SLICE_ROWS) {
    const rows = read([...rids.subarray(from, from + SLICE_ROWS)]);
    const seen = rows.filter(row => row !== null).filter(row => inScope(session.scope, row));
    const asker = readerOf(session, onDuty);
    const lines = seen.map(row => cells(row, withPersons && isShown(row, asker))).filter(line => line !== null);
    progress.rowsDone += rows.length;
    progress.left += rows.length - lines.length;
    yield lines;
    await nextTurn();
  }
}

/** Who inspects has said the purpose: the reason that is asked of them. */
function isShown(row: ListRow, asker: PersonalReader): boolean {
  const access = personalAccess(row, asker);
  return access.is === 'open' || (access.is === 'reason' && access.ground === 'inspection');
}

/** "IOC-BP01-261124-1405.csv": sorts by time, and says when persons are in it. */
function nameOf({ format, personal, survey }: ExportOrder, atMs: number, stationCode: string): string {
  const station = stationCode.replace(/[^\w-]/g, '');
  const told = survey !== undefined ? '-khao-sat-co-du-lieu-ca-nhan' : personal === null ? '' : '-co-du-lieu-ca-nhan';
  return `IOC-${station}-${compactDay(atMs)}-${formatTime(atMs).replace(':', '')}${told}.${format}`;
}
