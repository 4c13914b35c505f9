import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { IssueDetail } from '../../../../contract/console.ts';
import type { MutationName } from '../../../../contract/mutations/payloads.ts';
import { refusalOf } from '../../../../contract/mutations/issue.ts';
import { servicesIn } from '../../../../contract/org.ts';
import { may } from '../../../../contract/permissions.ts';
import { hasLowScore } from '../../../../contract/policy/survey.ts';
import { client } from '../../../client.ts';
import { useSession } from '../../../frame/station.ts';
import { usePolicy } from '../../../policy.ts';
import { goTo } from '../../../route.ts';
import { useT } from '../../../strings/text.ts';
import { Button } from '../../../ui/button.tsx';
import { clock } from '../../../ui/clock.ts';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { sentences } from '../../../ui/error-text.ts';
import { Notice } from '../../../ui/notice.tsx';
import type { StepFields } from '../step-specs.ts';

/** What follows from an answer of a low score for as long as it stands: reopening, or why not and what there is instead. `isNew`: it has just been given. */
export function LowScore({ detail, isNew, onOpen }: { detail: IssueDetail; isNew: boolean; onOpen: (action: MutationName, given?: StepFields) => void }) {
  const { issue } = detail;
  const pack = usePolicy().of(issue.policyId, issue.receivedAtMs);
  return issue.state === 'closed' && hasLowScore(issue, pack) ? <Offer detail={detail} by={pack.reopening.by === 'staff' ? 'ioc' : 'reporter'} isNew={isNew} onOpen={onOpen} /> : null;
}

function Offer({ detail, by, isNew, onOpen }: { detail: IssueDetail; by: 'ioc' | 'reporter'; isNew: boolean; onOpen: (action: MutationName, given?: StepFields) => void }) {
  const t = useT();
  const { issue, actions, caseRoot } = detail;
  const session = useSession();
  const policy = usePolicy();
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => { if (isNew) first.current?.focus(); }, [isNew]);
  const comment = issue.survey?.comment ?? '';
  const no = issue.displayNo ?? issue.provisionalNo;
  const follow = useMutation({
    mutationFn: async () => {
      const { service, place, category } = issue;
      const draft = await client.issues.startDraft({ service });
      const fields = { placeText: place.text, areaId: place.areaId, landmark: place.landmark, category, description: t('survey.followUp', { no, comment }) };
      await client.issues.saveDraft({ id: draft.id, service, fields: { ...draft.fields, ...fields } });
      goTo({ screen: 'intake', service, draftId: draft.id });
    },
  });
  if (actions.includes('issue.reopen')) {
    return (
      <Notice tone="warning" actions={<Button ref={first} hint="Z" onClick={() => { onOpen('issue.reopen', { by, ...(comment === '' ? {} : { reason: comment }) }); }}>{t('domain.act.issue.reopen')}</Button>}>
        {t('steps.lowScore')}
      </Notice>
    );
  }
  const refusal = refusalOf('issue.reopen', issue, { actor: session, atMs: clock.exactMs, policy });
  const why = refusal === null ? caseRoot === null ? '' : t('issue.waitsAtCase') : sentences({ code: refusal.code, facts: refusal.facts ?? {} }).what;
  const mayFollow = may(session.roles, 'issue.receive') && servicesIn(session.scope).includes(issue.service);
  return (
    <>
      <Notice tone="warning" title={t('survey.lowNoReopening')} actions={<>
        {mayFollow && <Button ref={first} disabled={follow.isPending} onClick={() => { follow.mutate(); }}>{t('survey.follow')}</Button>}
        {actions.includes('issue.note') && <Button {...(mayFollow ? {} : { ref: first })} hint="G" onClick={() => { onOpen('issue.note'); }}>{t('domain.act.issue.note')}</Button>}
      </>}>{why}</Notice>
      {follow.error !== null && <ErrorNotice error={follow.error} />}
    </>
  );
}
