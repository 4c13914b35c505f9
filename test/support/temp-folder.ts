import { afterEach } from 'vitest';
import { temporaryFolder } from './processes.ts';

/** A function that makes empty folders, which are gone after each test. Call once at the top of a test file. */
export function tempFolders(): () => string {
  const made: { path: string; remove(): void }[] = [];
  afterEach(() => { for (const folder of made.splice(0)) folder.remove(); });
  return () => {
    const folder = temporaryFolder('part');
    made.push(folder);
    return folder.path;
  };
}
