import type { RosterCheck, RosterPlan } from '../../../contract/roster.ts';
import { seatsAt } from '../../../contract/roster-seats.ts';
import { useT } from '../../strings/text.ts';
import { chipOf, closedSpans, shiftHours } from './cells.ts';
import type { Day } from './use-days.ts';

interface CoverProps { plan: RosterPlan; check: RosterCheck | undefined; days: readonly Day[] }

/** For each shift and day whether somebody is missing; they stay in sight below the people. Days on which the desk is closed, and nobody is there, say so instead, those beside each other together. */
export function CoverRows({ plan, check, days }: CoverProps) {
  const t = useT();
  const { shifts } = plan;
  const gaps = check?.gaps ?? [];
  const spans = closedSpans(days, new Set(gaps.map(({ day }) => day)));
  return (
    <tbody className="cover">
      <tr className="band"><th scope="rowgroup" colSpan={days.length + 2}>{shifts.some(shift => shift.seats !== undefined) ? t('roster.coverApart') : t('roster.cover', { seats: plan.seats })}</th></tr>
      {shifts.map((shift, kind) => {
        const own = new Map(gaps.filter(gap => gap.shift === kind).map(gap => [gap.day, gap.is - gap.need]));
        const missing = [...own.values()].reduce((sum, by) => sum + Math.min(0, by), 0);
        return (
          <tr key={shift.code}>
            <th scope="row" className="who"><span className={`chip ${chipOf(kind + 1, plan)}`}>{shift.code}</span> {shiftHours(shift)}</th>
            {days.map(({ look, title }, day) => {
              const span = spans.get(day);
              if (span === 0 || (span !== undefined && kind > 0)) return null;
              if (span !== undefined) {
                const words = t(days.slice(day, day + span).some(one => one.isHoliday) ? 'rosterGrid.closedHoliday' : 'rosterGrid.closed');
                return <td key={day} colSpan={span} rowSpan={shifts.length} className="count shut" title={span === 1 ? title : words}>{words}</td>;
              }
              const by = own.get(day) ?? 0;
              return <td key={day} className={`count${look}`}>{by === 0 ? <span className="full">{seatsAt(plan, day, kind) || ''}</span> : <span className={by < 0 ? 'gap' : 'extra'}>{by < 0 ? `−${-by}` : `+${by}`}</span>}</td>;
            })}
            <td className="sum">{missing === 0 ? '' : <span className="danger">−{-missing}</span>}</td>
          </tr>
        );
      })}
    </tbody>
  );
}
