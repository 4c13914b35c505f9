import { useState } from 'react';
import type { DutyView } from '../../../contract/documents/duty-calls.ts';
import { canChange, DUTY_LIMITS, isOpenAsk, type ShiftAsk } from '../../../contract/documents/duty-roster.ts';
import { client } from '../../client.ts';
import { useMay, useSession } from '../../frame/station.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { LineField, tooMany } from '../../ui/line-field.tsx';
import { askWords, rulesWords } from './duty-words.ts';

/** Changes of shifts between people: what is asked for, with what each may do about it, and below what is over. */
export function AskList({ view, nowMs, isLocked }: { view: DutyView; nowMs: number; isLocked: boolean }) {
  const t = useT();
  const open = view.roster.asks.filter(isOpenAsk);
  const over = view.roster.asks.filter(ask => !isOpenAsk(ask)).toReversed();
  return (
    <section aria-label={t('duty.asks')}>
      <h2>{t('duty.asks')}</h2>
      {view.roster.asks.length === 0 && <p className="muted">{t('duty.noAsks')}</p>}
      <ul className="roster-asks">{open.map(ask => <OpenAsk key={ask.id} view={view} ask={ask} nowMs={nowMs} isLocked={isLocked} />)}</ul>
      {over.length > 0 && (
        <details><summary>{t('duty.over', { n: over.length })}</summary><ul className="roster-asks">{over.map(ask => <li key={ask.id}><p>{askWords(view, ask, t)}</p><p className="muted">{endWords(view, ask, t)}</p></li>)}</ul></details>
      )}
    </section>
  );
}

function OpenAsk({ view, ask, nowMs, isLocked }: { view: DutyView; ask: ShiftAsk; nowMs: number; isLocked: boolean }) {
  const t = useT();
  const { personId } = useSession();
  const [plans, swaps] = [useMay('roster.plan'), useMay('roster.swap')];
  const [error, setError] = useState<unknown>(null);
  const [why, setWhy] = useState<string | null>(null);
  const { id } = view.roster;
  const seen = { cell: ask.cell, theirCell: ask.theirCell };
  const act = (call: () => Promise<unknown>): void => { setError(null); call().catch(setError); };
  const takerId = ask.taken?.personId ?? ask.toId;
  const isAsker = ask.personId === personId || ask.byId === personId;
  const mayTake = swaps && ask.state === 'asked' && ask.personId !== personId && (ask.toId === null || ask.toId === personId) && canChange(view.duty, ask, personId, nowMs);
  const isPossible = takerId === null || canChange(view.duty, ask, takerId, nowMs);
  const mayApprove = plans && isPossible && takerId !== null && takerId !== personId && ask.personId !== personId;
  const end = isAsker ? 'withdraw' : takerId === personId ? (ask.toId === null ? 'letGo' : 'decline') : plans ? 'refuse' : null;
  // Whoever asked is told why not; that somebody takes back what they said themselves needs no word.
  const isSaidNo = end === 'decline' || end === 'refuse';
  const breaks = view.breaks[ask.id] ?? [];
  return (
    <li>
      <p>{askWords(view, ask, t)} <span className="muted">· {t(`duty.state.${ask.state}`)}</span></p>
      {ask.reason !== '' && <p className="muted">“{ask.reason}”</p>}
      {takerId !== null && !isPossible && <p className="danger">{t('duty.impossible')}</p>}
      {takerId !== null && isPossible && <p className={breaks.length === 0 ? 'muted' : 'danger'}>{breaks.length === 0 ? t('duty.holds') : t('duty.wouldBreak', { rules: rulesWords(breaks, t) })}</p>}
      <p className="line">
        {mayTake && <Button kind="outline" disabled={isLocked} onClick={() => { act(() => client.rosters.take({ id, askId: ask.id, personId, ...seen })); }}>{t('duty.take')}</Button>}
        {mayApprove && <Button kind="outline" disabled={isLocked} onClick={() => { act(() => client.rosters.approve({ id, askId: ask.id, ...seen, reason: '' })); }}>{t('duty.approve')}</Button>}
        {end !== null && why === null && <Button disabled={isLocked} onClick={() => { if (isSaidNo) setWhy(''); else act(() => client.rosters.end({ id, askId: ask.id, reason: '' })); }}>{t(`duty.${end}`)}</Button>}
      </p>
      {end !== null && why !== null && (
        <form className="line" onSubmit={event => { event.preventDefault(); act(() => client.rosters.end({ id, askId: ask.id, reason: why.trim() })); }} onKeyDown={event => { if (event.key === 'Escape') { event.stopPropagation(); setWhy(null); } }}>
          <LineField label={t('duty.why')} value={why} limit={DUTY_LIMITS.reason} autoFocus onChange={setWhy} />
          <Button kind="outline" type="submit" disabled={isLocked || tooMany(why, DUTY_LIMITS.reason) > 0} hint="Enter">{t(`duty.${end}`)}</Button><Button onClick={() => { setWhy(null); }}>{t('duty.cancel')}</Button>
        </form>
      )}
      {error !== null && <ErrorNotice error={error} />}
    </li>
  );
}

/** How it ended, by whom and why: "không duyệt · Ca Trưởng Mẫu · “thiếu người”". */
function endWords({ names }: DutyView, { state, ended }: ShiftAsk, t: ReturnType<typeof useT>): string {
  return [t(`duty.state.${state}`), names[ended?.byId ?? ''] ?? '', ended === null || ended.reason === '' ? '' : `“${ended.reason}”`].filter(words => words !== '').join(' · ');
}
