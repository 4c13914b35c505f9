import { useEffect, useRef, useState } from 'react';
import type { HandoverDetail } from '../../../contract/handovers.ts';
import { formatDateTime } from '../../../contract/time.ts';
import { client } from '../../client.ts';
import { useSession } from '../../frame/station.ts';
import { useLive } from '../../live-query.ts';
import { openPage } from '../../open-page.ts';
import { formatPrintRoute } from '../../print/print-route.ts';
import { goTo } from '../../route.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { FiguresOf, PartBody } from './part-body.tsx';
import { PartCard } from './part-card.tsx';
import { countOf, isEmptyPart, PARTS, partsOf, readMarks, type Part } from './parts.ts';
import { Signatures } from './signatures.tsx';

/** One handover: its seven parts, read one after the other, and both signatures beside them. */
export function HandoverDocument({ id }: { id: string }) {
  const t = useT();
  const { data, error } = useLive(['handovers.get', id], ['document', 'session', 'org', 'sync', 'issue'], core => core.handovers.get({ id }), { keepPrevious: true });
  if (error !== null) return <div className="handovers"><ErrorNotice error={error} /><Button hint="Esc" onClick={() => { goTo({ screen: 'handover', id: null }); }}>{t('handover.back')}</Button></div>;
  return data === undefined ? <p className="handovers muted">{t('handover.loading')}</p> : <Document detail={data} />;
}

/** The parts that the person has still to read, and how they come to be read. */
function useReading({ handover, unread, mayTake }: HandoverDetail) {
  const { personId } = useSession();
  const key = `${personId} ${handover.id}`;
  const parts = partsOf(handover.content);
  const [read, setRead] = useState(() => readMarks.of(key));
  const asks = handover.state === 'offered' ? mayTake : unread;
  const needed = asks ? PARTS.filter(part => !isEmptyPart(parts, part)) : [];
  const left = needed.filter(part => !read.has(part));
  const isSent = useRef(false);
  useEffect(() => {
    // Whoever signs for it has read it; everybody else of the shift says so by reading all of it.
    if (!unread || left.length > 0 || handover.state !== 'received' || isSent.current) return;
    isSent.current = true;
    client.handovers.markRead({ id: handover.id }).catch(() => { isSent.current = false; });
  });
  return {
    parts, left, isRead: (part: Part): boolean | null => (asks && needed.includes(part) ? read.has(part) : asks ? true : null),
    note: (part: Part): void => { readMarks.add(key, part); setRead(readMarks.of(key)); },
  };
}

function Document({ detail }: { detail: HandoverDetail }) {
  const t = useT();
  const { locked } = useSession();
  const { handover } = detail;
  const { content } = handover;
  const { parts, left, isRead, note } = useReading(detail);
  const cards = useRef(new Map<Part, HTMLElement>());
  const toNext = (after?: Part): void => {
    const next = left.find(part => part !== after && (after === undefined || PARTS.indexOf(part) > PARTS.indexOf(after))) ?? left.find(part => part !== after);
    if (next === undefined) return;
    cards.current.get(next)?.focus();
    cards.current.get(next)?.scrollIntoView({ block: 'nearest' });
  };
  const print = (): void => { openPage('print', formatPrintRoute({ kind: 'handover', id: handover.id })); };
  useShortcuts('screen', [
    { keys: 'arrowdown', label: t('handover.nextUnread'), hint: '↓', run: () => { toNext(); }, enabled: left.length > 0 && !locked },
    { keys: 'p', label: t('handover.print'), hint: 'P', run: print, enabled: !locked },
    { keys: 'escape', label: t('handover.back'), hint: 'Esc', run: () => { goTo({ screen: 'handover', id: null }); }, enabled: !locked },
  ]);
  return (
    <div className="handover">
      <header>
        <div><h1>{t('handover.title')}: {content.shiftName === '' ? t('handover.noName') : content.shiftName}</h1><p className="muted">{handover.lines.map(service => t(`domain.service.${service}`)).join(', ')} · {formatDateTime(content.fromMs)} – {formatDateTime(content.toMs)}</p></div>
        <span className="muted">{t('handover.lockedAt', { at: formatDateTime(content.toMs) })}</span>
        <Button hint="P" onClick={print}>{t('handover.print')}</Button>
      </header>
      <div className="handover-parts" tabIndex={-1}>
        {!detail.intact && <Notice tone="danger">{t('handover.notIntact')}</Notice>}
        <FiguresOf content={content} site={detail.names[handover.siteId] ?? t('app.unknown')} />
        {PARTS.map(part => (
          <PartCard key={part} part={part} count={countOf(parts, part)} isRead={isRead(part)} onRead={() => { note(part); toNext(part); }}
            ref={element => { if (element === null) cards.current.delete(part); else cards.current.set(part, element); }}>
            <PartBody part={part} parts={parts} toMs={content.toMs} />
          </PartCard>
        ))}
      </div>
      <Signatures detail={detail} left={left} onNext={() => { toNext(); }} />
    </div>
  );
}
