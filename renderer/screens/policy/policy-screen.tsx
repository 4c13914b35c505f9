import './policy.css';
import { useState, type ReactNode } from 'react';
import { CLASSES, CLOCK_NAMES, SEVERITIES, type ClockName, type IssueClass } from '../../../contract/issue.ts';
import { minutesOfDay } from '../../../contract/policy/calendar.ts';
import { clockRule, type ClockRule, type LadderStep, type PolicyPack } from '../../../contract/policy/pack.ts';
import { formatDate, formatDateTime } from '../../../contract/time.ts';
import { usePolicy } from '../../policy.ts';
import { roleWords } from '../../role-words.ts';
import { useLanguage, useT } from '../../strings/text.ts';
import { clock } from '../../ui/clock.ts';
import { allowedWords, spanWords } from './spans.ts';

/** The rules that records are judged by: every value with its clause, or the word that it is only proposed. */
export function PolicyScreen() {
  const t = useT();
  const { all, at } = usePolicy();
  const inForce = at(clock.exactMs);
  const [chosenId, setChosen] = useState<string | null>(null);
  const pack = all.find(one => one.id === chosenId) ?? inForce;
  return (
    <div className="policy">
      <header>
        <h1>{t('policy.title')}</h1>
        <label>{t('policy.pack')}{' '}
          <select className="input" value={pack.id} onChange={event => { setChosen(event.target.value); }}>
            {all.toReversed().map(one => <option key={one.id} value={one.id}>{t(one === inForce ? 'policy.inForce' : one.effectiveFromMs > clock.exactMs ? 'policy.later' : 'policy.earlier', { code: one.code, day: formatDate(one.effectiveFromMs) })}</option>)}
          </select>
        </label>
      </header>
      <div className="policy-body" tabIndex={0} role="region" aria-label={t('policy.title')}>
        <p><b>{pack.title}</b> · {pack.document} · {t('policy.from', { at: formatDateTime(pack.effectiveFromMs) })}</p>
        {pack.note !== '' && <p className="muted">{pack.note}</p>}
        <p className="muted">{t('policy.howToChange')}</p>
        {CLASSES.map(kind => <Clocks key={kind} pack={pack} kind={kind} />)}
        <Thresholds pack={pack} />
        <Calendar pack={pack} />
        <Categories pack={pack} />
      </div>
    </div>
  );
}

/** Where a value comes from. */
function Source({ source }: { source: string | null }) {
  const t = useT();
  return source === null ? <span className="proposed">{t('policy.proposed')}</span> : <span>{source}</span>;
}

function Clocks({ pack, kind }: { pack: PolicyPack; kind: IssueClass }) {
  const t = useT();
  const rulesOf = (name: ClockName): (ClockRule | undefined)[] => SEVERITIES.map(severity => clockRule(pack, name, { class: kind, severity }));
  const shown = CLOCK_NAMES.filter(name => rulesOf(name).some(rule => rule?.minutes !== null && rule?.minutes !== undefined));
  const sources = (name: ClockName): (string | null)[] => [...new Set(rulesOf(name).filter(rule => rule?.minutes !== null).map(rule => rule?.source ?? null))];
  return (
    <section>
      <h2>{t(`domain.class.${kind}`)} · {t('policy.clocks')}</h2>
      <table>
        <thead><tr><th scope="col">{t('policy.clock')}</th>{SEVERITIES.map(severity => <th key={severity} scope="col">{severity} · {t(`domain.severity.${severity}`)}</th>)}<th scope="col">{t('policy.source')}</th></tr></thead>
        <tbody>
          {shown.map(name => (
            <tr key={name}>
              <th scope="row">{t(`domain.clock.${name}`)}</th>
              {rulesOf(name).map((rule, at) => <td key={SEVERITIES[at]}>{allowedWords(t, rule, minutesOfDay(pack.calendar))}</td>)}
              <td>{sources(name).map((source, at) => <div key={at}><Source source={source} /></div>)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** When a step of the ladder is reached, and who is told by it. */
function ladderWords(t: ReturnType<typeof useT>, { atShare, orOverdue, tells }: LadderStep): string {
  const when = t('policy.ladderAt', { share: Math.round(atShare * 100) }) + (orOverdue === undefined ? '' : t('policy.ladderOr', { n: orOverdue }));
  return tells.length === 0 ? when : when + t('policy.ladderTells', { who: roleWords(t, tells) });
}

function Thresholds({ pack }: { pack: PolicyPack }) {
  const t = useT();
  const days = minutesOfDay(pack.calendar);
  const { reopening, dedupe, pauses, alarms, personalData } = pack;
  const rows: [label: string, value: ReactNode, source: string | null][] = [
    [t('policy.warn'), `${String(Math.round(pack.warnShare.value * 100))} %`, pack.warnShare.source],
    [t('policy.dispatchFirst'), pack.dispatchFirst.severities.join(', ') || t('policy.none'), pack.dispatchFirst.source],
    [t('policy.returns'), t('policy.times', { n: pack.returns.limit }), pack.returns.source],
    [t('policy.info'), `${t('policy.times', { n: pauses.infoTimes })}, ${spanWords(t, pauses.infoMinutes, days)}`, pauses.source],
    [t('policy.hold'), `${t('policy.times', { n: pauses.holdTimes })}, ${spanWords(t, pauses.holdMinutes, days)}`, pauses.source],
    [t('policy.reopening'), reopening.by === 'none' ? t('policy.none') : t('policy.reopeningDays', { n: reopening.days }), reopening.source],
    [t('policy.nearIncident'), t('policy.near', { metres: dedupe.incident.metres, span: spanWords(t, dedupe.incident.minutes, null) }), dedupe.source],
    [t('policy.nearIssue'), t('policy.near', { metres: dedupe.issue.metres, span: spanWords(t, dedupe.issue.minutes, null) }), dedupe.source],
    [t('policy.split'), t('policy.days', { n: dedupe.splitDays }), dedupe.source],
    ...pack.ladder.map((step): [string, ReactNode, string | null] => [t('policy.ladder', { n: step.level }), ladderWords(t, step), step.source]),
    [t('policy.survey'), t('policy.lowScore', { n: pack.survey.lowScore }), pack.survey.source],
    [t('policy.alarms'), t('policy.alarmEvery', { repeat: alarms.repeatSeconds, next: alarms.escalateSeconds }), alarms.source],
    [t('policy.requests'), t('policy.workingDays', { n: personalData.requestWorkingDays }), personalData.source],
  ];
  return (
    <section>
      <h2>{t('policy.thresholds')}</h2>
      <table>
        <thead><tr><th scope="col">{t('policy.rule')}</th><th scope="col">{t('policy.value')}</th><th scope="col">{t('policy.source')}</th></tr></thead>
        <tbody>{rows.map(([label, value, source]) => <tr key={label}><th scope="row">{label}</th><td>{value}</td><td><Source source={source} /></td></tr>)}</tbody>
      </table>
    </section>
  );
}

function Calendar({ pack: { calendar } }: { pack: PolicyPack }) {
  const t = useT();
  const hour = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  return (
    <section>
      <h2>{t('policy.calendar')}</h2>
      <p>{calendar.weekdays.map(day => t(`frame.weekday.d${day as 1 | 2 | 3 | 4 | 5 | 6 | 7}`)).join(', ')} · {calendar.spans.map(span => `${hour(span.fromMin)}–${hour(span.toMin)}`).join(', ')} · <Source source={calendar.source} /></p>
      <ul className="days">
        {calendar.days.map(({ date, name, working }) => <li key={date}><b>{date.split('-').reverse().join('/')}</b> {name} <span className={working ? 'good' : 'muted'}>{t(working ? 'policy.made' : 'policy.off')}</span></li>)}
      </ul>
    </section>
  );
}

function Categories({ pack }: { pack: PolicyPack }) {
  const t = useT();
  const language = useLanguage();
  return (
    <section>
      <h2>{t('policy.categories')}</h2>
      <ul className="days">{pack.categories.map(one => <li key={one.code}><b>{one[language]}</b> <span className="muted">{one.services.map(service => t(`domain.service.${service}`)).join(', ')}</span></li>)}</ul>
    </section>
  );
}
