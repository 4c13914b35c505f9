import { useState } from 'react';
import { ROSTER_LIMITS, type PatternShift, type RosterPlan } from '../../../contract/roster.ts';
import { shiftTimes } from '../../../contract/roster-days.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { isFreeCode, minuteOf, seatsOf, standingOf, withNewShift, withoutShift, withShift } from './plan-edits.ts';
import { Typed } from './typed.tsx';

const HOUR = 60, DAY = 1_440;

interface ShiftsProps { plan: RosterPlan; isLocked: boolean; onChange: (plan: RosterPlan) => void }

/** The pattern of a desk's shifts; what goes with one that is removed is said before. */
export function ShiftList({ plan, isLocked, onChange }: ShiftsProps) {
  const t = useT();
  const [opened, setOpened] = useState<number | null>(null);
  const [isGoing, setGoing] = useState(false);
  const more = withNewShift(plan);
  return (
    <fieldset disabled={isLocked}>
      <legend>{t('rosterPeople.pattern')}</legend>
      {plan.shifts.map((shift, kind) => {
        const { from, to } = shiftTimes(shift);
        return (
          <div key={kind} className="shift">
            <p className="row">
              <Button kind="quiet" expanded={opened === kind} onClick={() => { setOpened(opened === kind ? null : kind); setGoing(false); }}>{t('rosterPeople.shiftLine', { code: shift.code, from, to, seats: shift.seats ?? plan.seats })}</Button>
              {shift.isNight && <span className="muted">{t('rosterPeople.night')}</span>}
            </p>
            {opened === kind && (
              <>
                <ShiftFields plan={plan} kind={kind} isLocked={isLocked} onChange={onChange} />
                {plan.shifts.length > 1 && !isGoing && <Button onClick={() => { setGoing(true); }}>{t('rosterPeople.shiftRemove', { code: shift.code })}</Button>}
                {isGoing && (
                  <p className="asked" role="alert">
                    {t('rosterPeople.shiftTold', { code: shift.code, ...standingOf(plan, kind) })}{' '}
                    <Button kind="outline" onClick={() => { onChange(withoutShift(plan, kind)); setOpened(null); setGoing(false); }}>{t('rosterPeople.shiftRemoveNow', { code: shift.code })}</Button> <Button onClick={() => { setGoing(false); }}>{t('rosterPeople.keep')}</Button>
                  </p>
                )}
              </>
            )}
          </div>
        );
      })}
      {more !== null && <Button onClick={() => { onChange(more); setOpened(plan.shifts.length); setGoing(false); }}>{t('rosterPeople.shiftAdd')}</Button>}
    </fieldset>
  );
}

function ShiftFields({ plan, kind, isLocked, onChange }: ShiftsProps & { kind: number }) {
  const t = useT();
  const shift = plan.shifts[kind]!;
  const put = (part: Partial<PatternShift>): null => { onChange(withShift(plan, kind, part)); return null; };
  const minutes = (text: string): number | null => (/^\d{1,4}$/.test(text.trim()) && Number(text) <= DAY ? Number(text) : null);
  const takeHours = (text: string): string | null => {
    const hours = Number(text.trim().replace(',', '.')), length = Math.round(hours * HOUR);
    return text.trim() === '' || !(length > 0 && length <= DAY) || length < (shift.breakMin ?? 0) ? t('rosterPeople.trouble.hours') : put({ minutes: length });
  };
  const takeBegin = (text: string): string | null => {
    const fromMin = minuteOf(text);
    return fromMin === null ? t('rosterPeople.trouble.begin') : put({ fromMin });
  };
  const takeBreak = (text: string): string | null => {
    const length = text.trim() === '' ? 0 : minutes(text);
    return length === null || length > shift.minutes ? t('rosterPeople.trouble.break') : put({ breakMin: length === 0 ? undefined : length });
  };
  const takeSeats = (text: string): string | null => {
    const seats = text.trim() === '' ? undefined : seatsOf(text, 0);
    return seats === null ? t('rosterPeople.trouble.seats', { from: 0, to: ROSTER_LIMITS.seats }) : put({ seats });
  };
  return (
    <div className="pair">
      <Typed label={t('rosterPeople.code')} value={shift.code} maxLength={3} disabled={isLocked} onTake={text => { const code = text.trim().normalize('NFC'); return isFreeCode(plan, kind, code) ? put({ code }) : t('rosterPeople.trouble.code'); }} />
      <Typed label={t('rosterPeople.begin')} value={shiftTimes(shift).from} disabled={isLocked} onTake={takeBegin} />
      <Typed label={t('rosterPeople.length')} value={(shift.minutes / HOUR).toLocaleString('vi-VN', { maximumFractionDigits: 2 })} disabled={isLocked} onTake={takeHours} />
      <Typed label={t('rosterPeople.break')} value={shift.breakMin === undefined ? '' : String(shift.breakMin)} disabled={isLocked} onTake={takeBreak} />
      <Typed label={t('rosterPeople.shiftSeats')} hint={t('rosterPeople.shiftSeatsHint', { seats: plan.seats })} value={shift.seats === undefined ? '' : String(shift.seats)} disabled={isLocked} onTake={takeSeats} />
      <label className="check"><input type="checkbox" checked={shift.isNight} disabled={isLocked} onChange={event => { put({ isNight: event.target.checked }); }} /> {t('rosterPeople.night')}</label>
    </div>
  );
}
