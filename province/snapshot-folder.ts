import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Chunk } from './snapshot-chunks.ts';
import { Kept, keptOf, type Snapshot, type SnapshotStore } from './snapshot-store.ts';

/** Copies in a folder of this server alone, which outlive its restart. */
export async function folderStore(folder: string): Promise<SnapshotStore> {
  const before = await readKept(folder);
  return {
    before,
    async keep(snapshot) { await keep(folder, snapshot); },
    async drop(snapshot) { await rm(join(folder, snapshot.id), { recursive: true, force: true }); },
    newestOf: () => Promise.resolve(null),
    find: () => Promise.resolve(null),
  };
}

/** Written beside and renamed, so that a cut leaves no half copy. */
async function keep(folder: string, snapshot: Snapshot): Promise<void> {
  const unfinished = join(folder, `${snapshot.id}.part`);
  await mkdir(unfinished, { recursive: true });
  await Promise.all(snapshot.chunks.map((chunk, index) => writeFile(join(unfinished, `${index}.zst`), chunk.bytes)));
  await writeFile(join(unfinished, 'manifest.json'), JSON.stringify(keptOf(snapshot)));
  await rename(unfinished, join(folder, snapshot.id));
}

/** What is left of former copies; a damaged or half one is thrown away, since it can be made again. */
async function readKept(folder: string): Promise<Snapshot[]> {
  await mkdir(folder, { recursive: true });
  const snapshots: Snapshot[] = [];
  for (const name of await readdir(folder)) {
    const snapshot = name.endsWith('.part') ? null : await readOne(join(folder, name)).catch(() => null);
    if (snapshot === null) await rm(join(folder, name), { recursive: true, force: true });
    else snapshots.push(snapshot);
  }
  return snapshots.sort((a, b) => b.seq - a.seq);
}

async function readOne(folder: string): Promise<Snapshot | null> {
  const kept = Kept.parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')));
  const chunks = await Promise.all(kept.chunks.map(async (chunk, index): Promise<Chunk> => ({
    sha256: chunk.sha256, rows: chunk.rows, bytes: await readFile(join(folder, `${index}.zst`)),
  })));
  const whole = chunks.every(chunk => createHash('sha256').update(chunk.bytes).digest('hex') === chunk.sha256);
  return whole ? { ...kept, chunks } : null;
}
