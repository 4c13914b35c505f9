import type { LinkStatus } from '../../contract/console.ts';

/** What the pill says; told apart so that it can be tested without a window. */
export type LinkFace = 'first-copy' | 'never' | 'down' | 'sending' | 'synced';

/** The one thing worth saying about the link now. */
export function linkFace(link: Pick<LinkStatus, 'link' | 'pending' | 'loading'>): LinkFace {
  if (link.link === 'never') return 'never';
  if (link.link === 'down') return 'down';
  if (link.loading !== null) return 'first-copy';
  return link.pending > 0 ? 'sending' : 'synced';
}
