import type { BoardLine, BoardShift } from '../../../contract/documents/duty-calls.ts';
import { formatDate, formatTime, startOfDay } from '../../../contract/time.ts';
import { useLive } from '../../live-query.ts';
import { useT } from '../../strings/text.ts';
import { useMinute } from '../../ui/clock.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';

/** The board asks again so often: shifts begin and end by the clock. */
const ASK_MS = 20_000;

/** "Đang trực – ca sau – tuần này": of every line that whoever looks may see (Đ.8.2). */
export function DutyBoard() {
  const t = useT();
  const { data, error } = useLive(['rosters.board'], ['document', 'session'], core => core.rosters.board({}), { askAgainMs: () => ASK_MS, keepPrevious: true });
  if (error !== null) return <ErrorNotice error={error} />;
  return <div className="duty-board" role="region" tabIndex={0} aria-label={t('duty.boardTitle')}><h1>{t('duty.boardTitle')}</h1>{data?.lines.map(line => <Line key={line.service} line={line} />)}</div>;
}

function Line({ line: { service, now, next, week } }: { line: BoardLine }) {
  const t = useT();
  const today = startOfDay(useMinute());
  const codes = [...new Map((week ?? []).flatMap(({ shifts }) => shifts).map(shift => [shift.code, shift])).values()];
  return (
    <section aria-label={t('roster.line', { service })}>
      <h2>{t('roster.line', { service })}</h2>
      <div className="at-once"><Big label={t('duty.now')} shift={now} isNow /><Big label={t('duty.next')} shift={next} /></div>
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

/** A shift in large letters: who, and until or from when. */
function Big({ label, shift, isNow = false }: { label: string; shift: BoardShift | null; isNow?: boolean }) {
  const t = useT();
  return (
    <div className={isNow ? 'big now' : 'big'}>
      <p className="muted">{label}{shift !== null && ` · ${t('roster.shift', { code: shift.code })} · ${isNow ? t('duty.until', { at: formatTime(shift.toMs) }) : t('duty.from', { at: formatTime(shift.fromMs) })}`}</p>
      <p className="names">{shift === null ? <span className="muted">{t('duty.noRoster')}</span> : shift.names.length === 0 ? <span className="danger">{t('duty.nobody')}</span> : shift.names.join(', ')}</p>
      {shift !== null && shift.names.length > 0 && shift.names.length < shift.seats && <p className="danger">{t('duty.missing', { n: shift.seats - shift.names.length })}</p>}
    </div>
  );
}
