import './issue.css';
import { IconArrowsMaximize } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { IssueDetail } from '../../../contract/console.ts';
import { isOpen } from '../../../contract/issue.ts';
import type { MutationName } from '../../../contract/mutations/payloads.ts';
import { client } from '../../client.ts';
import { useLive } from '../../live-query.ts';
import { ReasonForm } from '../../personal/reason-form.tsx';
import { useOpening, type Opening } from '../../personal/use-opening.ts';
import { PrintLink } from '../../print/print-link.tsx';
import { formatRoute } from '../../route-path.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PartMark, ServiceTag, SeverityBadge, StateMark, SyncMark } from '../../ui/marks.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { ActionForm } from './action-form.tsx';
import { ACTION_KEYS, arrange, isVital } from './actions.ts';
import { Attachments } from './attachments.tsx';
import { DueClock } from './due-clock.tsx';
import { openForms, useBegun, useForms } from './form-memory.ts';
import { IssueFacts } from './issue-facts.tsx';
import { Clocks, IssueStanding, Resources } from './issue-standing.tsx';
import { IssueHistory } from './issue-history.tsx';
import { IssueMap } from './issue-map.tsx';
import { LadderLine } from './ladder-line.tsx';
import { Undelivered, useIsUndelivered } from './lead-unit.tsx';
import { Refusals } from './refusals.tsx';
import { headline } from './rows.ts';
import type { StepFields } from './step-specs.ts';
import { StrandedWords } from './stranded-words.tsx';
import { LowScore } from './survey/low-score.tsx';
import { SurveyDue } from './survey/survey-due.tsx';

export type IssueLayout = 'panel' | 'page';

/** One record with its clocks, facts, history and the next step; beside the queue or as a page of its own. */
export function IssueView({ id, layout }: { id: string; layout: IssueLayout }) {
  const t = useT();
  const record = useLive<IssueDetail>(['issues.get', id], ['issue', 'attention', 'org', 'session'], core => core.issues.get({ id }), { issueId: id });
  const opening = useOpening(id);
  const forms = useForms(id);
  const masked = record.data;
  // Words that were kept are there before a form can be opened: an empty one would be written over them.
  if (masked === undefined || forms.data === undefined) {
    const error = record.error ?? forms.error;
    if (error === null) return <p className="issue-wait muted">{t('issue.loading')}</p>;
    return <div className="issue-wait"><ErrorNotice error={error} actions={<Button onClick={() => { void record.refetch(); void forms.refetch(); }}>{t('app.retry')}</Button>} /></div>;
  }
  const detail = opening.shown(masked);
  return (
    <article tabIndex={-1} className={`issue ${layout === 'page' ? 'on-page' : 'in-panel'}`}>
      <Head detail={detail} layout={layout} />
      <Body detail={detail} layout={layout} opening={opening} />
    </article>
  );
}

function Head({ detail: { issue, sync, caseRoot }, layout }: { detail: IssueDetail; layout: IssueLayout }) {
  const t = useT();
  return (
    <header className="issue-head">
      <div className="line">
        <SeverityBadge severity={issue.severity} /><ServiceTag service={issue.service} />{(issue.lines ?? []).map(line => <ServiceTag key={line} service={line} />)}
        <span className="number" title={issue.displayNo === null ? t('issue.provisional') : undefined}>{issue.displayNo ?? issue.provisionalNo}</span>
        {issue.displayNo !== null && issue.provisionalNo !== '' && <span className="provisional">{t('issue.provisional')} {issue.provisionalNo}</span>}
        <span className="push"><SyncMark sync={sync} /></span>
      </div>
      <h1>{headline(issue.description)}</h1>
      <div className="line">
        {caseRoot === null ? <StateMark state={issue.state} /> : <PartMark />}
        {isOpen(issue.state) && caseRoot === null && issue.dueAtMs !== null && <span>{t(`domain.clock.${issue.dueClock ?? 'resolve'}`)}: <DueClock dueAtMs={issue.dueAtMs} warnAtMs={issue.warnAtMs ?? null} /></span>}
        {issue.state === 'closed' && <SurveyDue issue={issue} isNamed />}
        <span className="push icons">
          <PrintLink id={issue.id} />
          {layout === 'panel' && <a className="open-page" href={formatRoute({ screen: 'issue', id: issue.id })} title={`${t('issue.openPage')} (Enter)`} aria-label={t('issue.openPage')}><IconArrowsMaximize aria-hidden /></a>}
        </span>
      </div>
    </header>
  );
}

function Body({ detail, layout, opening }: { detail: IssueDetail; layout: IssueLayout; opening: Opening }) {
  const t = useT();
  const { issue } = detail;
  const [action, setOpen] = useState<MutationName | null>(() => openForms.of(issue.id));
  const open = (next: MutationName | null, given: StepFields = {}) => { openForms.set(issue.id, next, given); setOpen(next); };
  const isPossible = action !== null && detail.actions.includes(action);
  const body = useRef<HTMLDivElement>(null);
  // The form goes and takes the focus with it; the record has it then, and none of its buttons, which Enter would press.
  const [taken, setTaken] = useState<MutationName | null>(null);
  const close = () => { body.current?.closest('article')?.focus({ preventScroll: true }); open(null); };
  const editPosition = () => {
    open('issue.edit');
    requestAnimationFrame(() => { document.querySelector<HTMLElement>('.issue-form [data-field=position]')?.focus(); });
  };
  const facts = (
    <>
      <Undelivered detail={detail} />
      <Refusals refusals={detail.refusals} />
      <StrandedWords detail={detail} />
      <LadderLine detail={detail} />
      <IssueStanding detail={detail} />
      {!opening.isAsking && opening.error !== null && <ErrorNotice error={opening.error} />}
      {opening.isAsking && <ReasonForm opening={opening} lacks={detail.personal.lacks} />}
      <IssueFacts detail={detail} onReveal={() => { opening.begin(detail); }} />
      <Resources detail={detail} />
      <Clocks detail={detail} />
      {!(isPossible && action === 'issue.edit') && <IssueMap detail={detail} layout={layout} onEdit={detail.actions.includes('issue.edit') ? editPosition : null} />}
      <Attachments detail={detail} />
    </>
  );
  return (
    <>
      <div ref={body} className="issue-body" tabIndex={0} role="region" aria-label={t('issue.info')}>
        <div>{facts}</div>
        <div><IssueHistory detail={detail} /></div>
      </div>
      {isPossible && action !== null
        ? <ActionForm key={action} action={action} detail={detail} onDone={() => { setTaken(action); close(); }} onClose={close} />
        : <Actions detail={detail} layout={layout} isSurveyed={taken === 'issue.survey'} onOpen={open} />}
    </>
  );
}

function Actions({ detail, layout, isSurveyed, onOpen }: { detail: IssueDetail; layout: IssueLayout; isSurveyed: boolean; onOpen: (action: MutationName, given?: StepFields) => void }) {
  const t = useT();
  const { issue } = detail;
  const isUndelivered = useIsUndelivered(detail);
  const begun = useBegun(issue.id);
  const [isAll, setAll] = useState(layout === 'page');
  const { primary, others } = arrange(issue, detail.actions);
  // Beginning to verify asks for nothing: one press, and the next form is there.
  const begin = useMutation({ mutationFn: () => client.issues.mutate({ name: 'issue.startVerification', payload: { id: issue.id } }), onSuccess: () => { onOpen('issue.verify'); } });
  const run = (action: MutationName) => { if (action === 'issue.startVerification') begin.mutate(); else onOpen(action); };
  const offered = primary === null ? others : [primary, ...others];
  const word = (action: MutationName) => (action === 'issue.forward' && issue.class === 'incident' ? t('issue.dispatch') : t(`domain.act.${action}`));
  const keyed = offered.filter((action, i) => offered.findIndex(other => ACTION_KEYS[other] === ACTION_KEYS[action]) === i);
  useShortcuts('panel', keyed.flatMap(action => {
    const keys = ACTION_KEYS[action];
    return keys === undefined ? [] : [{ keys, label: word(action), run: () => { run(action); }, hint: keys.toUpperCase() }];
  }));
  const button = (action: MutationName, kind: 'primary' | 'alarm' | 'plain') => (
    <Button key={action} kind={kind} hint={keyed.includes(action) ? ACTION_KEYS[action]?.toUpperCase() : undefined} disabled={begin.isPending} onClick={() => { run(action); }}>
      {word(action)}{begun.has(action) && <span className="begun"> · {t('issue.begun')}</span>}
    </Button>
  );
  // An action with words in its form is never behind "more": that is how they are found again.
  const shown = others.filter((action, i) => isAll || i === 0 || begun.has(action));
  return (
    <footer className="issue-actions">
      {begin.error !== null && <ErrorNotice error={begin.error} />}
      <LowScore detail={detail} isNew={isSurveyed} onOpen={onOpen} />
      {primary === null && <p className="muted">{t('issue.next')}: {isUndelivered ? <strong className="warning">{t('issue.waitsToBeSent')}</strong> : detail.caseRoot !== null ? t('issue.waitsAtCase') : t(`issue.waitsFor.${issue.state}`)}</p>}
      <div className="buttons">
        {primary !== null && button(primary, isVital(issue, primary) ? 'alarm' : 'primary')}
        {shown.map(action => button(action, 'plain'))}
        {others.length > shown.length && <Button kind="quiet" onClick={() => { setAll(true); }}>{t('issue.more')}</Button>}
        {isAll && layout === 'panel' && others.length > 1 && <Button kind="quiet" onClick={() => { setAll(false); }}>{t('issue.less')}</Button>}
      </div>
    </footer>
  );
}
