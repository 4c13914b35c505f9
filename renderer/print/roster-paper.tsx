import { useEffect } from 'react';
import type { Session } from '../../contract/console.ts';
import { firstWeekdayOf, OFF, type RosterPlan, type RosterShare } from '../../contract/roster.ts';
import { monthName, shiftTimes } from '../../contract/roster-days.ts';
import { formatDateTime } from '../../contract/time.ts';
import { cellWord } from '../../contract/roster-words.ts';
import { useLive } from '../live-query.ts';
import { useT } from '../strings/text.ts';
import { Button } from '../ui/button.tsx';
import { Choices } from '../ui/choices.tsx';
import { clock } from '../ui/clock.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { useShortcuts } from '../ui/shortcuts.ts';
import { styleNonce } from '../ui/theme.ts';
import { pageStyle } from './page-style.ts';
import { ROSTER_PAPERS, type RosterPaperSize, type RosterRoute } from './print-route.ts';

const WEEK = 7, SATURDAY = 5;

interface Where { siteName: string; provinceName: string }

/** A month of duty as it will be on paper, and the button that prints it; what is typed in the console's window meanwhile is on it too. */
export function RosterPreview({ route, session, onGo, ...where }: Where & { route: RosterRoute; session: Session; onGo: (route: RosterRoute) => void }) {
  const t = useT();
  const { service, month, size, isPublished } = route;
  const draft = useLive(['rosters.open', service, month], ['session', 'roster'], core => core.rosters.open({ service, month }), { enabled: !isPublished });
  const published = useLive(['rosters.published', service, month], ['document', 'session'], core => core.rosters.published({ service, month }), { enabled: isPublished });
  const error = isPublished ? published.error : draft.error;
  const plan = isPublished ? published.data?.duty : draft.data?.plan;
  const mark = isPublished ? t('duty.tag', { edition: published.data?.roster.edition ?? 0 }) : t('roster.paper.draft');
  const { data: check } = useLive(['rosters.check', plan], [], core => core.rosters.check(plan!), { enabled: plan !== undefined, keepPrevious: true });
  const choose = (next: RosterPaperSize): void => { onGo({ ...route, size: next }); };
  useShortcuts('screen', [
    ...ROSTER_PAPERS.map((paper, at) => ({ keys: String(at + 1), label: t(`roster.paper.${paper}`), run: () => { choose(paper); } })),
    { keys: 'enter', label: t('print.run'), run: () => { window.print(); }, enabled: check !== undefined },
  ]);
  useEffect(() => { document.title = t('roster.title', { desk: t(`roster.deskIn.${service}`), month: monthName(month) }); });
  if (error !== null) return <div className="print-wait"><ErrorNotice error={error} /></div>;
  if (isPublished && published.data === null) return <p className="print-wait muted">{t('duty.noneHint', { desk: t(`roster.deskIn.${service}`), month: monthName(month) })}</p>;
  if (plan === undefined || check === undefined) return <p className="print-wait muted">{t('print.loading')}</p>;
  return (
    <>
      <style nonce={styleNonce()}>{pageStyle(`roster-${size}`, t('print.by', { who: session.name, at: formatDateTime(clock.exactMs) }), t('print.page'), { title: `${t('roster.paper.title', { desk: t(`roster.deskOut.${service}`).toLocaleUpperCase('vi') })} – ${t('roster.paper.month', { month: monthName(month) })}`, mark })}</style>
      <div className="print-bar">
        <Choices label={t('roster.paper.size')} numbered value={size} onChange={choose} options={ROSTER_PAPERS.map(paper => ({ value: paper, label: t(`roster.paper.${paper}`) }))} />
        <Button kind="primary" hint="Enter" onClick={() => { window.print(); }}>{t('print.run')}</Button>
        <span className="muted">{t('print.hint')}</span>
      </div>
      <main className="print-desk wide"><RosterPaper plan={plan} shares={check.shares} size={size} mark={mark} isDraft={!isPublished} {...where} /></main>
    </>
  );
}

interface PaperProps extends Where { plan: RosterPlan; shares: readonly RosterShare[]; size: RosterPaperSize; mark: string; isDraft: boolean }

/** The month as it is hung up: people × days, what each has to work, what the letters mean, and who signs. The heading of the table stands on each page. */
function RosterPaper({ plan, shares, size, mark, isDraft, siteName, provinceName }: PaperProps) {
  const t = useT();
  const first = firstWeekdayOf(plan.month);
  return (
    <article className={`paper roster-paper ${size}`}>
      <header className="roster-state">
        <div><p>{provinceName.toUpperCase()}</p><p className="strong ruled">{siteName.toUpperCase()}</p></div>
        <div><h1>{t('roster.paper.title', { desk: t(`roster.deskOut.${plan.service}`).toLocaleUpperCase('vi') })}</h1><p className="strong">{t('roster.paper.month', { month: monthName(plan.month) })}</p></div>
        <div><p className={isDraft ? 'draft-mark' : undefined}>{mark}</p></div>
      </header>
      <MonthTable plan={plan} shares={shares} first={first} />
      <p className="legend">{legendWords(plan, t)}</p>
      <footer className="roster-signs">
        <div><p>&nbsp;</p><p className="strong">{t('roster.paper.author')}</p><p>{t('print.sign.how')}</p></div>
        <div><p className="dated">{t('roster.paper.dated')}</p><p className="strong">{t('roster.paper.head')}</p><p>{t('print.sign.how')}</p></div>
      </footer>
    </article>
  );
}

function MonthTable({ plan, shares, first }: { plan: RosterPlan; shares: readonly RosterShare[]; first: number }) {
  const t = useT();
  const days = Array.from({ length: plan.members[0]?.cells.length ?? 0 }, (_, day) => day);
  const weekdayOf = (day: number): number => (first + day) % WEEK;
  const isHoliday = (day: number): boolean => plan.holidays?.includes(day) === true;
  const off = (day: number): string => (weekdayOf(day) >= SATURDAY || isHoliday(day) ? 'off' : '');
  const weekday = (day: number): string => t(`roster.weekday.${String(weekdayOf(day)) as '0' | '1' | '2' | '3' | '4' | '5' | '6'}`);
  return (
    <table>
      <thead>
        <tr>
          <th rowSpan={2} scope="col" className="no">{t('roster.paper.no')}</th><th rowSpan={2} scope="col" className="who">{t('roster.paper.who')}</th>
          {days.map(day => <th key={day} scope="col" className={off(day)}>{day + 1}</th>)}
          {(['hours', 'shifts', 'nights', 'weekends'] as const).map(one => <th key={one} rowSpan={2} scope="col" className="total">{t(`roster.${one}`)}</th>)}
        </tr>
        <tr>{days.map(day => <th key={day} className={off(day)}>{isHoliday(day) ? t('rosterGrid.holiday') : weekday(day)}</th>)}</tr>
      </thead>
      <tbody>
        {plan.members.map((member, row) => (
          <tr key={member.personId ?? member.name}>
            <td>{row + 1}</td><th scope="row" className="who">{member.name}</th>
            {member.cells.map((cell, day) => <td key={day} className={`${off(day)}${cell > OFF && plan.shifts[cell - 1]?.isNight === true ? ' night' : ''}`}>{cellWord(cell, plan)}</td>)}
            {totalsOf(shares[row]).map((total, at) => <td key={at}>{total}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Hours, shifts, nights and weekends as they are written. */
function totalsOf(share: RosterShare | undefined): string[] {
  return share === undefined ? ['', '', '', ''] : [share.minutes / 60, share.shifts, share.nights, share.weekends].map(n => n.toLocaleString('vi-VN', { maximumFractionDigits: 1 }));
}

type T = ReturnType<typeof useT>;
function legendWords({ shifts, seats, holidays = [] }: RosterPlan, t: T): string {
  const told = shifts.map(shift => {
    const { from, to, daysLater } = shiftTimes(shift);
    return `${shift.code}: ${from}–${to}${daysLater === 0 ? '' : ` ${t('roster.paper.nextDay')}`}`;
  });
  const each = shifts.some(shift => shift.seats !== undefined) ? shifts.map(shift => t('roster.paper.seatsOf', { code: shift.code, seats: shift.seats ?? seats })).join(', ') : t('roster.paper.seats', { seats });
  return [...told, t('roster.paper.legend'), ...holidays.length === 0 ? [] : [t('rosterGrid.paperHoliday')], each].join(' · ');
}
