import type { LinkStatus } from '../../contract/console.ts';
import { formatTime } from '../../contract/time.ts';
import { useWireState } from '../live-query.ts';
import { goTo } from '../route.ts';
import { useT } from '../strings/text.ts';
import { linkFace, percentOf, type LinkFace } from './link-face.ts';

/** The link to the province and what waits for it, in words; opens "why not in step?". */
export function LinkPill({ link }: { link: LinkStatus }) {
  const t = useT();
  const wire = useWireState();
  const face = linkFace(link, wire !== 'stopped' && wire !== 'foreign');
  const isCut = face === 'down' || face === 'shut-out' || face === 'never' || face === 'unknown';
  return (
    <button type="button" className={`link-pill ${isCut ? 'cut' : ''}`} onClick={() => { goTo({ screen: 'health' }); }} title={t('frame.health')}>
      <i className={isCut ? 'ring' : face === 'synced' ? 'dot' : 'dot moving'} aria-hidden />
      <Words face={face} link={link} />
      {link.refused > 0 && face !== 'unknown' && <span className="danger strong">{t('frame.refused', { count: link.refused })}</span>}
    </button>
  );
}

function Words({ face, link }: { face: LinkFace; link: LinkStatus }) {
  const t = useT();
  // Where there has been a whole copy before, nothing is missing yet.
  const again = link.lastSyncAtMs !== null;
  switch (face) {
    case 'unknown': return <span className="strong">{t('frame.linkUnknown')}</span>;
    case 'being-made': return <span>{t(again ? 'frame.copyAgainBeingMade' : 'frame.copyBeingMade', { percent: Number(link.lastError?.facts['percent'] ?? 0) })}</span>;
    case 'first-copy': return <span>{t(again ? 'frame.copyAgain' : 'frame.firstCopy', { percent: percentOf(link.loading ?? 0) })}</span>;
    case 'never': return <span className="strong">{t('frame.neverLinked')}</span>;
    case 'shut-out': return <span><b>{t('frame.shutOut')}</b> · <b>{link.pending}</b> {t('frame.waitingCount')}</span>;
    case 'down': return (
      <span><b>{t('frame.cutSince')}</b> {link.sinceMs !== null && `${t('frame.from')} ${formatTime(link.sinceMs)}`} · <b>{link.pending}</b> {t('frame.waitingCount')}</span>
    );
    case 'sending': return <span>{t('frame.sending')} <b>{link.pending}</b> {t('frame.changes')}</span>;
    case 'synced': return <span>{t('frame.synced')} <span className="muted at">{link.lastSyncAtMs === null ? '' : formatTime(link.lastSyncAtMs, true)}</span></span>;
  }
}
