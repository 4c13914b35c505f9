import { useT } from '../strings/text.ts';
import { Line, usePaperWords, type PaperProps } from './paper.tsx';
import { Qr } from './qr.tsx';

/** A slip to hand over or to put beside the telephone: what, where, who goes; nothing of who reported. */
export function Slip({ detail, siteName }: PaperProps) {
  const t = useT();
  const { issue } = detail;
  const words = usePaperWords(detail);
  return (
    <article className="paper slip">
      <header>
        <div><p>{siteName}</p><h1>{t('print.slipTitle')}</h1><p className="number">{words.no}</p>{issue.displayNo !== null && <p>{t('print.label.provisionalNo')}: {issue.provisionalNo}</p>}</div>
        <Qr no={words.no} label={words.no} />
      </header>
      <dl>
        <Line label={t('print.label.service')}>{words.service}</Line>
        <Line label={t('print.label.severity')}><strong>{words.severity}</strong></Line>
        <Line label={t('print.label.category')}>{words.category}</Line>
        <Line label={t('print.label.place')}><strong>{words.place}</strong></Line>
        <Line label={t('print.label.received')}>{words.at(issue.receivedAtMs)}</Line>
        <Line label={t('print.label.occurred')}>{words.at(issue.occurredAtMs)}</Line>
        <Line label={t('print.label.state')}>{t(`domain.state.${issue.state}`)}</Line>
        <Line label={t('print.label.due')}>{words.at(issue.dueAtMs)}</Line>
        <Line label={t('print.label.forwarded')}>{words.at(issue.forwardedAtMs)}</Line>
        <Line label={t('print.label.lead')}><strong>{words.name(issue.leadUnitId)}</strong></Line>
        <Line label={t('print.label.co')}>{words.coUnits}</Line>
      </dl>
      <p className="scan">{t('print.scan')}</p>
    </article>
  );
}
