import { useState } from 'react';
import { ATTEND_LIMITS } from '../../../contract/documents/duty-attendance.ts';
import type { OnDutyPerson, RunningShift, TakerLook } from '../../../contract/documents/duty-attend-calls.ts';
import { hoursFigure } from '../../../contract/policy/readings.ts';
import type { DutyDesk } from '../../../contract/roster-desks.ts';
import { formatDate, formatTime } from '../../../contract/time.ts';
import { client } from '../../client.ts';
import { useMay, useSession } from '../../frame/station.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useWhy, WhyField } from './why-field.tsx';

/** Who is in a shift that runs, whether they have come, and taking it over from one of them: asked once more before it is done. */
export function RunningPeople({ running }: { running: RunningShift }) {
  const t = useT();
  const { personId, locked } = useSession();
  const [swaps, plans] = [useMay('roster.swap'), useMay('roster.plan')];
  const [chosen, setChosen] = useState<OnDutyPerson | null>(null);
  const { people } = running;
  const canTake = (swaps || plans) && !locked && !people.some(one => one.personId === personId);
  return (
    <>
      {people.length === 0 && <p className="danger">{t('attendance.nobody')}</p>}
      <ul className="on-duty">
        {people.map(one => (
          <li key={one.personId ?? one.name}>
            <span className="strong">{one.name}</span>
            <span className="muted">{one.insteadOf === '' ? '' : `${t('attendance.instead', { name: one.insteadOf })} · `}{t(one.isKnown ? 'attendance.here' : 'attendance.notSeen')}</span>
            {canTake && one.personId !== null && chosen === null && <Button label={t('attendance.takeOverFrom', { name: one.name })} onClick={() => { setChosen(one); }}>{t('attendance.takeOver')}</Button>}
          </li>
        ))}
      </ul>
      {chosen !== null && <Confirm running={running} from={chosen} onDone={() => { setChosen(null); }} />}
    </>
  );
}

function Confirm({ running: { id, day, cell, code, toMs, taker }, from: { personId, name }, onDone }: { running: RunningShift; from: OnDutyPerson; onDone: () => void }) {
  const t = useT();
  const why = useWhy();
  const [error, setError] = useState<unknown>(null);
  const take = (): void => {
    const reason = why.given();
    if (reason === null) return;
    setError(null);
    client.rosters.takeOver({ id, personId: personId!, day, cell, reason }).then(onDone, setError);
  };
  return (
    <form className="take-over" onSubmit={event => { event.preventDefault(); take(); }} onKeyDown={event => { if (event.key === 'Escape') { event.stopPropagation(); onDone(); } }}>
      <p>{t('attendance.ask', { code, name, at: formatTime(toMs) })}</p>
      {taker !== undefined && takerWords(taker, t).map(({ words, isBad }) => <p key={words} className={isBad ? 'danger' : 'muted'}>{words}</p>)}
      <WhyField label={t('attendance.reason')} why={why} limit={ATTEND_LIMITS.reason} autoFocus />
      <p className="line"><Button kind="primary" type="submit">{t('attendance.confirm')}</Button><Button onClick={onDone}>{t('attendance.cancel')}</Button></p>
      <p className="muted">{t('dutyActs.undo', { name })}</p>
      {error !== null && <ErrorNotice error={error} />}
    </form>
  );
}

/** What taking a shift over would mean for the rest and the hours of who takes it, what breaks a limit first. @returns never nothing */
export function takerWords({ before, after, week, rest, most }: TakerLook, t: ReturnType<typeof useT>): { words: string; isBad: boolean }[] {
  const bindsOf = (limit: NonNullable<TakerLook['rest']>): string => t(`dutyActs.binds.${limit.isLaw ? 'law' : 'house'}`);
  const shiftOf = ({ desk, code }: { desk: DutyDesk; code: string }): string => t('dutyActs.shiftAt', { code, desk: t(`roster.deskIn.${desk}`) });
  const at = (ms: number): string => `${formatTime(ms)} ${formatDate(ms).slice(0, 'dd/MM'.length)}`;
  const bad = [before, after].flatMap((one, kind): string[] => {
    if (one === null) return [];
    if (one.minutes < 0) return [t('dutyActs.overlaps', { shift: shiftOf(one), at: at(one.fromMs) })];
    if (rest === null || one.minutes >= rest.minutes) return [];
    return [t(kind === 0 ? 'dutyActs.restBefore' : 'dutyActs.restAfter', { shift: shiftOf(one), at: at(kind === 0 ? one.toMs : one.fromMs), is: tenths(one.minutes), allowed: hoursFigure(rest.minutes), binds: bindsOf(rest) })];
  });
  const isOver = most !== null && week > most.minutes;
  return [
    ...bad.map(words => ({ words, isBad: true })), ...bad.length === 0 ? [{ words: t('dutyActs.rested'), isBad: false }] : [],
    isOver ? { words: t('dutyActs.weekOver', { is: tenths(week), most: hoursFigure(most.minutes), binds: bindsOf(most) }), isBad: true } : { words: t('dutyActs.week', { is: tenths(week) }), isBad: false },
  ];
}

/** Hours to the tenth, of minutes. */
const tenths = (minutes: number): string => String(Math.floor(minutes / 6) / 10).replace('.', ',');
