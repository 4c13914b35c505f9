import { COMMANDS } from './commands/table.ts';
import type { Database } from './database.ts';
import { mergeText } from './full-text.ts';
import { withDatabaseErrors } from './health.ts';
import { retryParkedRows } from './incoming.ts';
import { withBulkCommits } from './open.ts';
import { Work } from './work.ts';
import type { DbChange, WriterCommand, WriterCommands } from './writer-api.ts';

/** Commits that may pile up full-text segments before some are merged. */
const COMMITS_BETWEEN_MERGES = 50;

/** What is fetched again when it is lost: the pieces of a copy, whose last step commits like anything else. */
const BULK: ReadonlySet<WriterCommand> = new Set(['sync.snapshotChunk']);

/** Whether the command commits without waiting for the disk. */
export function isBulk(command: WriterCommand): boolean {
  return BULK.has(command);
}

export interface Ran<C extends WriterCommand> { output: WriterCommands[C][1]; change: DbChange | null; upkeep: () => void }

export interface Runner {
  /**
   * Runs a command in one transaction. The caller posts `change`, then answers with `output`, then runs `upkeep`.
   *
   * @throws {AppError} refusals and database trouble; then nothing has changed
   */
  run<C extends WriterCommand>(command: C, input: WriterCommands[C][0]): Ran<C>;
}

/** Runs commands on the writer's connection, which must be used by nobody else. */
export function createRunner(db: Database): Runner {
  const retried = new Work(db);
  withDatabaseErrors(() => db.transaction(() => retryParkedRows(retried)).immediate());
  const merges = { commits: 0 };
  return {
    run(command, input) {
      const work = new Work(db);
      const execute: (work: Work, input: WriterCommands[typeof command][0]) => WriterCommands[typeof command][1] = COMMANDS[command];
      const commit = (): WriterCommands[typeof command][1] => db.transaction(() => execute(work, input)).immediate();
      const output = withDatabaseErrors(() => isBulk(command) ? withBulkCommits(db, commit) : commit());
      const change = work.change();
      merges.commits += change?.tables.includes('issue') === true ? 1 : 0;
      if (command === 'upkeep') merges.commits = 0;
      return { output, change, upkeep: () => withDatabaseErrors(() => upkeep(db, work, merges)) };
    },
  };
}

function upkeep(db: Database, work: Work, merges: { commits: number }): void {
  for (const task of work.upkeep()) task();
  if (merges.commits < COMMITS_BETWEEN_MERGES) return;
  merges.commits = 0;
  db.transaction(() => mergeText(db)).immediate();
}
