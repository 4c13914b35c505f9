import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/** Where a console's writer is to be killed: at the start of its nth statement of a command, at the latest before it commits, or once that is committed. */
export interface WriterArm { command: string; at: number | 'committed' }
/** Where a server is to be killed: before or after the first statement with `then` that follows one with `after`. */
export interface ServerArm { after: string; then: string; at: 'before' | 'after' }

/** The command under which the statements of a start count, from the copy before a migration on. */
export const OPENING = 'open';

/** Names the point for a process that was started with this file. */
export function arm(file: string, where: WriterArm | ServerArm): void {
  writeFileSync(file, JSON.stringify(where));
}

export function disarm(file: string): void {
  rmSync(file, { force: true });
}

/** What the file names now; null when nothing is armed. */
export function armed<Arm>(file: string): Arm | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Arm;
  } catch {
    return null;
  }
}
