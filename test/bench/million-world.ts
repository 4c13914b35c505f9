import type { Issue } from '../../contract/issue.ts';
import { openProvince } from '../../province/open.ts';
import { makeIssues, makeSample, SAMPLE_SEED } from '../../province/sample.ts';
import type { Database } from '../../province/sql.ts';
import { commitChanges, type RowWrite } from '../../province/store.ts';
import { postgresMissing, startPostgres, type TemporaryPostgres } from '../province/postgres.ts';
import { temporaryFolder, startProgram, type ProvinceReady, type Running } from '../support/processes.ts';

/** Rows of a commit while the database is filled. */
const BATCH_ROWS = 2_000;

/** A province with many records in one server process. */
export interface MillionWorld {
  engine: 'postgresql' | 'pglite'; province: Running<ProvinceReady>;
  /** The province's database, to be looked at once its server has been stopped. */
  afterwards<T>(look: (db: Database) => Promise<T>): Promise<T>;
  end(): Promise<void>;
}

/** On a PostgreSQL of its own where Debian's is installed, otherwise on the embedded engine. Every row goes in by `commit_changes`. */
export async function startMillion(rows: number, note: (text: string) => void): Promise<MillionWorld> {
  const missing = postgresMissing();
  if (missing !== null) note(`on the embedded engine: ${missing}`);
  const folder = temporaryFolder('bench-million');
  const postgres = missing === null ? startPostgres({ durable: true }) : null;
  const at = { databaseUrl: postgres?.url, data: folder.path, sample: 0, name: '', nowMs: Date.now() };
  try {
    await fill(at, rows);
    const province = await startProgram<ProvinceReady>('province/index.ts', ['serve', '--port', '0', '--data', folder.path, '--codes', '4', '--json'], postgres === null ? {} : { DATABASE_URL: postgres.url });
    return {
      engine: postgres === null ? 'pglite' : 'postgresql', province,
      async afterwards(look) {
        await province.stop();
        const { db, close } = await openProvince(at);
        try {
          return await look(db);
        } finally {
          await close();
        }
      },
      async end() { await province.stop(); tidy(postgres, folder); },
    };
  } catch (error) {
    tidy(postgres, folder);
    throw error;
  }
}

function tidy(postgres: TemporaryPostgres | null, folder: { remove(): void }): void {
  postgres?.stop();
  folder.remove();
}

/** The sample's organisation, and as many of its records as are wanted. */
async function fill(at: Parameters<typeof openProvince>[0], rows: number): Promise<void> {
  const { db, close } = await openProvince(at);
  try {
    const org = makeSample({ seed: SAMPLE_SEED, size: 'full', nowMs: at.nowMs, issues: 0 });
    let batch: RowWrite[] = [];
    const write = async (): Promise<void> => {
      const written = batch;
      batch = [];
      if (written.length > 0) await db.transaction(tx => commitChanges(tx, { rows: written }));
    };
    for (const issue of makeIssues(SAMPLE_SEED, rows, org, at.nowMs)) {
      if (batch.push(rowOf(issue)) === BATCH_ROWS) await write();
    }
    await write();
  } finally {
    await close();
  }
}

function rowOf(issue: Issue): RowWrite {
  return { kind: 'issue', id: issue.id, siteId: issue.siteId, service: issue.service, deleted: false, data: { ...issue }, expected: 0 };
}
