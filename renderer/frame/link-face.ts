import type { LinkStatus } from '../../contract/console.ts';

/** What the pill says; told apart so that it can be tested without a window. */
export type LinkFace = 'unknown' | 'being-made' | 'first-copy' | 'never' | 'shut-out' | 'down' | 'sending' | 'synced';

/** The province answers, and will not have this workstation. */
const SHUT_OUT: readonly string[] = ['device/revoked', 'device/unknown', 'device/bad-signature'];

/** The one thing worth saying about the link now: nothing, once the page has no console behind it that knows. */
export function linkFace(link: Pick<LinkStatus, 'link' | 'pending' | 'loading' | 'lastError'>, hasConsole: boolean): LinkFace {
  if (!hasConsole) return 'unknown';
  if (link.link === 'never') return 'never';
  if (link.link === 'down') return SHUT_OUT.includes(link.lastError?.code ?? '') ? 'shut-out' : 'down';
  if (link.loading !== null) return link.lastError?.code === 'sync/copy-being-made' ? 'being-made' : 'first-copy';
  return link.pending > 0 ? 'sending' : 'synced';
}

/** Whole per cent of a share 0…1, never 100 before it is all there. */
export function percentOf(share: number): number {
  return Math.min(99, Math.floor(share * 100));
}
