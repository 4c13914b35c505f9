import { useState } from 'react';
import type { DutyView } from '../../../contract/documents/duty-calls.ts';
import { DUTY_LIMITS, exchanged, isOpenAsk } from '../../../contract/documents/duty-roster.ts';
import type { Id } from '../../../contract/ids.ts';
import { OFF } from '../../../contract/roster.ts';
import { shiftStartMs } from '../../../contract/roster-days.ts';
import { cellWord } from '../../../contract/roster-words.ts';
import { client } from '../../client.ts';
import { useMay, useSession } from '../../frame/station.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field } from '../../ui/field.tsx';
import { type Spot } from './cells.ts';
import { cellWords, dayWords } from './duty-words.ts';
import { useWhy, WhyField } from './why-field.tsx';

interface AskProps { view: DutyView; at: Spot; nowMs: number; isLocked: boolean }

/** The cell under the cursor, and asking for another to work its shift: one's own, or, for whoever plans, anybody's. */
export function AskForm({ view, at, nowMs, isLocked }: AskProps) {
  const t = useT();
  const { personId } = useSession();
  const [plans, swaps] = [useMay('roster.plan'), useMay('roster.swap')];
  const { duty, roster } = view;
  const member = duty.members[at.row];
  const cell = member?.cells[at.day] ?? OFF;
  if (member === undefined) return null;
  const asked = roster.asks.find(ask => isOpenAsk(ask) && ask.personId === member.personId && ask.day === at.day);
  const isTheirs = member.personId === personId;
  const mayAsk = member.personId !== null && cell > OFF && shiftStartMs(duty, at.day, cell) > nowMs && asked === undefined && (plans || (swaps && isTheirs));
  const what = { name: member.name, date: dayWords(duty.month, at.day), what: cellWords(cell, duty, t), code: cellWord(cell, duty) };
  return (
    <section className="roster-look" aria-label={t('roster.look')}>
      <p><span className="strong">{t('duty.offDay', what)}</span>{!mayAsk && swaps && isTheirs && asked === undefined && <span className="muted"> {t('duty.hint')}</span>}{asked !== undefined && <span className="muted"> {t(`duty.state.${asked.state}`)}</span>}</p>
      {mayAsk && <Fields view={view} from={member.personId!} day={at.day} nowMs={nowMs} isLocked={isLocked} button={isTheirs ? t('duty.ask') : t('duty.askFor', { name: member.name })} />}
    </section>
  );
}

function Fields({ view: { duty, roster }, from, day, nowMs, isLocked, button }: { view: DutyView; from: Id; day: number; nowMs: number; isLocked: boolean; button: string }) {
  const t = useT();
  const [toId, setTo] = useState<Id | ''>('');
  const [theirDay, setTheirDay] = useState('');
  const why = useWhy();
  const [error, setError] = useState<unknown>(null);
  const nowDay = (id: Id, their: number | null): boolean => exchanged(duty.members, { personId: from, day, theirDay: their }, id) !== null;
  const backs = (id: Id): number[] => (duty.members.find(one => one.personId === id)?.cells ?? []).flatMap((cell, at) => (cell > OFF && shiftStartMs(duty, at, cell) > nowMs && nowDay(id, at) ? [at] : []));
  const others = duty.members.filter(one => one.personId !== null && one.personId !== from && (nowDay(one.personId, null) || backs(one.personId).length > 0));
  const days = toId === '' ? [] : backs(toId);
  const mustGiveBack = toId !== '' && !nowDay(toId, null);
  const cellOf = (id: Id, at: number): number => duty.members.find(one => one.personId === id)?.cells[at] ?? OFF;
  const back = theirDay === '' ? null : Number(theirDay);
  const send = (): void => {
    const reason = why.given();
    if (reason === null) return;
    setError(null);
    client.rosters.ask({ id: roster.id, personId: from, day, cell: cellOf(from, day), toId: toId === '' ? null : toId, theirDay: back, theirCell: back === null || toId === '' ? null : cellOf(toId, back), reason }).catch(setError);
  };
  return (
    <>
      <form className="ask" onSubmit={event => { event.preventDefault(); send(); }}>
        <Field label={t('duty.to')} {...others.length === 0 && { hint: t('duty.noOne') }}>
          {control => <select {...control} className="input" value={toId} onChange={event => { setTo(event.target.value); setTheirDay(''); }}><option value="">{t('duty.anybody')}</option>{others.map(one => <option key={one.personId} value={one.personId!}>{one.name}</option>)}</select>}
        </Field>
        <Field label={t('duty.back')}>
          {control => (
            <select {...control} className="input" value={theirDay} disabled={toId === ''} onChange={event => { setTheirDay(event.target.value); }}>
              <option value="" disabled={mustGiveBack}>{t('duty.nothing')}</option>
              {toId !== '' && days.map(at => <option key={at} value={at}>{`${dayWords(duty.month, at)} · ${cellWords(cellOf(toId, at), duty, t)}`}</option>)}
            </select>
          )}
        </Field>
        <WhyField label={t('duty.askReason')} why={why} limit={DUTY_LIMITS.reason} />
        <Button kind="outline" size="md" disabled={isLocked || (mustGiveBack && theirDay === '')} type="submit">{button}</Button>
      </form>
      {error !== null && <ErrorNotice error={error} />}
    </>
  );
}
