import { useIsMutating, useMutation } from '@tanstack/react-query';
import type { IssueDetail } from '../../../contract/console.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { stepKey, useForms, usePutAway } from './form-memory.ts';
import { strandedWords, type Stranded } from './stranded.ts';

/** Words that the person began for a step that has been taken meanwhile: to be read and used elsewhere, until put away. */
export function StrandedWords({ detail: { issue, actions } }: { detail: IssueDetail }) {
  const forms = useForms(issue.id).data ?? [];
  // A step just taken is no longer possible a moment before its words are known to have gone with it.
  const isStepping = useIsMutating({ mutationKey: stepKey(issue.id) }) > 0;
  if (isStepping) return null;
  return strandedWords(forms, actions).map(stranded => <Words key={stranded.action} issueId={issue.id} stranded={stranded} />);
}

function Words({ issueId, stranded: { action, words } }: { issueId: string; stranded: Stranded }) {
  const t = useT();
  const put = usePutAway(issueId, action);
  const putAway = useMutation({ mutationFn: put });
  return (
    <Notice tone="warning" title={t('issue.stranded', { action: t(`domain.act.${action}`) })}
      actions={<Button disabled={putAway.isPending} onClick={() => { putAway.mutate(); }}>{t('issue.seen')}</Button>}>
      <span className="stranded">{words}</span>
      {putAway.error !== null && <ErrorNotice error={putAway.error} />}
    </Notice>
  );
}
