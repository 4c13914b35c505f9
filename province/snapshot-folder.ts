import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Snapshot, type Draft, type SnapshotStore } from './snapshot-store.ts';

/** An id as we make them: anything else names no folder of ours. */
const ID = /^[0-9a-f]+-\d+-[0-9a-f]+$/;

/** Copies in a folder of this server alone, which outlive its restart. */
export async function folderStore(folder: string): Promise<SnapshotStore> {
  const before = await readKept(folder);
  return {
    before,
    begin: id => begin(folder, id),
    chunk: (id, index) => (ID.test(id) ? readFile(join(folder, id, `${index}.zst`)).catch(() => null) : Promise.resolve(null)),
    async drop(snapshot) { await rm(join(folder, snapshot.id), { recursive: true, force: true }); },
    newestOf: () => Promise.resolve(null),
    beingMade: () => Promise.resolve(null),
  };
}

/** Written beside and renamed, so that a cut leaves no half copy. */
async function begin(folder: string, id: string): Promise<Draft> {
  const unfinished = join(folder, `${id}.part`);
  await mkdir(unfinished, { recursive: true });
  const written = { chunks: 0 };
  return {
    add: bytes => writeFile(join(unfinished, `${written.chunks++}.zst`), bytes),
    async finish(snapshot) {
      await writeFile(join(unfinished, 'manifest.json'), JSON.stringify(snapshot));
      await rename(unfinished, join(folder, id));
    },
    discard: () => rm(unfinished, { recursive: true, force: true }),
  };
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

/** Looked through chunk by chunk: a copy may be larger than what this process is to hold. */
async function readOne(folder: string): Promise<Snapshot | null> {
  const snapshot = Snapshot.parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')));
  for (const [index, chunk] of snapshot.chunks.entries()) {
    const bytes = await readFile(join(folder, `${index}.zst`));
    if (createHash('sha256').update(bytes).digest('hex') !== chunk.sha256) return null;
  }
  return snapshot;
}
