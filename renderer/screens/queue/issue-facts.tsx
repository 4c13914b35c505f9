import type { ReactNode } from 'react';
import type { IssueDetail } from '../../../contract/console.ts';
import type { Issue } from '../../../contract/issue.ts';
import { evidenceOf, needsEvidence } from '../../../contract/policy/evidence.ts';
import { formatDateTime, formatTime, startOfDay } from '../../../contract/time.ts';
import { clock } from '../../ui/clock.ts';
import { usePolicy } from '../../policy.ts';
import { useLanguage, useT } from '../../strings/text.ts';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { LeadPhone } from './lead-unit.tsx';
import { headline, placeWords } from './rows.ts';

/** What is known of a record: place, reporter (masked), story, victims, units, results. */
export function IssueFacts({ detail, onReveal }: { detail: IssueDetail; onReveal: () => void }) {
  const t = useT();
  const language = useLanguage();
  const { issue, names } = detail;
  const name = (id: string) => names[id] ?? t('app.unknown');
  const category = usePolicy().of(issue.policyId, issue.receivedAtMs).categories.find(c => c.code === issue.category);
  const { place } = issue;
  const reminders = issue.reminders ?? [];
  const degrees = new Intl.NumberFormat(language === 'vi' ? 'vi-VN' : 'en-GB', { minimumFractionDigits: 5, maximumFractionDigits: 5 });
  return (
    <>
      <h2>{t('issue.info')}</h2>
      <dl className="facts">
        <Fact label={t('issue.place')}>
          {placeWords(place.text, place.areaId === null ? '' : name(place.areaId)) || <span className="muted">{t('issue.noPlace')}</span>}
          {place.landmark !== '' && <span className="muted"> · {place.landmark}</span>}
        </Fact>
        {place.lat !== null && place.lon !== null && <Fact label={t('issue.coordinates')}>{degrees.format(place.lat)}; {degrees.format(place.lon)}</Fact>}
        <Fact label={t('issue.reporter')}><Reporter detail={detail} onReveal={onReveal} /></Fact>
        <Fact label={t('issue.received')}>{moment(issue.receivedAtMs)} · {t(`domain.channel.${issue.channel}`)} · {name(issue.authorId)}</Fact>
        {issue.occurredAtMs !== null && <Fact label={t('issue.occurred')}>{moment(issue.occurredAtMs)}</Fact>}
        <Fact label={t('issue.category')}>{category === undefined ? issue.category : category[language]}</Fact>
        {headline(issue.description) !== issue.description && <Fact label={t('issue.story')}><span className="story">{issue.description}</span></Fact>}
        {issue.sourceRef !== null && <Fact label={t('issue.source')}>{issue.sourceRef}</Fact>}
      </dl>
      <Victims detail={detail} />
      <h2>{t('issue.forces')}</h2>
      <dl className="facts">
        <Fact label={t('issue.lead')}>{issue.leadUnitId === null ? <span className="muted">{t('issue.noLead')}</span> : <><b>{name(issue.leadUnitId)}</b><LeadPhone leadUnitId={issue.leadUnitId} /></>}</Fact>
        {issue.coUnitIds.length > 0 && <Fact label={t('issue.co')}>{issue.coUnitIds.map(name).join(', ')}</Fact>}
        {(issue.lines ?? []).length > 0 && <Fact label={t('steps.joint')}>{(issue.lines ?? []).map(line => t(`domain.serviceLong.${line}`)).join('; ')}</Fact>}
        {reminders.length > 0 && <Fact label={t('domain.done.issue.remind')}>{t('steps.reminded', { times: reminders.length, at: moment(reminders.at(-1)?.atMs ?? 0) })}</Fact>}
        {(issue.reopenings ?? 0) > 0 && <Fact label={t('domain.state.reopened')}>{t('steps.reopenedTimes', { times: issue.reopenings ?? 0 })}</Fact>}
        {issue.verification !== null && <Fact label={t('issue.verifiedBy')}>{t(`domain.method.${issue.verification.method}`)} · {name(issue.verification.byId)} · {moment(issue.verification.atMs)}</Fact>}
        {issue.falseProposal !== null && <Fact label={t('issue.proposal')}>{t('issue.form.proposalBy', { who: name(issue.falseProposal.byId), note: issue.falseProposal.note })}</Fact>}
        {issue.result !== null && <Fact label={t('issue.result')}>{issue.result}</Fact>}
        {issue.result !== null && <Evidence issue={issue} />}
        {issue.outcome !== null && <Fact label={t('issue.outcome')}>{t(`domain.outcome.${issue.outcome}`)}</Fact>}
        {issue.survey !== null && issue.survey !== undefined && <Fact label={t('steps.surveyed')}>{issue.survey.score === null ? t('steps.notReached') : t(`steps.scores.s${issue.survey.score as 1 | 2 | 3 | 4 | 5}`)}{issue.survey.comment !== '' && ` · ${issue.survey.comment}`}</Fact>}
        {issue.advisedBody !== undefined && issue.advisedBody !== '' && <Fact label={t('domain.field.advisedBody')}>{issue.advisedBody}</Fact>}
        {issue.reply !== null && issue.reply !== '' && <Fact label={t('issue.reply')}>{issue.reply}</Fact>}
      </dl>
      {issue.original !== null && (
        <details><summary>{t('issue.original')}</summary><dl className="facts">{Object.entries(issue.original).map(([key, value]) => <Fact key={key} label={key}>{value}</Fact>)}</dl></details>
      )}
    </>
  );
}

/** What proves the result, where its kind of case asks for that. */
function Evidence({ issue }: { issue: Issue }) {
  const t = useT();
  if (!needsEvidence(issue, usePolicy().of(issue.policyId, issue.receivedAtMs))) return null;
  const why = issue.history.findLast(entry => entry.action === 'issue.resolve')?.noEvidence;
  const count = evidenceOf(issue).length;
  if (why === undefined && count === 0) return null;
  return <Fact label={t('steps.evidence')}>{why === undefined ? t('steps.evidenceCount', { count }) : t('steps.noEvidenceBecause', { why })}</Fact>;
}

/** The time of something today, with its date of any other day. */
function moment(atMs: number): string {
  return startOfDay(atMs) === startOfDay(clock.nowMs) ? formatTime(atMs, true) : formatDateTime(atMs);
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return <div><dt>{label}</dt><dd>{children}</dd></div>;
}

function Reporter({ detail: { issue: { reporter, personalErasedAtMs }, reporterMasked, personal }, onReveal }: { detail: IssueDetail; onReveal: () => void }) {
  const t = useT();
  const mayReveal = personal.access !== 'closed' && reporterMasked;
  useShortcuts('panel', [{ keys: 'v', label: t('issue.revealKey'), run: onReveal, enabled: mayReveal }]);
  if (personalErasedAtMs !== undefined && personalErasedAtMs !== null) return <span className="muted">{t('personal.erase.done', { at: moment(personalErasedAtMs) })}</span>;
  const words = reporter.anonymous ? t('issue.anonymous') : [reporter.name, reporter.phone, reporter.relation].filter(text => text !== '').join(' · ');
  const shown = reporter.anonymous ? <span className="muted">{words}</span> : words;
  if (!reporterMasked) return <>{shown}{!reporter.anonymous && <span className="muted"> · {t('issue.revealed')}</span>}</>;
  const verb = t(personal.access === 'open' ? 'issue.reveal' : personal.lacks.includes('inspection') ? 'personal.inspect' : 'personal.emergency');
  return <>{shown}{mayReveal && <> <button type="button" className="link" title={`${t('issue.masked')} (V)`} onClick={onReveal}>{verb}</button></>}</>;
}

function Victims({ detail: { issue } }: { detail: IssueDetail }) {
  const t = useT();
  if (issue.victims.length === 0) return null;
  return (
    <>
      <h2>{t('issue.victims')} {issue.victims.length}</h2>
      <dl className="facts">
        {issue.victims.map((victim, i) => (
          <Fact key={i} label={`${String(i + 1)} · ${victim.who || t('app.unknown')}`}>
            {(['conscious', 'breathing', 'bleeding'] as const).map(sign => (
              <span key={sign} className={`sign ${(sign === 'bleeding') === (victim[sign] === 'yes') && victim[sign] !== 'unknown' ? 'danger strong' : ''}`}>{t(`issue.${sign}`)}: {t(`domain.answer.${victim[sign]}`).toLowerCase()}</span>
            ))}
          </Fact>
        ))}
      </dl>
    </>
  );
}
