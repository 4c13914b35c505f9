import type { LinkStatus } from '../../contract/console.ts';

/** What the pill says; told apart so that it can be tested without a window. */
export type LinkFace = 'unknown' | 'being-made' | 'first-copy' | 'never' | 'down' | 'sending' | 'synced';

/** The one thing worth saying about the link now: nothing, once the page has no console behind it that knows. */
export function linkFace(link: Pick<LinkStatus, 'link' | 'pending' | 'loading' | 'lastError'>, hasConsole: boolean): LinkFace {
  if (!hasConsole) return 'unknown';
  if (link.link === 'never') return 'never';
  if (link.link === 'down') return 'down';
  if (link.loading !== null) return link.lastError?.code === 'sync/copy-being-made' ? 'being-made' : 'first-copy';
  return link.pending > 0 ? 'sending' : 'synced';
}
