import { useMutation } from '@tanstack/react-query';
import type { IssueDetail } from '../../../contract/console.ts';
import { MUTATION_NAMES } from '../../../contract/mutations/payloads.ts';
import { formatTime } from '../../../contract/time.ts';
import { client } from '../../client.ts';
import { useMay } from '../../frame/station.ts';
import { goTo } from '../../route.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { sentences } from '../../ui/error-text.ts';
import { Notice } from '../../ui/notice.tsx';
import { useShowValue } from '../health/attention-data.ts';
import { fieldWords } from '../health/value-words.ts';

/** What the province refused of this record or took from someone else, with the reason and what to do. */
export function Refusals({ refusals }: { refusals: IssueDetail['refusals'] }) {
  const t = useT();
  const mayDismiss = useMay('attention.dismiss');
  const show = useShowValue();
  const dismiss = useMutation({ mutationFn: (n: number) => client.sync.dismiss({ n }) });
  return refusals.map(refusal => {
    const words = sentences(refusal.error ?? { code: 'internal/unexpected', facts: {} });
    const action = MUTATION_NAMES.find(name => name === refusal.name);
    const isRefused = refusal.status === 'rejected';
    return (
      <Notice key={refusal.n} tone={isRefused ? 'danger' : 'warning'}
        title={isRefused ? t('issue.refusedTitle', { what: words.what }) : t('issue.merged', { mine: refusal.lost.map(lost => `${fieldWords(lost.field)}: ${show(lost.field, lost.mine)}`).join('; ') })}
        actions={<><Button onClick={() => { goTo({ screen: 'health', attention: true }); }}>{t('diagnosis.openAttention')}</Button>{mayDismiss && isRefused && <Button onClick={() => { dismiss.mutate(refusal.n); }}>{t('issue.seen')}</Button>}</>}>
        {isRefused && <p>{words.todo}</p>}
        <p className="muted">{t('issue.refusedBy', { action: action === undefined ? refusal.name : t(`domain.done.${action}`), who: refusal.byName, at: formatTime(refusal.atMs, true) })}</p>
      </Notice>
    );
  });
}
