import { runCommandLine } from './command-line.ts';
import { OWN_PARTS } from './shell.ts';

process.exitCode = await runCommandLine(process.argv.slice(2), OWN_PARTS);
