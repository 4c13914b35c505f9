import { runCommandLine } from './command-line.ts';
import { OWN_PARTS } from './shell.ts';

process.exitCode = await runCommandLine(process.argv.slice(2), OWN_PARTS);
// Whoever started this process and waits for its end must not keep it alive by waiting.
if (process.exitCode !== 0 && process.connected) process.disconnect();
