import { Fragment } from 'react';
import { firstWeekdayOf, LEAVE, OFF, type RosterCheck, type RosterPlan } from '../../../contract/roster.ts';
import { monthName } from '../../../contract/roster-days.ts';
import { useT } from '../../strings/text.ts';
import { chipOf, rectangleOf, wordOf, type Chosen, type Spot } from './cells.ts';

const WEEK = 7, SATURDAY = 5;

interface GridProps {
  plan: RosterPlan; check: RosterCheck | undefined; chosen: Chosen; today: number | null; onChoose: (spot: Spot, holds: boolean) => void;
  /** Cells ("row day") that people have changed between them. */
  swapped?: ReadonlySet<string>;
  /** The row of whoever looks; -1: none. */
  own?: number;
}

const NONE: ReadonlySet<string> = new Set();

/** People × days, and below for each shift where somebody is missing. One cell has the focus; the keys of the screen move it. */
export function RosterGrid({ plan, check, chosen, today, onChoose, swapped = NONE, own = -1 }: GridProps) {
  const t = useT();
  const { shifts, members, month } = plan;
  const first = firstWeekdayOf(month);
  const days = Array.from({ length: members[0]?.cells.length ?? 0 }, (_, day) => day);
  const { top, bottom, left, right } = rectangleOf(chosen);
  const broken = new Map(check?.broken.flatMap(({ member, day, rule }) => (day === null ? [] : [[`${member} ${day}`, rule] as const])));
  const dayClass = (day: number): string => `${(first + day) % WEEK >= SATURDAY ? ' weekend' : ''}${day === today ? ' today' : ''}`;
  const weekday = (day: number): string => t(`roster.weekday.${String((first + day) % WEEK) as '0' | '1' | '2' | '3' | '4' | '5' | '6'}`);
  const dateOf = (day: number): string => `${weekday(day)} ${String(day + 1).padStart(2, '0')}/${month.slice(5)}`;
  return (
    <table className="roster-grid" role="grid" aria-label={t('roster.grid', { service: plan.service, month: monthName(month) })} aria-multiselectable>
      <thead>
        <tr><th scope="col" className="who">{t('roster.who')}</th>{days.map(day => <th key={day} scope="col" className={`day${dayClass(day)}`}><span>{weekday(day)}</span><b>{day + 1}</b></th>)}<th scope="col" className="sum">{t('roster.shifts')}</th></tr>
      </thead>
      <tbody>
        {members.map((member, row) => (
          <tr key={member.personId ?? member.name} className={row === own ? 'own' : undefined} {...row === own && { 'aria-current': true }}>
            <th scope="row" className="who" title={member.name}>{member.name}</th>
            {member.cells.map((cell, day) => {
              const isChosen = row >= top && row <= bottom && day >= left && day <= right;
              const isAt = chosen.at.row === row && chosen.at.day === day;
              const rule = broken.get(`${row} ${day}`);
              const isSwapped = swapped.has(`${row} ${day}`);
              return (
                <td key={day} role="gridcell" className={`cell${dayClass(day)}${isChosen ? ' picked' : ''}${isAt ? ' cursor' : ''}`} aria-selected={isChosen} tabIndex={isAt ? 0 : -1} data-spot={`${row} ${day}`}
                  aria-label={`${member.name}, ${dateOf(day)}: ${cellWords(cell, plan, t)}${rule === undefined ? '' : `. ${t(`roster.rule.${rule}`)}`}${isSwapped ? `. ${t('duty.swapped')}` : ''}`}
                  onPointerDown={event => { onChoose({ row, day }, event.shiftKey); }} onPointerEnter={event => { if (event.buttons === 1) onChoose({ row, day }, true); }}>
                  {cell !== OFF && <span className={`chip ${chipOf(cell, plan)}${rule === undefined ? '' : ' broken'}`}>{wordOf(cell, plan)}</span>}{isSwapped && <span className="swapped" aria-hidden>⇄</span>}
                </td>
              );
            })}
            <td className="sum">{check?.shares[row]?.shifts ?? ''}</td>
          </tr>
        ))}
      </tbody>
      <tbody className="cover">
        <tr className="band"><th scope="rowgroup" colSpan={days.length + 2}>{t('roster.cover', { seats: plan.seats })}</th></tr>
        {shifts.map((shift, kind) => {
          const gaps = new Map(check?.gaps.filter(gap => gap.shift === kind).map(gap => [gap.day, gap.is - gap.need]));
          const missing = [...gaps.values()].reduce((sum, by) => sum + Math.min(0, by), 0);
          return (
            <tr key={shift.code}>
              <th scope="row" className="who"><span className={`chip ${chipOf(kind + 1, plan)}`}>{shift.code}</span> {shiftHours(shift)}</th>
              {days.map(day => {
                const by = gaps.get(day) ?? 0;
                return <td key={day} className={`count${dayClass(day)}`}>{by === 0 ? <span className="full">{plan.seats}</span> : <span className={by < 0 ? 'gap' : 'extra'}>{by < 0 ? `−${-by}` : `+${by}`}</span>}</td>;
              })}
              <td className="sum">{missing === 0 ? '' : <span className="danger">−{-missing}</span>}</td>
            </tr>
          );
        })}
      </tbody>
      <tfoot><tr><td colSpan={days.length + 2}><Legend plan={plan} /></td></tr></tfoot>
    </table>
  );
}

function Legend({ plan }: { plan: RosterPlan }) {
  const t = useT();
  return (
    <span className="legend">
      {plan.shifts.map((shift, kind) => <Fragment key={shift.code}><span className={`chip ${chipOf(kind + 1, plan)}`}>{shift.code}</span><span>{shiftHours(shift)}</span></Fragment>)}
      <span className="chip leave">P</span><span>{t('roster.leave')}</span>
      <span className="chip morning broken">S</span><span>{t('roster.breaks')}</span>
    </span>
  );
}

type T = ReturnType<typeof useT>;
function cellWords(cell: number, { shifts }: Pick<RosterPlan, 'shifts'>, t: T): string {
  return cell === OFF ? t('roster.off') : cell === LEAVE ? t('roster.leave') : t('roster.shift', { code: shifts[cell - 1]?.code ?? '' });
}

/** "06–14", or with minutes where there are some. */
function shiftHours({ fromMin, minutes }: RosterPlan['shifts'][number]): string {
  const at = (min: number): string => `${String(Math.floor(min / 60) % 24).padStart(2, '0')}${min % 60 === 0 ? '' : `:${String(min % 60).padStart(2, '0')}`}`;
  return `${at(fromMin)}–${at(fromMin + minutes)}`;
}
