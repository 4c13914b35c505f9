import type { IssueDetail } from '../../contract/console.ts';
import { isErased } from '../../contract/mutations/erase.ts';
import { civilParts, formatDateTime } from '../../contract/time.ts';
import { doneWord, FIELDS } from '../screens/queue/issue-history.tsx';
import { stepTaken } from '../screens/queue/ladder-face.ts';
import { whoName } from '../screens/queue/who.ts';
import { useLanguage, useT } from '../strings/text.ts';
import { Line, usePaperWords, type PaperProps } from './paper.tsx';
import { Qr } from './qr.tsx';

const two = (n: number): string => String(n).padStart(2, '0');

/** The official form of a record (lay-out of Nghị định 30/2020/NĐ-CP, Phụ lục I), with its history and room to sign. */
export function Form({ detail, siteName, provinceName, nowMs }: PaperProps) {
  const t = useT();
  const words = usePaperWords(detail);
  const { day, month, year } = civilParts(nowMs);
  return (
    <article className="paper form">
      <header className="state">
        <div><p>{provinceName.toUpperCase()}</p><p className="strong ruled">{siteName.toUpperCase()}</p><p>{t('print.no')}: {words.no}</p></div>
        <div><p className="strong">{t('print.nation')}</p><p className="strong ruled">{t('print.motto')}</p><p className="dated">{t('print.dated', { day: two(day), month: two(month), year })}</p></div>
      </header>
      <div className="title"><h1>{t('print.formTitle')}</h1><Qr no={words.no} label={words.no} /></div>
      <Intake detail={detail} />
      <Handling detail={detail} />
      <History detail={detail} />
      <footer className="signs">
        {(['author', 'lead', 'head'] as const).map(who => <div key={who}><p className="strong">{t(`print.sign.${who}`)}</p><p>{t('print.sign.how')}</p></div>)}
      </footer>
    </article>
  );
}

function Intake({ detail }: { detail: IssueDetail }) {
  const t = useT();
  const language = useLanguage();
  const { issue } = detail;
  const words = usePaperWords(detail);
  const { reporter, place } = issue;
  const degrees = new Intl.NumberFormat(language === 'vi' ? 'vi-VN' : 'en-GB', { minimumFractionDigits: 5, maximumFractionDigits: 5 });
  return (
    <section>
      <h2>{t('print.part.intake')}</h2>
      <dl>
        <Line label={t('print.label.number')}><strong>{words.no}</strong>{issue.displayNo !== null && ` (${t('print.label.provisionalNo').toLowerCase()}: ${issue.provisionalNo})`}</Line>
        <Line label={t('print.label.service')}>{words.service}</Line>
        <Line label={t('print.label.severity')}>{words.severity}</Line>
        <Line label={t('print.label.category')}>{words.category}</Line>
        <Line label={t('print.label.received')}>{words.at(issue.receivedAtMs)} · {t(`domain.channel.${issue.channel}`)}</Line>
        <Line label={t('print.label.occurred')}>{words.at(issue.occurredAtMs)}</Line>
        <Line label={t('print.label.author')}>{words.name(issue.authorId)}</Line>
        <Line label={t('print.label.reporter')}>{isErased(issue) ? t('personal.erase.onPaper') : reporter.anonymous ? t('issue.anonymous') : [reporter.name, reporter.phone, reporter.relation].filter(text => text !== '').join(' · ')}</Line>
        <Line label={t('print.label.place')}>{words.place}</Line>
        <Line label={t('print.label.coordinates')}>{place.lat === null || place.lon === null ? '' : `${degrees.format(place.lat)}; ${degrees.format(place.lon)}`}</Line>
        <Line label={t('print.label.description')}><span className="story">{issue.description}</span></Line>
        <Line label={t('print.label.victims')}>{issue.victims.length === 0 ? '' : (
          <ol>{issue.victims.map((victim, i) => <li key={i}>{victim.who || t('app.unknown')}: {(['conscious', 'breathing', 'bleeding'] as const).map(sign => `${t(`issue.${sign}`)} ${t(`domain.answer.${victim[sign]}`).toLowerCase()}`).join(', ')}</li>)}</ol>
        )}</Line>
      </dl>
    </section>
  );
}

function Handling({ detail }: { detail: IssueDetail }) {
  const t = useT();
  const { issue } = detail;
  const words = usePaperWords(detail);
  const { verification } = issue;
  return (
    <>
      <section>
        <h2>{t('print.part.handling')}</h2>
        <dl>
          <Line label={t('print.label.verified')}>{verification === null ? '' : [t(`domain.method.${verification.method}`), words.name(verification.byId), formatDateTime(verification.atMs), verification.note].filter(text => text !== '').join(' · ')}</Line>
          <Line label={t('print.label.lead')}>{words.name(issue.leadUnitId)}</Line>
          <Line label={t('print.label.co')}>{words.coUnits}</Line>
          <Line label={t('print.label.forwarded')}>{words.at(issue.forwardedAtMs)}</Line>
          <Line label={t('print.label.due')}>{words.at(issue.dueAtMs)}</Line>
          <Line label={t('print.label.state')}>{t(`domain.state.${issue.state}`)}</Line>
        </dl>
      </section>
      {(issue.result !== null || issue.outcome !== null || issue.reply !== null) && (
        <section>
          <h2>{t('print.part.outcome')}</h2>
          <dl>
            <Line label={t('print.label.result')}>{issue.result}</Line>
            <Line label={t('print.label.outcome')}>{issue.outcome === null ? '' : t(`domain.outcome.${issue.outcome}`)}</Line>
            <Line label={t('print.label.reply')}>{issue.reply}</Line>
          </dl>
        </section>
      )}
    </>
  );
}

/** In the order of time, as paper is read. */
function History({ detail: { issue, names } }: { detail: IssueDetail }) {
  const t = useT();
  return (
    <section>
      <h2>{t('print.part.history')}</h2>
      <table>
        <thead><tr>{(['at', 'done', 'who', 'note'] as const).map(column => <th key={column} scope="col">{t(`print.column.${column}`)}</th>)}</tr></thead>
        <tbody>{issue.history.map((entry, i) => {
          const fields = FIELDS.filter(field => entry.fields?.includes(field) === true).map(field => t(`domain.field.${field}`).toLowerCase());
          const step = stepTaken(issue, entry);
          return <tr key={i}><td>{formatDateTime(entry.atMs)}</td><td>{doneWord(t, entry.action, issue.class)}{step > 0 && `, ${t('steps.ladderLevel', { level: step })}`}{fields.length > 0 && `: ${fields.join(', ')}`}{entry.file !== undefined && `: ${entry.file}`}</td><td>{whoName(t, names, entry.byId)}</td><td>{[entry.note ?? '', entry.noEvidence === undefined ? '' : t('steps.noEvidenceBecause', { why: entry.noEvidence })].filter(text => text !== '').join(' · ')}</td></tr>;
        })}</tbody>
      </table>
    </section>
  );
}
