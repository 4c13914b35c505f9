import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const KEPT = join(ROOT, 'test/.tmp');
const NAME = 'sample-cluster-';
const DAY_MS = 24 * 3_600_000;

/**
 * Puts the database of a small sample province where a server finds it, unless one is there: making it takes three seconds of a processor, copying it
 * a tenth of one. All copies are the same province: a test of two of them leaves one to its server to make.
 *
 * @param data the province's data folder
 */
export async function putSampleCluster(data: string): Promise<void> {
  const place = join(data, 'pg');
  if (existsSync(place)) return;
  mkdirSync(data, { recursive: true });
  cpSync(await sampleCluster(), place, { recursive: true });
}

/** It is made once for a day, to which its times are near, and this state of the code. */
async function sampleCluster(): Promise<string> {
  const place = join(KEPT, `${NAME}${new Date().toISOString().slice(0, 10)}-${codeHash()}`);
  if (existsSync(place)) return place;
  mkdirSync(KEPT, { recursive: true });
  removeOld();
  const making = mkdtempSync(join(tmpdir(), 'ioc-sample-making-'));
  try {
    // Loaded by whoever has to make one: the others would load the whole province for nothing.
    const { openProvince } = await import('../../province/open.ts');
    const opened = await openProvince({ databaseUrl: undefined, data: making, sample: 'small', name: '', nowMs: Date.now() });
    await opened.close();
    renameOrCopy(join(making, 'pg'), place);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  return place;
}

/** Another test file may have made it meanwhile: the first stays. */
function renameOrCopy(from: string, to: string): void {
  const beside = `${to}.${process.pid}`;
  cpSync(from, beside, { recursive: true });
  try {
    renameSync(beside, to);
  } catch (error) {
    rmSync(beside, { recursive: true, force: true });
    if (!existsSync(to)) throw error;
  }
}

/** Tests that run past midnight may still copy yesterday's. */
function removeOld(): void {
  for (const name of readdirSync(KEPT)) {
    const place = join(KEPT, name);
    if (name.startsWith(NAME) && Date.now() - statSync(place).mtimeMs > 2 * DAY_MS) rmSync(place, { recursive: true, force: true });
  }
}

function codeHash(): string {
  const hash = createHash('sha256');
  for (const folder of ['province/migrations', 'province/sample', 'contract/mutations']) {
    for (const name of readdirSync(join(ROOT, folder)).sort()) if (name.endsWith('.ts')) hash.update(readFileSync(join(ROOT, folder, name)));
  }
  return hash.update(readFileSync(join(ROOT, 'province/import-sample.ts'))).digest('hex').slice(0, 12);
}
