import { useState } from 'react';
import { ATTEND_LIMITS } from '../../../contract/documents/duty-attendance.ts';
import type { OnDutyPerson, RunningShift } from '../../../contract/documents/duty-attend-calls.ts';
import { formatTime } from '../../../contract/time.ts';
import { client } from '../../client.ts';
import { useMay, useSession } from '../../frame/station.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { takerWords } from './act-words.ts';
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
