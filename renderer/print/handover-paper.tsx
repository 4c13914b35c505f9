import { useEffect } from 'react';
import type { Session } from '../../contract/console.ts';
import type { HandoverDetail } from '../../contract/handovers.ts';
import { civilParts, formatDateTime, formatTime } from '../../contract/time.ts';
import { useLive } from '../live-query.ts';
import { FiguresOf, PartBody } from '../screens/handover/part-body.tsx';
import { checkCode, countOf, PARTS, partsOf } from '../screens/handover/parts.ts';
import { useT } from '../strings/text.ts';
import { Button } from '../ui/button.tsx';
import { clock } from '../ui/clock.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { useShortcuts } from '../ui/shortcuts.ts';
import { styleNonce } from '../ui/theme.ts';
import { pageStyle } from './page-style.ts';
import { Qr } from './qr.tsx';

interface Where { siteName: string; provinceName: string }

/** A handover as it will be on paper, and the button that prints it. */
export function HandoverPreview({ id, session, ...where }: Where & { id: string; session: Session }) {
  const t = useT();
  const { data, error } = useLive(['handovers.get', id], ['document', 'session', 'org'], core => core.handovers.get({ id }));
  useShortcuts('screen', [{ keys: 'enter', label: t('print.run'), run: () => { window.print(); }, enabled: data !== undefined }]);
  useEffect(() => { if (data !== undefined) document.title = `${t('handover.title')} ${data.handover.content.shiftName}`; });
  if (error !== null) return <div className="print-wait"><ErrorNotice error={error} /></div>;
  if (data === undefined) return <p className="print-wait muted">{t('print.loading')}</p>;
  return (
    <>
      <style nonce={styleNonce()}>{pageStyle('handover', t('print.by', { who: session.name, at: formatDateTime(clock.exactMs) }), t('print.page'))}</style>
      <div className="print-bar"><Button kind="primary" hint="Enter" onClick={() => { window.print(); }}>{t('print.run')}</Button><span className="muted">{t('print.hint')}</span></div>
      <main className="print-desk"><HandoverPaper detail={data} {...where} /></main>
    </>
  );
}

const two = (n: number): string => String(n).padStart(2, '0');

/** The record of a handover (lay-out of Nghị định 30/2020/NĐ-CP, Phụ lục I): what was signed, both signatures, and as an annex what came after the first. */
function HandoverPaper({ detail, siteName, provinceName }: Where & { detail: HandoverDetail }) {
  const t = useT();
  const { handover, names, since } = detail;
  const { content, given, taken, remarks } = handover;
  const parts = partsOf(content);
  const { day, month, year } = civilParts(given.atMs);
  const name = (id: string): string => names[id] ?? t('app.unknown');
  const ownSite = names[handover.siteId] ?? siteName;
  return (
    <article className="paper form handover-paper">
      <header className="state">
        <div><p>{provinceName.toUpperCase()}</p><p className="strong ruled">{ownSite.toUpperCase()}</p></div>
        <div><p className="strong">{t('print.nation')}</p><p className="strong ruled">{t('print.motto')}</p><p className="dated">{t('print.dated', { day: two(day), month: two(month), year })}</p></div>
      </header>
      <div className="title"><h1>{t('handover.paper.title')}</h1><Qr no={checkCode(handover.digest)} label={checkCode(handover.digest)} /></div>
      <p className="center">{content.shiftName} · {handover.lines.map(service => t(`domain.service.${service}`)).join(', ')} · {t('handover.period', { from: formatDateTime(content.fromMs), to: formatDateTime(content.toMs) })}</p>
      <section>
        <h2>{t('handover.paper.figures')}</h2>
        <FiguresOf content={content} site={ownSite} />
        <ul>{content.figures.map(one => <li key={one.service}>{t(`domain.service.${one.service}`)}: {(['received', 'closed', 'open', 'overdue'] as const).map(key => t(`handover.paper.${key}`, { n: one[key] })).join('; ')}</li>)}</ul>
      </section>
      {PARTS.map((part, i) => (
        <section key={part}>
          <h2>{i + 1}. {t(`handover.part.${part}`)} {countOf(parts, part) ?? ''}</h2>
          <PartBody part={part} parts={parts} toMs={content.toMs} onPaper />
        </section>
      ))}
      <footer className="signs two">
        <div><p className="strong">{t('handover.giver')}</p><p>{name(given.byId)}</p><p>{t('handover.paper.signHere')}</p><p>{formatDateTime(given.atMs)} · {name(given.deviceId)}</p></div>
        <div><p className="strong">{t('handover.taker')}</p>{taken === null ? <p>{t('handover.notSigned')}</p> : <><p>{name(taken.byId)}</p><p>{t('handover.paper.signHere')}</p><p>{formatDateTime(taken.atMs)} · {name(taken.deviceId)}</p>{taken.remark !== '' && <p>{taken.remark}</p>}</>}</div>
      </footer>
      <p className="center">{t('handover.code')}: <strong>{checkCode(handover.digest)}</strong></p>
      {(since.length > 0 || remarks.length > 0) && (
        <section>
          <h2>{t('handover.since')}</h2>
          <ul>
            {since.map(record => <li key={record.id}>{formatTime(record.receivedAtMs)} · {record.severity} · {record.no}: {record.words}</li>)}
            {remarks.map((remark, i) => <li key={i}>{formatDateTime(remark.atMs)} · {name(remark.byId)}: {remark.text}</li>)}
          </ul>
        </section>
      )}
    </article>
  );
}
