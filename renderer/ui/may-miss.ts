import type { LinkStatus } from '../../contract/console.ts';

/** Whether what is found by this text may not be all: words of the first copy are still being written. */
export function mayMiss(status: Pick<LinkStatus, 'textBehind'> | undefined, text: string): boolean {
  return status?.textBehind === true && text.trim() !== '';
}
