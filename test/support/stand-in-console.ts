import { join } from 'node:path';
import { runCommandLine } from '../../main/browser/command-line.ts';

// The real command line over the stand-in core; pages from the folder named by the environment.
process.exitCode = await runCommandLine(process.argv.slice(2), {
  coreEntry: join(import.meta.dirname, 'stand-in-core-process.ts'),
  pages: process.env.TEST_PAGES ?? '/nonexistent',
});
