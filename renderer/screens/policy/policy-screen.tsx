import './policy.css';
import { useState } from 'react';
import type { KnownPack } from '../../../contract/policy/calls.ts';
import { CLASSES, CLOCK_NAMES, SEVERITIES, type ClockName, type IssueClass } from '../../../contract/issue.ts';
import { minutesOfDay } from '../../../contract/policy/calendar.ts';
import { clockRule, type ClockRule, type PolicyPack } from '../../../contract/policy/pack.ts';
import { withProposed } from '../../../contract/policy/proposed.ts';
import { askingOf } from '../../../contract/policy/survey.ts';
import { dayText, hoursText } from '../../../contract/policy/readings.ts';
import { LIMIT_PATHS, sourceOf } from '../../../contract/policy/values.ts';
import { formatDate, formatDateTime } from '../../../contract/time.ts';
import { useLive } from '../../live-query.ts';
import { usePolicy } from '../../policy.ts';
import { useLanguage, useT, type Language } from '../../strings/text.ts';
import { clock } from '../../ui/clock.ts';
import { Notice } from '../../ui/notice.tsx';
import { DutyRules } from './duty-rules.tsx';
import { EditButton, Issued } from './issued.tsx';
import { Source } from './source.tsx';
import { allowedWords } from './spans.ts';
import { ladderWords, issuedLimitWords, weekdayWords } from './value-words.ts';
import { Withdraw } from './withdraw.tsx';

/** The rules that records are judged by: every value with its clause, or the word that it is only proposed; whoever may goes on to edit them. */
export function PolicyScreen() {
  const t = useT();
  const { all, at } = usePolicy();
  const inForce = at(clock.exactMs);
  const [chosenId, setChosen] = useState<string | null>(null);
  const pack = all.find(one => one.id === chosenId) ?? inForce;
  const known = useLive(['policy.packs'], ['org', 'session'], core => core.policy.packs({})).data ?? [];
  const bad = known.filter(one => one.signature === 'bad');
  return (
    <div className="policy">
      <header>
        <h1>{t('policy.title')}</h1>
        <label>{t('policy.pack')}{' '}
          <select className="input" value={pack.id} onChange={event => { setChosen(event.target.value); }}>
            {all.toReversed().map(one => <option key={one.id} value={one.id}>{t(one === inForce ? 'policy.inForce' : one.effectiveFromMs > clock.exactMs ? 'policy.later' : 'policy.earlier', { code: one.code, day: formatDate(one.effectiveFromMs) })}</option>)}
          </select>
        </label>
        <EditButton />
      </header>
      <div className="policy-body" tabIndex={0} role="region" aria-label={t('policy.title')}>
        <Issued />
        {bad.length > 0 && <Notice tone="danger" title={t('policy.badPacks', { codes: bad.map(one => one.code).join(', ') })}>{t('policy.badPacksTodo')}</Notice>}
        <p><b>{pack.title}</b> · {pack.document} · {t('policy.from', { at: formatDateTime(pack.effectiveFromMs) })}</p>
        <Signed known={known.find(one => one.id === pack.id)} />
        {pack.note !== '' && <p className="muted">{pack.note}</p>}
        <p className="muted">{t('policy.howToChange')}</p>
        {pack.effectiveFromMs > clock.exactMs && <Withdraw key={pack.id} pack={pack} onDone={() => { setChosen(null); }} />}
        {CLASSES.map(kind => <Clocks key={kind} pack={pack} kind={kind} />)}
        <Thresholds pack={pack} />
        <Calendar pack={pack} />
        <Categories pack={pack} />
        <DutyRules pack={pack} />
      </div>
    </div>
  );
}

/** Whose signature a pack carries, by which key, and who issued it. */
function Signed({ known }: { known: KnownPack | undefined }) {
  const t = useT();
  if (known === undefined) return null;
  const { signature, keyId, issuedAtMs, issuedBy } = known;
  const facts = [t(`policy.signature.${signature}`), keyId === '' ? '' : t('policy.key', { id: keyId }), issuedAtMs === null ? '' : t(issuedBy === '' ? 'policy.issuedByServer' : 'policy.issuedBy', { who: issuedBy, at: formatDateTime(issuedAtMs) })];
  return <p className={signature === 'good' ? 'good' : signature === 'bad' ? 'danger' : 'muted'}>{signature === 'good' && '✓ '}{facts.filter(fact => fact !== '').join(' · ')}</p>;
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

/** Whom surveys leave out, until when they are waited for, and where answers go. */
function askingRows(t: ReturnType<typeof useT>, language: Language, pack: PolicyPack): [label: string, value: string, source: string | null][] {
  const { notCategories, notWords, notPersons, page, hotline, source } = askingOf(pack);
  const kinds = notCategories.map(code => pack.categories.find(one => one.code === code)?.[language] ?? code);
  const left = [pack.survey.notSeverities.length === 0 ? '' : t('policy.notLevels', { levels: pack.survey.notSeverities.join(', ') }), ...kinds, t('policy.notWords', { words: [...notWords, ...notPersons].join(', ') })];
  return [
    [t('policy.surveyNot'), left.filter(text => text !== '').join('; '), source],
    [t('policy.surveyPage'), [page === '' ? t('policy.noPage') : page, hotline].filter(text => text !== '').join(' · '), source],
  ];
}

function Thresholds({ pack: issued }: { pack: PolicyPack }) {
  const pack = withProposed(issued);
  const t = useT();
  const language = useLanguage();
  const rows: [label: string, value: string, source: string | null][] = [
    ...LIMIT_PATHS.map((path): [string, string, string | null] => [t(`policy.limit.${path}`), issuedLimitWords(t, issued, path), sourceOf(pack, path)]),
    ...pack.ladder.map((step): [string, string, string | null] => [t('policy.ladder', { n: step.level }), ladderWords(t, step), step.source]),
    ...askingRows(t, language, pack),
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
  return (
    <section>
      <h2>{t('policy.calendar')}</h2>
      <p>{weekdayWords(t, calendar.weekdays)} · {hoursText(calendar.spans)} · <Source source={calendar.source} /></p>
      <ul className="days">
        {calendar.days.map(({ date, name, working, source }, at) => <li key={at}><b>{dayText(date)}</b> {name} <span className={working ? 'good' : 'muted'}>{t(working ? 'policy.made' : 'policy.off')}</span>{source !== undefined && source !== null && <> · {source}</>}</li>)}
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
      <ul className="days">{pack.categories.map(one => <li key={one.code}><b>{one[language] || one.vi}</b> <span className="muted">{one.services.map(service => t(`domain.service.${service}`)).join(', ')}{one.evidence === true && ` · ${t('policy.evidence')}`}{one.severity === undefined ? '' : ` · ${t('policyEdit.kindLevel')}: ${one.severity}`}{one.retired === true && ` · ${t('policy.retired')}`}</span></li>)}</ul>
    </section>
  );
}
