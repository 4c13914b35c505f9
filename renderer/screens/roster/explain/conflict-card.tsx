import { useState } from 'react';
import type { RosterPlan } from '../../../../contract/roster.ts';
import { withoutShifts, type RosterConflict } from '../../../../contract/roster-explain.ts';
import { useLive } from '../../../live-query.ts';
import { useT } from '../../../strings/text.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { groupWords } from './explain-words.ts';

/** Which rules cannot hold together with every seat filled: looked for at once where arithmetic says that people are missing (`isShort`), else when it is asked for. What shifts are typed changes nothing of it. */
export function ConflictCard({ plan, isShort }: { plan: RosterPlan; isShort: boolean }) {
  const t = useT();
  const ground = withoutShifts(plan);
  const key = JSON.stringify(ground);
  const [asked, setAsked] = useState('');
  const isAsked = isShort || asked === key;
  const { data, error, isFetching } = useLive(['rosters.conflicts', key], [], core => core.rosters.conflicts(ground), { enabled: isAsked });
  return (
    <section className="roster-card" aria-label={t('explain.conflicts')}>
      <p className="row"><span className="strong">{t('explain.conflicts')}</span><span className="muted" role="status">{isAsked && isFetching ? t('explain.seeking') : ''}</span></p>
      {!isAsked && <Button kind="outline" onClick={() => { setAsked(key); }}>{t('explain.ask')}</Button>}
      {error !== null && <ErrorNotice error={error} />}
      {isAsked && data !== undefined && (
        <>
          {data.conflicts.length > 0 && <ul className="roster-conflicts">{data.conflicts.map((conflict, at) => <Conflict key={at} conflict={conflict} />)}</ul>}
          {data.state === 'none' && <p className="good">{t('explain.none')}</p>}
          {data.state === 'undecided' && <p className="strong">{t('explain.undecided')}</p>}
          {data.state === 'conflict' && !data.isComplete && <p className="muted">{t(data.conflicts.length === 0 ? 'explain.large' : 'explain.more')}</p>}
          {data.conflicts.length > 0 && <p className="muted">{t('explain.hint')}</p>}
        </>
      )}
    </section>
  );
}

function Conflict({ conflict: { rules, isLeast, able, needed } }: { conflict: RosterConflict }) {
  const t = useT();
  return (
    <li>
      {rules.length === 0 && <span className="strong">{t('explain.noRule')}</span>}
      {rules.map(rule => (
        <span key={rule.group}>
          <span className={rule.binds === 'law' ? 'diamond' : 'ring'} aria-hidden /> <span className="strong">{groupWords(rule, t)}</span> <span className="muted">· {rule.binds === 'law' ? t('dutyRules.bindsOf.law') : rule.binds === 'house' ? t('dutyRules.bindsOf.house') : t('explain.entered')}{rule.source === null ? '' : ` · ${rule.source}`}</span>
        </span>
      ))}
      {able !== null && <span className="danger">{t('explain.able', { able, needed })}</span>}
      {!isLeast && <span className="muted">{t('explain.notLeast')}</span>}
    </li>
  );
}
