import { useState } from 'react';
import type { DutyView } from '../../../contract/documents/duty-calls.ts';
import { canChange, DUTY_LIMITS, isOpenAsk, type ShiftAsk } from '../../../contract/documents/duty-roster.ts';
import { client } from '../../client.ts';
import { useMay, useSession } from '../../frame/station.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { LineField, tooMany } from '../../ui/line-field.tsx';
import { breachLine } from './act-words.ts';
import { askWords } from './duty-words.ts';
import { useWhy, WhyField } from './why-field.tsx';

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
  const [isApproving, setApproving] = useState(false);
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
  const breaks = view.breaks[ask.id] ?? [], isLaw = breaks.some(({ binds }) => binds === 'law');
  const approve = (reason: string): void => { act(() => client.rosters.approve({ id, askId: ask.id, ...seen, reason })); };
  return (
    <li>
      <p>{askWords(view, ask, t)} <span className="muted">· {t(`duty.state.${ask.state}`)}</span></p>
      {ask.reason !== '' && <p className="muted">“{ask.reason}”</p>}
      {takerId !== null && !isPossible && <p className="danger">{t('duty.impossible')}</p>}
      {takerId !== null && isPossible && breaks.length === 0 && <p className="muted">{t('duty.holds')}</p>}
      {isPossible && breaks.length > 0 && <><p className="danger">{t(isLaw ? 'dutyActs.breaksLaw' : 'dutyActs.breaks')}</p><ul>{breaks.map(one => <li key={`${one.member} ${one.rule} ${one.day ?? ''}`} className="danger">{breachLine(one, view.duty, t)}</li>)}</ul></>}
      {mayApprove && ask.taken === null && <p className="muted">{t('dutyActs.notTaken', { name: view.names[takerId] ?? '' })}</p>}
      <p className="line">
        {mayTake && <Button kind="outline" disabled={isLocked} onClick={() => { act(() => client.rosters.take({ id, askId: ask.id, personId, ...seen })); }}>{t('duty.take')}</Button>}
        {mayApprove && !isApproving && <Button kind="outline" disabled={isLocked} onClick={() => { if (ask.taken === null || isLaw) setApproving(true); else approve(''); }}>{t('duty.approve')}</Button>}
        {end !== null && why === null && <Button disabled={isLocked} onClick={() => { if (isSaidNo) setWhy(''); else act(() => client.rosters.end({ id, askId: ask.id, reason: '' })); }}>{t(`duty.${end}`)}</Button>}
      </p>
      {mayApprove && isApproving && <ApproveWhy isLocked={isLocked} onGiven={approve} onClose={() => { setApproving(false); }} />}
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

/** Why a change is approved that its taker has not agreed to, or that law does not allow. */
function ApproveWhy({ isLocked, onGiven, onClose }: { isLocked: boolean; onGiven: (reason: string) => void; onClose: () => void }) {
  const t = useT();
  const why = useWhy();
  const send = (): void => { const reason = why.given(); if (reason !== null) onGiven(reason); };
  return (
    <form className="line" onSubmit={event => { event.preventDefault(); send(); }} onKeyDown={event => { if (event.key === 'Escape') { event.stopPropagation(); onClose(); } }}>
      <WhyField label={t('dutyActs.whyApprove')} why={why} limit={DUTY_LIMITS.reason} autoFocus />
      <Button kind="outline" type="submit" disabled={isLocked} hint="Enter">{t('duty.approve')}</Button><Button onClick={onClose}>{t('duty.cancel')}</Button>
    </form>
  );
}

/** How it ended, by whom and why: "không duyệt · Ca Trưởng Mẫu · “thiếu người”". */
function endWords({ names }: DutyView, { state, ended }: ShiftAsk, t: ReturnType<typeof useT>): string {
  return [t(`duty.state.${state}`), names[ended?.byId ?? ''] ?? '', ended === null || ended.reason === '' ? '' : `“${ended.reason}”`].filter(words => words !== '').join(' · ');
}
