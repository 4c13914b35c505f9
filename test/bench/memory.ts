import { readFileSync } from 'node:fs';

/** Resident memory of a shell's child, the core process, in MB (Linux). */
export function coreRssMb(shellPid: number): number {
  const child = readFileSync(`/proc/${shellPid}/task/${shellPid}/children`, 'utf8').trim().split(' ')[0];
  const kb = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child}/status`, 'utf8'))?.[1];
  return Math.round(Number(kb) / 1024);
}
