import { readFileSync } from 'node:fs';

/** Resident memory of a shell's child, the core process, in MB (Linux). */
export function coreRssMb(shellPid: number): number {
  return rssMb(coreOf(shellPid));
}

/** The most that it has ever been. */
export function coreRssPeakMb(shellPid: number): number {
  return statusMb(coreOf(shellPid), 'VmHWM');
}

/** Resident memory of a process, in MB (Linux). */
export function rssMb(pid: number): number {
  return statusMb(pid, 'VmRSS');
}

/** The core process of a browser shell (Linux). */
export function coreOf(shellPid: number): number {
  return Number(readFileSync(`/proc/${shellPid}/task/${shellPid}/children`, 'utf8').trim().split(' ')[0]);
}

function statusMb(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  const kb = new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kb) / 1024);
}

/** Linux counts a process's time in hundredths of a second. */
const TICKS_PER_SECOND = 100;

/** Processor time that a process has used so far, all its threads, in seconds (Linux). */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
