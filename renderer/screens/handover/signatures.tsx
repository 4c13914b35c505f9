import { IconCheck, IconClock } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { HANDOVER_LIMITS } from '../../../contract/documents/handover.ts';
import type { HandoverDetail } from '../../../contract/handovers.ts';
import { formatDateTime, formatTime } from '../../../contract/time.ts';
import { client } from '../../client.ts';
import { useSession } from '../../frame/station.ts';
import { formatRoute } from '../../route-path.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field } from '../../ui/field.tsx';
import { SeverityBadge } from '../../ui/marks.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useForms, useRemembered } from '../queue/form-memory.ts';
import { checkCode, PARTS, type Part } from './parts.ts';
import { Remarks } from './remarks.tsx';
import { TakeForm } from './take-form.tsx';

/** Who has signed and who is to; what has come since, which no signature covers. */
export function Signatures({ detail, left, onNext }: { detail: HandoverDetail; left: readonly Part[]; onNext: () => void }) {
  const t = useT();
  const { handover, names, since, mayTake, mayWithdraw } = detail;
  const { given, taken, ended, state } = handover;
  const isKnown = useForms(handover.id).data !== undefined;
  const name = (id: string): string => names[id] ?? t('app.unknown');
  return (
    <aside className="signatures" tabIndex={0} role="region" aria-label={t('handover.signatures')}>
      <div className="signature done">
        <p><span className="muted">{t('handover.giver')}</span><span className="good"><IconCheck aria-hidden />{t('handover.signed')}</span></p>
        <h2>{name(given.byId)}</h2>
        <p>{formatDateTime(given.atMs)}</p>
        <p className="muted">{t('handover.byPassword', { station: name(given.deviceId) })}</p>
        <p className="muted">{t('handover.code')} <strong>{checkCode(handover.digest)}</strong></p>
      </div>
      {taken !== null && (
        <div className="signature done">
          <p><span className="muted">{t('handover.taker')}</span><span className="good"><IconCheck aria-hidden />{t('handover.signed')}</span></p>
          <h2>{name(taken.byId)}</h2>
          <p>{formatDateTime(taken.atMs)}</p>
          <p className="muted">{t('handover.byPassword', { station: name(taken.deviceId) })}</p>
          {taken.remark !== '' && <p className="text">{taken.remark}</p>}
        </div>
      )}
      {ended !== null && <Notice tone="warning">{t(state === 'refused' ? 'handover.wasRefused' : 'handover.wasWithdrawn', { who: name(ended.byId), at: formatDateTime(ended.atMs) })}{ended.reason !== '' && <p className="text">{ended.reason}</p>}</Notice>}
      {state === 'offered' && (
        <div className="signature open">
          <p><span className="muted">{t('handover.taker')}</span><span className="waiting"><IconClock aria-hidden />{t('handover.notSigned')}</span></p>
          {left.length > 0 && <Button kind="primary" wide hint="↓" onClick={onNext}>{t('handover.leftToRead', { n: left.length, part: PARTS.indexOf(left[0] ?? 'open') + 1 })}</Button>}
          {mayTake ? <TakeForm detail={detail} isRead={left.length === 0} /> : <p className="muted">{t('handover.waitsForTaker')}</p>}
        </div>
      )}
      {state === 'offered' && <Notice tone="info">{t('handover.stillAnswers', { who: name(given.byId) })}</Notice>}
      {mayWithdraw && isKnown && <Withdraw id={handover.id} />}
      {since.length > 0 && (
        <div className="since">
          <h3>{t('handover.since')}</h3>
          <ul>{since.map(record => <li key={record.id}>{formatTime(record.receivedAtMs)} · <SeverityBadge severity={record.severity} /> <a href={formatRoute({ screen: 'issue', id: record.id })}>{record.no}</a><div className="clip2">{record.words}</div></li>)}</ul>
        </div>
      )}
      <Remarks detail={detail} />
    </aside>
  );
}

function Withdraw({ id }: { id: string }) {
  const t = useT();
  const { locked } = useSession();
  const [isAsked, setAsked] = useState(false);
  const { fields: { reason }, change, flush, forget } = useRemembered(id, 'handover.withdraw', { reason: '' });
  const withdraw = useMutation({
    mutationFn: async () => {
      await flush().catch(() => undefined);
      await client.handovers.withdraw({ id, reason });
      await forget();
    },
    onSuccess: () => { setAsked(false); },
  });
  if (!isAsked) return <Button kind="quiet" disabled={locked} onClick={() => { setAsked(true); }}>{t('handover.withdraw')}</Button>;
  return (
    <form className="aside-form" onSubmit={event => { event.preventDefault(); withdraw.mutate(); }}>
      <Field label={t('handover.withdrawWhy')}>{control => <input {...control} className="input" autoFocus value={reason} maxLength={HANDOVER_LIMITS.text} onChange={event => { change({ reason: event.target.value }); }} />}</Field>
      {withdraw.error !== null && <ErrorNotice error={withdraw.error} />}
      <div className="row"><Button kind="outline" type="submit" disabled={withdraw.isPending}>{t('handover.withdraw')}</Button><Button kind="quiet" onClick={() => { setAsked(false); }}>{t('app.back')}</Button></div>
    </form>
  );
}
