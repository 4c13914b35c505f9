import type { LinkStatus } from '../../contract/console.ts';
import { formatTime } from '../../contract/time.ts';
import { percentOf } from '../frame/link-face.ts';
import type { TextKey } from '../strings/text.ts';

/** One way of this desk to the rest: its name, how it is, and whether somebody should look. */
export interface WallLink { key: 'core' | 'province' | 'send' | 'receive' | 'refused'; isBroken: boolean; words: TextKey; facts: Record<string, string | number> }

/** How the core of this desk is, as far as the page can tell. */
export type CoreState = 'works' | 'connecting' | 'restarting' | 'stopped';

/** A first connection that takes longer than this is trouble. */
const CONNECTS_MS = 15_000;

/** @param shownMs how long the page has been there: before its first connection nothing has broken off */
export function coreState(wire: 'starting' | 'open' | 'lost' | 'stopped' | 'foreign', shownMs: number): CoreState {
  if (wire === 'open') return 'works';
  if (wire === 'stopped' || wire === 'foreign') return 'stopped';
  return wire === 'starting' && shownMs <= CONNECTS_MS ? 'connecting' : 'restarting';
}

/** Changes that have waited so long are not merely on their way. */
const LONG_WAIT_MS = 5 * 60_000;

/** What this desk knows of its own links, broken ones first. Of other desks it knows nothing and says nothing. */
export function wallLinks(coreIs: CoreState, status: LinkStatus | undefined, nowMs: number): WallLink[] {
  const links = [core(coreIs), ...(status === undefined ? [] : [province(status), send(status, nowMs), receive(status), ...refused(status)])];
  return links.toSorted((a, b) => Number(b.isBroken) - Number(a.isBroken));
}

const link = (key: WallLink['key'], isBroken: boolean, words: TextKey, facts: WallLink['facts'] = {}): WallLink => ({ key, isBroken, words, facts });

function core(state: CoreState): WallLink {
  return link('core', state === 'restarting' || state === 'stopped', `wallboard.link.${state}`);
}

function province(status: LinkStatus): WallLink {
  if (status.link === 'up') return link('province', false, 'wallboard.link.up');
  if (status.link === 'never') return link('province', true, 'wallboard.link.never');
  return status.sinceMs === null ? link('province', true, 'wallboard.link.down') : link('province', true, 'wallboard.link.downSince', { at: formatTime(status.sinceMs) });
}

function send({ pending, oldestPendingAtMs, pushTrouble }: LinkStatus, nowMs: number): WallLink {
  if (pending === 0) return link('send', false, 'wallboard.link.nothingWaits');
  const isLong = oldestPendingAtMs !== null && nowMs - oldestPendingAtMs > LONG_WAIT_MS;
  if (oldestPendingAtMs === null || !isLong) return link('send', pushTrouble !== null, 'wallboard.link.waits', { count: pending });
  return link('send', true, 'wallboard.link.waitsSince', { count: pending, at: formatTime(oldestPendingAtMs) });
}

function receive({ loading, lastSyncAtMs, pullTrouble }: LinkStatus): WallLink {
  if (loading !== null) return link('receive', true, 'wallboard.link.copying', { percent: percentOf(loading) });
  if (lastSyncAtMs === null) return link('receive', true, 'wallboard.link.notYet');
  return pullTrouble === null ? link('receive', false, 'wallboard.link.receivedAt', { at: formatTime(lastSyncAtMs) }) : link('receive', true, 'wallboard.link.trouble');
}

function refused({ refused: count }: LinkStatus): WallLink[] {
  return count === 0 ? [] : [link('refused', true, 'wallboard.link.refusals', { count })];
}
