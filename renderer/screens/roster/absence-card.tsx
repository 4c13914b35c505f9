import { useRef, useState } from 'react';
import { OFF, type RosterPlan, type RosterReplanned } from '../../../contract/roster.ts';
import { client } from '../../client.ts';
import { useLive } from '../../live-query.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { rectangleOf, type Chosen } from './cells.ts';
import { cellWords, dayWords } from './duty-words.ts';

interface AbsenceProps { plan: RosterPlan; chosen: Chosen; isLocked: boolean; onDays: (row: number, from: number, to: number) => void; onTake: (cells: number[][]) => void }
type Answer = { kind: 'running' } | { kind: 'found'; first: RosterReplanned; wasLost: boolean } | { kind: 'failed'; error: unknown };

/** While something better is sought behind an answer, it is asked for again after so long even where no news comes, ms. */
const AGAIN_MS = 1_000;

/**
 * Somebody is absent (vắng đột xuất): their month with the fewest changes to everybody's, shown before it goes into the grid. Who and when is what is chosen in the grid. The first answer is
 * there at once; a better one takes its place until it is taken, or the search is stopped.
 */
export function AbsenceCard({ plan, chosen, isLocked, onDays, onTake }: AbsenceProps) {
  const t = useT();
  const [asked, setAsked] = useState<{ plan: RosterPlan; answer: Answer } | null>(null);
  const turn = useRef(0);
  // What was found for a plan that has changed since is of no use.
  const answer = asked?.plan === plan ? asked.answer : null;
  const found = useBest(answer?.kind === 'found' ? answer.first : null);
  const { left: from, right: to } = rectangleOf(chosen);
  const { row } = chosen.at;
  const member = plan.members[row];
  if (member === undefined) return null;
  const callOff = (): void => { if (found !== null && !found.isOver) void client.rosters.callOff({ id: found.id }).catch(() => undefined); };
  const end = (): void => { callOff(); setAsked(null); };
  const replan = (): void => {
    turn.current += 1;
    const mine = turn.current;
    const settle = (next: Answer): void => { if (turn.current === mine) setAsked({ plan, answer: next }); };
    const wasLost = member.cells.slice(from, to + 1).some(cell => cell > OFF);
    settle({ kind: 'running' });
    client.rosters.replan({ plan, member: row, from, to }).then(first => { settle({ kind: 'found', first, wasLost }); }, (error: unknown) => { settle({ kind: 'failed', error }); });
  };
  return (
    <section className="roster-card" aria-label={t('roster.absence.title')}>
      <p className="row"><span className="strong">{t('roster.absence.title')}</span><span className="muted" role="status">{answer?.kind === 'running' ? t('roster.absence.running') : ''}</span></p>
      <p className="row">
        <span>{member.name}</span>
        <span className="days">
          <DayChoice plan={plan} label={t('roster.absence.from')} value={from} onChoose={day => { onDays(row, day, Math.max(day, to)); }} />
          <DayChoice plan={plan} label={t('roster.absence.to')} value={to} onChoose={day => { onDays(row, Math.min(from, day), day); }} />
        </span>
      </p>
      <Button kind="outline" disabled={isLocked || answer?.kind === 'running'} onClick={replan}>{t('roster.absence.replan')}</Button>
      {answer?.kind === 'failed' && <ErrorNotice error={answer.error} />}
      {answer?.kind === 'found' && found !== null && (
        <>
          <Found plan={plan} found={found} wasLost={answer.wasLost} />
          <p className="row days">
            <Button kind="outline" disabled={isLocked} onClick={() => { onTake(found.cells); end(); }}>{t('roster.absence.take')}</Button>
            {!found.isOver && <Button onClick={callOff}>{t('roster.absence.stop')}</Button>}
            <Button onClick={end}>{t('roster.absence.drop')}</Button>
          </p>
        </>
      )}
      <p className="muted">{t('roster.absence.hint')}</p>
    </section>
  );
}

/** The best there is by now of what began with a first answer. */
function useBest(first: RosterReplanned | null): RosterReplanned | null {
  const { data } = useLive(['rosters.replanned', first?.id ?? ''], ['roster'], core => core.rosters.replanned({ id: first!.id }), { enabled: first !== null && !first.isOver, askAgainMs: now => (now === undefined || (now !== null && !now.isOver) ? AGAIN_MS : false) });
  // Null: another one has been begun since, and nothing more is sought for this one.
  if (first === null || data === undefined) return first;
  return data ?? { ...first, isOver: true };
}

function DayChoice({ plan, label, value, onChoose }: { plan: RosterPlan; label: string; value: number; onChoose: (day: number) => void }) {
  return (
    <label>{label}{' '}
      <select className="input sm" value={value} onChange={event => { onChoose(Number(event.target.value)); }}>
        {plan.members[0]?.cells.map((_, day) => <option key={day} value={day}>{dayWords(plan.month, day)}</option>)}
      </select>
    </label>
  );
}

/** What would change, member by member, and what stays open, said before it is done. */
function Found({ plan, found, wasLost }: { plan: RosterPlan; found: RosterReplanned; wasLost: boolean }) {
  const t = useT();
  const { changes, gaps, lacking, isProven, isOver, kept } = found;
  const people = [...new Set(changes.map(({ member }) => member))];
  return (
    <>
      <p className="strong">{changes.length === 0 ? t(wasLost ? 'roster.absence.none' : 'roster.absence.noneLost') : t('roster.absence.changes', { cells: changes.length, people: people.length })}</p>
      <ul className="roster-changes">
        {people.map(member => <li key={member}><span className="strong">{plan.members[member]?.name}</span>: {changes.filter(one => one.member === member).map(({ day, was, is }) => `${dayWords(plan.month, day)} ${cellWords(was, plan, t)} → ${cellWords(is, plan, t)}`).join('; ')}</li>)}
        {gaps.map(({ day, shift, is, need }) => <li key={`${day} ${shift}`} className="danger">{t('roster.absence.gap', { code: plan.shifts[shift]?.code ?? '', date: dayWords(plan.month, day), n: need - is })}</li>)}
        {lacking.map(({ day, shift, is, need, skill }) => <li key={`${day} ${shift} ${skill}`} className="danger">{t('rosterCheck.lacksAfter', { code: plan.shifts[shift]?.code ?? '', date: dayWords(plan.month, day), n: need - is, skill })}</li>)}
      </ul>
      {kept.length > 0 && <p className="muted">{t('roster.absence.kept', { names: kept.map(member => plan.members[member]?.name ?? '').join(', ') })}</p>}
      <p className="muted" role="status">{t(isProven ? 'roster.absence.proven' : isOver ? 'roster.absence.unproven' : 'roster.absence.proving')}</p>
    </>
  );
}
