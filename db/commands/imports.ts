import type { ImportLine } from '../../contract/imports.ts';
import { AppError } from '../../contract/errors.ts';
import { readIssue } from '../stores/issues.ts';
import { readImportKey, writeImportJob, writeImportKey, writeImportLine } from '../stores/imports.ts';
import { writeMutation } from '../unit-of-work.ts';
import type { Work } from '../work.ts';
import type { ImportItem, WriterCommands } from '../writer-api.ts';
import type { Commands } from './command.ts';

export const IMPORT_COMMANDS: Commands<'import.batch' | 'import.saveJob'> = {
  'import.batch': (work, batch) => {
    const lines = [...batch.refused, ...batch.items.map(item => importItem(work, batch, item))].sort((a, b) => a.line - b.line);
    for (const line of lines) writeImportLine(work, batch.jobId, line);
    writeImportJob(work, batch.job);
    return { lines };
  },
  'import.saveJob': (work, job) => {
    writeImportJob(work, job);
    return null;
  },
};

/** One line: received, already here under its source key, or refused; what a refused one had begun is undone. */
function importItem(work: Work, batch: WriterCommands['import.batch'][0], item: ImportItem): ImportLine {
  const line = { line: item.line, ref: item.ref, warnings: item.warnings };
  const known = readImportKey(work.db, item.sourceKey);
  if (known !== null) return { ...line, status: 'already-there', issueId: known, error: null };
  try {
    // A transaction inside a transaction is a savepoint.
    const id = work.db.transaction(() => {
      const output = writeMutation(work, { actor: batch.actor, name: 'issue.receive', payload: item.payload, atMs: batch.atMs, provisionalNo: null });
      writeImportKey(work, item.sourceKey, output.id);
      return output.id;
    })();
    return { ...line, status: 'imported', issueId: id, error: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return refusedLine(work, line, item, error);
  }
}

/** A record with that id came from another workstation that imported the same source. */
function refusedLine(work: Work, line: Pick<ImportLine, 'line' | 'ref' | 'warnings'>, item: ImportItem, error: AppError): ImportLine {
  const id = item.payload['id'];
  if (error.code === 'issue/already-exists' && typeof id === 'string' && readIssue(work.db, id) !== null) {
    writeImportKey(work, item.sourceKey, id);
    return { ...line, status: 'already-there', issueId: id, error: null };
  }
  return { ...line, status: 'refused', issueId: null, error: { code: error.code, facts: error.facts } };
}
