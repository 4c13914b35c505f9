import { askingOf } from '../../contract/policy/survey.ts';
import { surveyLink } from '../../contract/survey.ts';
import { usePolicy } from '../policy.ts';
import { useT } from '../strings/text.ts';
import { clock } from '../ui/clock.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Line, usePaperWords, type PaperProps } from './paper.tsx';
import { QrOf } from './qr.tsx';

const SCORES = ['s1', 's2', 's3', 's4', 's5'] as const;
const YES_NO = ['yes', 'no', 'unknown'] as const;
const WRITTEN_LINES = 5;

/** The survey of a closed record on paper (Q13.10, Q16.5): the code, what was answered, five questions; nothing of who reported. */
export function SurveyPaper({ detail, siteName, provinceName }: PaperProps) {
  const t = useT();
  const words = usePaperWords(detail);
  const { page, hotline } = askingOf(usePolicy().at(clock.nowMs));
  const { issue, surveyCode } = detail;
  if (surveyCode === null || surveyCode === undefined) return <EmptyState title={t('print.noSurvey')}>{t('print.noSurveyMore')}</EmptyState>;
  const answered = [issue.reply, issue.result].find(text => text !== null && text.trim() !== '') ?? '';
  const link = surveyLink(page, surveyCode);
  return (
    <article className="paper form survey">
      <header className="asked">
        <div><p>{provinceName.toUpperCase()}</p><p className="strong">{siteName.toUpperCase()}</p></div>
        <div className="by-code"><QrOf text={link === '' ? surveyCode : link} label={surveyCode} /><p>{t('survey.code')}</p><p className="strong">{surveyCode}</p></div>
      </header>
      <h1>{t('print.surveyTitle')}</h1>
      <p className="about">{t('print.surveyAbout')}</p>
      <dl>
        <Line label={t('print.label.number')}><strong>{words.no}</strong></Line>
        <Line label={t('print.label.category')}>{words.category}</Line>
        <Line label={t('print.surveyAnswered')}><span className="story">{answered}</span></Line>
      </dl>
      <ol className="questions">
        <li><p className="strong">{t('steps.score')}</p><Boxes words={SCORES.map(score => t(`steps.scores.${score}`))} /></li>
        {(['onTime', 'rightResult', 'attitude'] as const).map(question => <li key={question}><p className="strong">{t(`steps.${question}`)}</p><Boxes words={YES_NO.map(value => t(`domain.answer.${value}`))} /></li>)}
        <li><p className="strong">{t('print.surveyComment')}</p>{Array.from({ length: WRITTEN_LINES }, (_, at) => <div key={at} className="written" />)}</li>
      </ol>
      <p className="thanks">{link === '' ? '' : `${t('print.surveyLink', { link })} `}{hotline === '' ? t('print.surveyBack') : t('print.surveyBackHotline', { hotline })}</p>
    </article>
  );
}

function Boxes({ words }: { words: readonly string[] }) {
  return <ul className="boxes">{words.map(word => <li key={word}><span className="box" aria-hidden /> {word}</li>)}</ul>;
}
