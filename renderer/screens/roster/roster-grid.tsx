import { Fragment, useMemo, type CSSProperties } from 'react';
import { COMP, LEAVE, OFF, type RosterCheck, type RosterPlan } from '../../../contract/roster.ts';
import { monthName } from '../../../contract/roster-days.ts';
import { cellWord } from '../../../contract/roster-words.ts';
import { useT } from '../../strings/text.ts';
import { chipOf, rectangleOf, shiftHours, type Chosen, type Spot } from './cells.ts';
import { CoverRows } from './cover-rows.tsx';
import { breachWords, cellWords } from './duty-words.ts';
import { RosterRow, type CellNames } from './roster-row.tsx';
import { useDays } from './use-days.ts';

interface GridProps {
  plan: RosterPlan; check: RosterCheck | undefined; chosen: Chosen; today: number | null; onChoose: (spot: Spot, holds: boolean) => void;
  /** Cells ("row day") that people have changed between them. */
  swapped?: ReadonlySet<string>;
  /** How days of rows were worked, as a row's `marked`. */
  marked?: ReadonlyMap<number, string>;
  /** The row of whoever looks; -1: none. */
  own?: number;
  /** Whether pins and wishes are shown. */
  hasMarks?: boolean;
}

const NONE: ReadonlySet<string> = new Set();

/** People × days, and below for each shift where somebody is missing. One cell has the focus; the keys of the screen move it. */
export function RosterGrid({ plan, check, chosen, today, onChoose, swapped = NONE, marked, own = -1, hasMarks = false }: GridProps) {
  const t = useT();
  const { shifts, members, month } = plan;
  const days = useDays(plan, today);
  const names = useMemo(() => namesOf(shifts, t), [shifts, t]);
  const { top, bottom, left, right } = rectangleOf(chosen);
  const broken = members.map((_, row) => (check?.broken ?? []).flatMap(one => (one.member === row && one.day !== null ? [`${one.day} ${breachWords(one, t)}`] : [])).join('\n'));
  const spotOf = ({ target }: { target: EventTarget }): Spot | null => {
    const [row, day] = (target instanceof Element ? target.closest<HTMLElement>('[data-spot]')?.dataset['spot'] : undefined)?.split(' ').map(Number) ?? [];
    return row === undefined || day === undefined ? null : { row, day };
  };
  const choose = (spot: Spot | null, holds: boolean): void => { if (spot !== null) onChoose(spot, holds); };
  return (
    <table className="roster-grid" role="grid" style={{ '--shifts': shifts.length } as CSSProperties} aria-label={t('roster.grid', { desk: t(`roster.deskIn.${plan.service}`), month: monthName(month) })} aria-multiselectable>
      <thead>
        <tr><th scope="col" className="who">{t('roster.who')}</th>{days.map(({ weekday, look, title }, day) => <th key={day} scope="col" className={`day${look}`} title={title}><span>{weekday}</span><b>{day + 1}</b></th>)}<th scope="col" className="sum">{t('roster.shifts')}</th></tr>
      </thead>
      <tbody onPointerDown={event => { choose(spotOf(event), event.shiftKey); }} onPointerOver={event => { if (event.buttons === 1) choose(spotOf(event), true); }}>
        {members.map((member, row) => {
          const isIn = row >= top && row <= bottom;
          return (
            <RosterRow key={member.personId ?? member.name} member={member} row={row} shifts={shifts} days={days} names={names} left={isIn ? left : -1} right={isIn ? right : -1} cursor={chosen.at.row === row ? chosen.at.day : -1}
              broken={broken[row]!} swapped={[...swapped].filter(spot => spot.startsWith(`${row} `)).map(spot => spot.slice(`${row} `.length)).join(' ')} {...marked !== undefined && { marked: marked.get(row) ?? '' }} isOwn={row === own} hasMarks={hasMarks} count={check?.shares[row]?.shifts ?? null} />
          );
        })}
      </tbody>
      <CoverRows plan={plan} check={check} days={days} />
      <tfoot><tr><td colSpan={days.length + 2}><Legend plan={plan} hasMarks={hasMarks && members.some(one => one.pins !== undefined || one.wishes !== undefined)} /></td></tr></tfoot>
    </table>
  );
}

/** What cells are called, and what is said of them. */
function namesOf(shifts: RosterPlan['shifts'], t: ReturnType<typeof useT>): CellNames {
  const of = new Map([OFF, LEAVE, COMP, ...shifts.map((_, kind) => kind + 1)].map(cell => [cell, cellWords(cell, { shifts }, t)]));
  const wished = (key: 'rosterPeople.wants' | 'rosterPeople.wantsNot'): Map<number, string> => new Map([...of].map(([cell, what]) => [cell, t(key, { what })]));
  return { of, wants: wished('rosterPeople.wants'), wantsNot: wished('rosterPeople.wantsNot'), pinned: t('rosterPeople.pinned'), swapped: t('duty.swapped'), marks: { came: t('attendance.mark.came'), instead: t('attendance.mark.instead'), absent: t('attendance.mark.absent'), unknown: t('attendance.mark.unknown') } };
}

function Legend({ plan, hasMarks }: { plan: RosterPlan; hasMarks: boolean }) {
  const t = useT();
  return (
    <span className="legend">
      {plan.shifts.map((shift, kind) => <Fragment key={shift.code}><span className={`chip ${chipOf(kind + 1, plan)}`}>{shift.code}</span><span>{shiftHours(shift)}</span></Fragment>)}
      <span className="chip leave">P</span><span>{t('roster.leave')}</span><span className="chip leave">{cellWord(COMP, plan)}</span><span>{t('roster.comp')}</span>
      <span className="chip morning broken">S</span><span>{t('roster.breaks')}</span>
      <span className="chip holiday">{t('rosterGrid.holiday')}</span><span>{t('rosterGrid.holidayLong')}</span>
      {hasMarks && <><span className="pinned" aria-hidden /><span>{t('rosterPeople.pinned')}</span><span>{t('rosterPeople.legend')}</span></>}
    </span>
  );
}
