import { resolve } from 'node:path';

/** What a console can be told when it is started. */
export interface CommandLine {
  dataDir: string | null;
  /** Enrol at this province by a one-time code, when not enrolled yet. */
  enrol: { address: string; code: string; stationName: string } | null;
  allowUnsafeKey: boolean;
}

const MAX_LENGTH = 1_000;

/**
 * Reads our own options and no others. Chromium's switches stand in the same line and are left to Chromium; anything
 * unknown, too long or without its value is as if it were not there: a shortcut with a slip still starts the console.
 *
 * @param args without the program, and without the app's folder when not packed
 */
export function parseCommandLine(args: readonly string[], workingDir: string): CommandLine {
  const value = (name: string): string | null => {
    const at = args.indexOf(`--${name}`);
    const joined = args.find(a => a.startsWith(`--${name}=`))?.slice(name.length + 3);
    const given = joined ?? (at < 0 ? undefined : args[at + 1]);
    return given === undefined || given === '' || given.startsWith('--') || given.length > MAX_LENGTH || given.includes('\0') ? null : given;
  };
  const data = value('data');
  const address = value('province');
  const code = value('code');
  return {
    dataDir: data === null ? null : resolve(workingDir, data),
    enrol: address === null || code === null ? null : { address, code, stationName: value('name') ?? 'Bàn 01' },
    allowUnsafeKey: args.includes('--allow-unsafe-key'),
  };
}
