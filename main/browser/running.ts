import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../platform/files.ts';

/** Where the shell of a data folder can be reached by this account's command line: `<dataDir>/console.json`, mode 0600. */
export const RunningConsole = z.object({ origin: z.string().startsWith('http://127.0.0.1:'), token: z.string(), pid: z.number().int() });
export type RunningConsole = z.infer<typeof RunningConsole>;

const fileOf = (dataDir: string): string => join(dataDir, 'console.json');

export function announceConsole(dataDir: string, running: RunningConsole): void {
  writeFileAtomic(fileOf(dataDir), JSON.stringify(running), 0o600);
}

export function withdrawConsole(dataDir: string): void {
  rmSync(fileOf(dataDir), { force: true });
}

/** The shell that runs on this folder now; null when there is none, also when one died and left its file. */
export async function findConsole(dataDir: string): Promise<RunningConsole | null> {
  const running = readAnnouncement(dataDir);
  if (running === null) return null;
  try {
    const answer = await fetch(`${running.origin}/local/state`, { headers: bearer(running), signal: AbortSignal.timeout(3_000) });
    return answer.ok ? running : null;
  } catch {
    return null;
  }
}

export function bearer(running: RunningConsole): { authorization: string } {
  return { authorization: `Bearer ${running.token}` };
}

function readAnnouncement(dataDir: string): RunningConsole | null {
  try {
    return RunningConsole.parse(JSON.parse(readFileSync(fileOf(dataDir), 'utf8')));
  } catch {
    return null;
  }
}
