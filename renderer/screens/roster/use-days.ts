import { useMemo } from 'react';
import { publicHolidays } from '../../../contract/roster-holidays.ts';
import { firstWeekdayOf, type RosterPlan } from '../../../contract/roster.ts';
import { isOpenOn } from '../../../contract/roster-seats.ts';
import { instantOf } from '../../../contract/time.ts';
import { usePolicy } from '../../policy.ts';
import { useT } from '../../strings/text.ts';
import { dayWords } from './duty-words.ts';
import type { DayColumn } from './roster-row.tsx';

const WEEK = 7, SATURDAY = 5;

/** A day's head: its weekday or that it is a holiday, and what is said of it in full. `isClosed`: the desk is not staffed. */
export interface Day extends DayColumn { weekday: string; title: string; isHoliday: boolean; isClosed: boolean }

/** The columns of a month: drawn anew only when the month, its holidays, the day or the language changes. */
export function useDays({ month, holidays, openOn, members }: RosterPlan, today: number | null): readonly Day[] {
  const t = useT();
  const policy = usePolicy();
  const count = members[0]?.cells.length ?? 0, key = JSON.stringify([holidays, openOn]);
  return useMemo(() => {
    const [year, number] = month.split('-').map(Number) as [number, number];
    const off = publicHolidays({ month, ...holidays !== undefined && { holidays } }, policy.at(instantOf(year, number, 1)).calendar.days);
    const plan = { month, holidays: [...off.keys()], ...openOn !== undefined && { openOn } };
    return Array.from({ length: count }, (_, day): Day => {
      const at = (firstWeekdayOf(month) + day) % WEEK;
      const name = t(`roster.weekday.${String(at) as '0' | '1' | '2' | '3' | '4' | '5' | '6'}`), date = `${name} ${dayWords(month, day)}`;
      const isHoliday = off.has(day), isClosed = !isOpenOn(plan, day);
      const told = [...isHoliday ? [off.get(day) === '' ? t('rosterGrid.holidayLong') : `${t('rosterGrid.holidayLong')}: ${off.get(day)!}`] : [], ...isClosed ? [t('rosterGrid.closed')] : []];
      return {
        weekday: isHoliday ? t('rosterGrid.holiday') : name, date: [date, ...told].join(', '), title: [date, ...told].join(' · '), isHoliday, isClosed,
        look: `${at >= SATURDAY ? ' weekend' : ''}${isHoliday ? ' holiday' : ''}${isClosed ? ' closed' : ''}${day === today ? ' today' : ''}`,
      };
    });
    // The lists of the plan are others at each step; what is in them is what counts.
  }, [month, count, today, t, policy, key]);
}
