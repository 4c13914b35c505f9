import { useMutation } from '@tanstack/react-query';
import type { CaseLine, IssueDetail } from '../../../contract/console.ts';
import { isOpen, RESOURCE_STEPS, type Resource, type ResourceStep } from '../../../contract/issue.ts';
import { clocksOf, type Clock } from '../../../contract/policy/clocks.ts';
import { clockRule } from '../../../contract/policy/pack.ts';
import { formatDateTime, formatTime, startOfDay } from '../../../contract/time.ts';
import { client } from '../../client.ts';
import { usePolicy } from '../../policy.ts';
import { formatRoute } from '../../route-path.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { clock } from '../../ui/clock.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { ServiceTag, SeverityBadge, StateMark } from '../../ui/marks.tsx';
import { Notice } from '../../ui/notice.tsx';
import { headline } from './rows.ts';

/** The time of something today, with its date of any other day. */
function moment(atMs: number): string {
  return startOfDay(atMs) === startOfDay(clock.nowMs) ? formatTime(atMs) : formatDateTime(atMs);
}

/** What is not as usual with a record, said before its facts: offered, returned, standing, of another case. */
export function IssueStanding({ detail: { issue, names, caseRoot, parts } }: { detail: IssueDetail }) {
  const t = useT();
  const name = (id: string | null) => (id === null ? '' : names[id] ?? t('app.unknown'));
  const { handOff, returned, pause, cancelProposal } = issue;
  return (
    <>
      {caseRoot !== null && <Notice title={t('steps.caseOf')}><CaseLines lines={[caseRoot]} /></Notice>}
      {parts.length > 0 && <Notice title={t('steps.parts', { count: parts.length })}><CaseLines lines={parts} /></Notice>}
      {handOff !== null && handOff !== undefined && (
        <Notice tone="warning">{t('steps.offered', { line: t(`domain.service.${handOff.to}`), own: t(`domain.service.${issue.service}`), at: moment(handOff.atMs) })} {handOff.note}</Notice>
      )}
      {issue.state === 'returned' && returned !== undefined && (
        <Notice tone="warning" title={name(returned.unitId)}>{t('steps.returnedTimes', { times: returned.times, reason: returned.reason })} {returned.suggestedUnitId !== null && t('steps.suggests', { unit: name(returned.suggestedUnitId) })}</Notice>
      )}
      {pause !== null && pause !== undefined && <Notice>{t('steps.paused', { at: moment(pause.atMs), reason: pause.reason })} {pause.untilMs !== null && t('steps.pausedUntil', { at: moment(pause.untilMs) })}</Notice>}
      {isOpen(issue.state) && cancelProposal !== null && cancelProposal !== undefined && <Notice tone="warning">{t('steps.cancelBy', { who: name(cancelProposal.byId), note: cancelProposal.reason })}</Notice>}
    </>
  );
}

function CaseLines({ lines }: { lines: readonly CaseLine[] }) {
  return (
    <ul className="case-lines">
      {lines.map(line => (
        <li key={line.id}>
          <a href={formatRoute({ screen: 'issue', id: line.id })}><SeverityBadge severity={line.severity} /> <ServiceTag service={line.service} /> {line.displayNo ?? line.provisionalNo}</a> <StateMark state={line.state} />
          <div>{headline(line.description)} <span className="muted">· {line.place} · {moment(line.receivedAtMs)}</span></div>
        </li>
      ))}
    </ul>
  );
}

/** Forces that were sent, each with its four times; a step is noted by one press, with the time of now. */
export function Resources({ detail: { issue, names, actions } }: { detail: IssueDetail }) {
  const t = useT();
  const note = useMutation({
    mutationFn: ({ resourceId, step }: { resourceId: string; step: ResourceStep }) =>
      client.issues.mutate({ name: 'issue.resourceStep', payload: { id: issue.id, resourceId, step, atMs: clock.exactMs } }),
  });
  const resources = issue.resources ?? [];
  if (resources.length === 0) return null;
  const mayNote = actions.includes('issue.resourceStep');
  const next = (one: Resource) => RESOURCE_STEPS.find(step => one[step] === null);
  return (
    <>
      <h2>{t('steps.resources')}</h2>
      <table className="resources">
        <thead><tr><th scope="col">{t('issue.forces')}</th>{RESOURCE_STEPS.map(step => <th key={step} scope="col">{t(`domain.resourceStep.${step}`)}</th>)}</tr></thead>
        <tbody>
          {resources.map(one => (
            <tr key={one.id}>
              <th scope="row">{names[one.unitId] ?? t('app.unknown')}{one.name !== '' && ` · ${one.name}`}</th>
              {RESOURCE_STEPS.map(step => {
                const atMs = one[step];
                if (atMs !== null) return <td key={step}>{moment(atMs)}</td>;
                if (!mayNote || next(one) !== step) return <td key={step} className="muted">–</td>;
                return <td key={step}><Button disabled={note.isPending} label={t('steps.resourceNow', { step: t(`domain.resourceStep.${step}`).toLowerCase() })} onClick={() => { note.mutate({ resourceId: one.id, step }); }}>{t(`domain.resourceStep.${step}`)}</Button></td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {note.error !== null && <ErrorNotice error={note.error} />}
    </>
  );
}

/** Every clock of the record as its history makes it, with where its time comes from. */
export function Clocks({ detail: { issue } }: { detail: IssueDetail }) {
  const t = useT();
  const pack = usePolicy().of(issue.policyId, issue.receivedAtMs);
  // Whether a survey is waited for may hang on what is masked here: the record itself says it.
  const clocks = clocksOf(issue, pack).filter(one => (one.dueAtMs !== null || one.pausedAtMs !== null) && (one.name !== 'survey' || one.stoppedAtMs !== null || issue.dueClock === 'survey'));
  const standing = (one: Clock): string => {
    if (one.stoppedAtMs !== null) return t('steps.clockDone', { at: moment(one.stoppedAtMs) });
    if (one.pausedAtMs !== null) return t('steps.clockPaused');
    return one.dueAtMs === null ? t('steps.clockNoLimit') : t('steps.clockLeft', { at: moment(one.dueAtMs) });
  };
  if (clocks.length === 0) return null;
  return (
    <details className="clocks"><summary>{t('steps.clocks')}</summary>
      <dl className="facts">
        {clocks.map((one, at) => (
          <div key={`${one.name}-${String(at)}`}>
            <dt>{t(`domain.clock.${one.name}`)}</dt>
            <dd>{standing(one)}{one.breach !== null && <span className="danger"> · {t(one.breach === 'link' ? 'steps.clockLink' : 'steps.clockLate')}</span>}
              <div className="muted">{clockRule(pack, one.name, issue)?.source ?? t('steps.proposedDefault')}</div></dd>
          </div>
        ))}
      </dl>
      <p className="muted">{t('steps.fromPack', { pack: pack.document })}</p>
    </details>
  );
}
