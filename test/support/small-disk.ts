import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A folder that is a disk of its own, so that it can be full. */
export interface SmallDisk {
  /** Takes all that is free. */
  fill(): void;
  /** Gives it back. */
  empty(): void;
  unmount(): void;
}

/** Mounts a small disk over a folder. @returns null where this user may not */
export function mountSmallDisk(folder: string, megabytes: number): SmallDisk | null {
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]).status !== 0) return null;
  const ballast = join(folder, 'ballast');
  return {
    fill() {
      const into = openSync(ballast, 'w');
      for (const bytes of [65_536, 1]) writeUntilFull(into, Buffer.alloc(bytes));
      closeSync(into);
    },
    empty() { rmSync(ballast, { force: true }); },
    unmount() { spawnSync('umount', ['-l', folder]); },
  };
}

function writeUntilFull(file: number, piece: Buffer): void {
  try {
    for (;;) writeSync(file, piece);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  }
}
