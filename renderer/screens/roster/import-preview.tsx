import { NOBODY, spansOf, type ImportedPerson, type ImportPreview } from '../../../contract/roster-import-plan.ts';
import type { RosterPlan } from '../../../contract/roster.ts';
import { formatDate } from '../../../contract/time.ts';
import { useT } from '../../strings/text.ts';
import { cellWords, dayWords } from './duty-words.ts';

const DAY_MS = 86_400_000;
/** So many changes of one person are listed, and so many wrong lines; the rest is a number. */
const LISTED = { spans: 8, lines: 20 } as const;

interface PreviewProps { plan: RosterPlan; preview: ImportPreview; onAnswer: (key: string, answer: string) => void }

/** Who is known and who is new, what changes of each, which lines are not taken and why, and what lies outside the month. */
export function ImportedPeople({ plan, preview: { people, wrong, outside }, onAnswer }: PreviewProps) {
  const t = useT();
  return (
    <div className="preview" role="region" tabIndex={0} aria-label={t('rosterPeople.preview')}>
      {wrong.length > 0 && (
        <>
          <h2>{t('rosterPeople.wrong', { n: wrong.length })}</h2>
          <ul>{wrong.slice(0, LISTED.lines).map(({ line, trouble, value }) => <li key={`${line} ${trouble}`} className="danger">{t('rosterPeople.wrongLine', { line, reason: t(`rosterPeople.lineTrouble.${trouble}`, { value }) })}</li>)}</ul>
          {wrong.length > LISTED.lines && <p className="muted">{t('rosterPeople.moreLines', { n: wrong.length - LISTED.lines })}</p>}
        </>
      )}
      {outside.length > 0 && (
        <>
          <h2>{t('rosterPeople.outside')}</h2>
          <ul>{outside.map(({ line, name, from, to, isPartly }) => <li key={`${line} ${from}`} className="warning">{t(isPartly ? 'rosterPeople.outsidePartly' : 'rosterPeople.outsideLine', { line, name, from: dateWords(from), to: dateWords(to) })}</li>)}</ul>
        </>
      )}
      <h2>{t('rosterPeople.who', { n: people.length })}</h2>
      <table>
        <thead><tr><th scope="col">{t('roster.who')}</th><th scope="col">{t('rosterPeople.knownAs')}</th><th scope="col">{t('rosterPeople.change')}</th></tr></thead>
        <tbody>{people.map(person => <PersonLine key={person.lines[0]} plan={plan} person={person} onAnswer={onAnswer} />)}</tbody>
      </table>
    </div>
  );
}

/** A day counted from 1970, dd/MM/yyyy. */
function dateWords(day: number): string {
  return formatDate(day * DAY_MS);
}

function PersonLine({ plan, person, onAnswer }: { plan: RosterPlan; person: ImportedPerson; onAnswer: PreviewProps['onAnswer'] }) {
  const t = useT();
  const { name, knownAs, agency, lines, ask, changes, fields } = person;
  const spans = spansOf(changes), shown = spans.slice(0, LISTED.spans), more = spans.slice(LISTED.spans).reduce((sum, { from, to }) => sum + to - from + 1, 0);
  const cells = shown.map(({ from, to, was, is }) => `${dayWords(plan.month, from)}${to === from ? '' : `–${dayWords(plan.month, to)}`} ${cellWords(was, plan, t)} → ${cellWords(is, plan, t)}`);
  const words = [...fields.map(field => t(`rosterPeople.field.${field}`)), ...cells, ...more > 0 ? [t('rosterPeople.moreCells', { n: more })] : []];
  return (
    <tr>
      <th scope="row">{name}<span className="muted"> {[agency, t('rosterPeople.ofLines', { lines: lines.join(', ') })].filter(one => one !== null).join(' · ')}</span></th>
      <td>
        <span className={knownAs === 'new' || knownAs === 'asked' ? 'warning strong' : undefined}>{t(`rosterPeople.known.${knownAs}`)}</span>
        {ask !== null && (
          <select className="input sm" aria-label={t('rosterPeople.whichOf', { name })} defaultValue="" onChange={event => { onAnswer(ask.key, event.target.value); }}>
            <option value="" disabled>{t('rosterPeople.choose')}</option>
            {ask.candidates.map(one => <option key={one.key} value={one.key}>{[one.name, one.agency, one.isMember ? t('rosterPeople.known.member') : null].filter(part => part !== null).join(' · ')}</option>)}
            {ask.candidates.every(one => one.personId !== null) && <option value={NOBODY}>{t('rosterPeople.nobodyOfThem')}</option>}
          </select>
        )}
      </td>
      <td>{words.length === 0 ? <span className="muted">{t('rosterPeople.same')}</span> : words.join('; ')}</td>
    </tr>
  );
}
