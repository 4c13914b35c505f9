import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made: string[] = [];

/** An empty folder that is gone when the test has ended which runs now. */
export function folderOfTest(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  made.push(folder);
  return folder;
}

export function removeFoldersOfTest(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}
