import type { BoardLine, BoardShift } from '../../../contract/documents/duty-calls.ts';
import { monthName } from '../../../contract/roster-days.ts';
import { formatDate, formatTime, startOfDay } from '../../../contract/time.ts';
import { useLive } from '../../live-query.ts';
import { formatRoute } from '../../route-path.ts';
import { useT } from '../../strings/text.ts';
import { useMinute } from '../../ui/clock.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { RunningPeople } from './take-over.tsx';

/** The board asks again so often: shifts begin and end by the clock. */
const ASK_MS = 20_000;

/** "Đang trực – ca sau – tuần này": of every line that whoever looks may see (Đ.8.2). */
export function DutyBoard() {
  const t = useT();
  const { data, error } = useLive(['rosters.board'], ['document', 'session'], core => core.rosters.board({}), { askAgainMs: () => ASK_MS, keepPrevious: true });
  if (error !== null) return <ErrorNotice error={error} />;
  return <div className="duty-board" role="region" tabIndex={0} aria-label={t('duty.boardTitle')}><h1>{t('duty.boardTitle')}</h1><Waiting />{data?.lines.map(line => <Line key={line.service} line={line} />)}</div>;
}

function Line({ line: { service, now, next, week, isPublished } }: { line: BoardLine }) {
  const t = useT();
  const today = startOfDay(useMinute());
  const codes = [...new Map((week ?? []).flatMap(({ shifts }) => shifts).map(shift => [shift.code, shift])).values()];
  return (
    <section aria-label={t(`roster.desk.${service}`)}>
      <h2>{t(`roster.desk.${service}`)}</h2>
      <div className="at-once"><Big label={t('duty.now')} shifts={now} isPublished={isPublished} isNow /><Big label={t('duty.next')} shifts={next} isPublished={isPublished} /></div>
      {week === null ? <p className="muted">{t('duty.unpublished')}</p> : (
        <table aria-label={t('duty.week')}>
          <thead><tr><th scope="col">{t('duty.week')}</th>{week.map(({ dayMs }, at) => <th key={dayMs} scope="col" className={dayMs === today ? 'today' : undefined}>{t(`roster.weekday.${String(at) as '0' | '1' | '2' | '3' | '4' | '5' | '6'}`)} {formatDate(dayMs).slice(0, 5)}{dayMs === today && <span className="sr-only"> ({t('duty.today')})</span>}</th>)}</tr></thead>
          <tbody>
            {codes.map(({ code, isNight, fromMs }) => (
              <tr key={code}>
                <th scope="row"><span className={`chip ${isNight ? 'night' : formatTime(fromMs) >= '12' ? 'afternoon' : 'morning'}`}>{code}</span></th>
                {week.map(({ dayMs, shifts }) => <Cell key={dayMs} isToday={dayMs === today} shift={shifts.find(one => one.code === code)} />)}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Cell({ shift, isToday }: { shift: BoardShift | undefined; isToday: boolean }) {
  const t = useT();
  if (shift === undefined) return <td className={isToday ? 'muted today' : 'muted'}>–</td>;
  const missing = shift.seats - shift.names.length;
  return <td className={isToday ? 'today' : undefined}>{shift.names.map(name => <span key={name}>{name}</span>)}{missing > 0 && <span className="danger">{t('duty.missing', { n: missing })}</span>}</td>;
}

/** What waits for whoever looks, by month: the number at the rail leads here. */
function Waiting() {
  const t = useT();
  const { data } = useLive(['rosters.news'], ['document', 'session'], core => core.rosters.news({}));
  if (data === undefined || data.places.length === 0) return null;
  return <p className="waiting">{t('duty.waitsForYou')} {data.places.map(({ service, month, n }) => <a key={`${service} ${month}`} href={formatRoute({ screen: 'roster', service, month, view: 'published' })}>{t('duty.place', { desk: t(`roster.deskIn.${service}`), month: monthName(month), n })}</a>)}</p>;
}

/** Shifts in large letters: who, and until or from when; more than one where they overlap. */
function Big({ label, shifts, isPublished, isNow = false }: { label: string; shifts: readonly BoardShift[]; isPublished: boolean; isNow?: boolean }) {
  const t = useT();
  return (
    <div className={isNow ? 'big now' : 'big'}>
      {shifts.length === 0 && <><p className="muted">{label}</p><p className="names muted">{isPublished ? '–' : t('duty.noRoster')}</p></>}
      {shifts.map(({ code, fromMs, toMs, names, seats, running }) => (
        <div key={`${code} ${fromMs}`}>
          <p className="muted">{label} · {t('roster.shift', { code })} · {isNow ? t('duty.until', { at: formatTime(toMs) }) : t('duty.from', { at: formatTime(fromMs) })}</p>
          <p className="names">{names.length === 0 ? <span className="danger">{t('duty.nobody')}</span> : names.join(', ')}</p>
          {names.length > 0 && names.length < seats && <p className="danger">{t('duty.missing', { n: seats - names.length })}</p>}
          {running !== undefined && <RunningPeople running={running} />}
        </div>
      ))}
    </div>
  );
}
