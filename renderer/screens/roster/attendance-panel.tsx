import { Fragment } from 'react';
import type { AttendanceView, WorkedPerson } from '../../../contract/documents/duty-attend-calls.ts';
import { WORK_MARKS, type Marked } from '../../../contract/duty-hours.ts';
import type { RosterPlan } from '../../../contract/roster.ts';
import type { DutyDesk } from '../../../contract/roster-desks.ts';
import { workMinutes } from '../../../contract/roster-seats.ts';
import { formatTime } from '../../../contract/time.ts';
import { useLive } from '../../live-query.ts';
import { useT } from '../../strings/text.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { dayWords } from './duty-words.ts';
import { RunningPeople } from './take-over.tsx';

const HOUR = 60, TENTHS = 10;
/** So many shifts that lacked people are listed. */
const LISTED = 8;
/** Shifts begin and end by the clock. */
const ASK_MS = 20_000;
/** Of two marks of a day the one that weighs more is shown. */
const WEIGHT = ['absent', 'instead', 'unknown', 'came'] as const satisfies readonly (typeof WORK_MARKS)[number][];

/** Hours to the tenth, of minutes; nothing for none. */
export function hoursWords(minutes: number): string {
  return minutes === 0 ? '' : String(Math.round(minutes / HOUR * TENTHS) / TENTHS).replace('.', ',');
}

/** The marks of a month by row, as rows take them: `day mark code` a line. */
export function markedRows(duty: RosterPlan, marks: readonly Marked[]): Map<number, string> {
  return new Map(duty.members.map(({ personId, cells }, row) => {
    const mine = marks.filter(one => one.personId === personId);
    const days = [...new Set(mine.map(({ day }) => day))];
    return [row, days.map(day => {
      const { mark, cell } = WEIGHT.flatMap(kind => mine.filter(one => one.day === day && one.mark === kind))[0]!;
      return `${day} ${mark}${cells[day] === cell ? '' : ` ${duty.shifts[cell - 1]?.code ?? ''}`}`;
    }).join('\n')];
  }));
}

/** The shifts of a desk that run at this moment, and who is there. */
export function RunningCard({ service }: { service: DutyDesk }) {
  const t = useT();
  const { data, error } = useLive(['rosters.board'], ['document', 'session'], core => core.rosters.board({}), { askAgainMs: () => ASK_MS, keepPrevious: true });
  const running = data?.lines.find(line => line.service === service)?.now.flatMap(shift => shift.running ?? []) ?? [];
  return (
    <section className="roster-card" aria-label={t('attendance.running')}>
      <p className="strong">{t('attendance.running')}</p>
      {error !== null && <ErrorNotice error={error} />}
      {data !== undefined && running.length === 0 && <p className="muted">{t('attendance.none')}</p>}
      {running.map(one => <Fragment key={`${one.id} ${one.day} ${one.cell}`}><p className="muted">{t('attendance.until', { code: one.code, at: formatTime(one.toMs) })}</p><RunningPeople running={one} /></Fragment>)}
    </section>
  );
}

/** What a shift lacked: people all the time, or for how long. */
function leftWords({ month, shifts }: RosterPlan, { day, shift, there, need, short }: AttendanceView['left'][number], t: ReturnType<typeof useT>): string {
  const which = { code: shifts[shift]?.code ?? '', date: dayWords(month, day) };
  if (shifts[shift] === undefined || short >= workMinutes(shifts[shift])) return t('attendance.leftLine', { ...which, there, need });
  return short < HOUR ? t('attendance.leftMinutes', { ...which, minutes: short }) : t('attendance.leftHours', { ...which, hours: hoursWords(short) });
}

interface PanelProps { duty: RosterPlan; worked: AttendanceView | undefined; error: unknown; row: number }

/** People × shifts and hours as they were worked, what is left of time off in lieu, and where seats stayed empty. */
export function AttendancePanel({ duty, worked, error, row }: PanelProps) {
  const t = useT();
  if (error !== null) return <ErrorNotice error={error} />;
  if (worked === undefined) return <p className="muted" role="status">{t('attendance.loading')}</p>;
  const chosen = worked.people[row];
  const h = (minutes: number): string => hoursWords(minutes) || '0';
  return (
    <>
      <section aria-label={t('attendance.table')}>
        <h2>{t('attendance.table')}</h2>
        <HoursTable people={worked.people} chosen={row} />
        {chosen !== undefined && <p role="status">{t('attendance.compOf', { name: chosen.name, opening: h(chosen.comp.opening), earned: h(chosen.comp.earned), taken: h(chosen.comp.taken), balance: h(chosen.comp.balance), late: chosen.late, unknown: chosen.unknown })}</p>}
        {chosen !== undefined && chosen.beside > 0 && <p className="muted">{t('attendance.besideOf', { hours: h(chosen.beside) })}</p>}
        <p className="muted">{t('attendance.legend')}</p>
        <p className="muted">{t('attendance.tableHint')}</p>
      </section>
      <section>
        <h2>{t('attendance.left', { n: worked.left.length })}</h2>
        {worked.left.length === 0 && <p className="muted">{t('attendance.leftNone')}</p>}
        <ul className="roster-broken">{worked.left.slice(0, LISTED).map(one => <li key={`${one.day} ${one.shift}`}>{leftWords(duty, one, t)}</li>)}</ul>
        {worked.left.length > LISTED && <p className="muted">{t('attendance.more', { n: worked.left.length - LISTED })}</p>}
      </section>
    </>
  );
}

function HoursTable({ people, chosen }: { people: readonly WorkedPerson[]; chosen: number }) {
  const t = useT();
  const columns = ['shifts', 'hours', 'night', 'holiday', 'overtime', 'absent', 'comp'] as const;
  return (
    <table className="roster-shares hours">
      <thead><tr><th scope="col">{t('attendance.who')}</th>{columns.map(column => <th key={column} scope="col" title={t(`attendance.long.${column}`)} aria-label={t(`attendance.long.${column}`)}>{t(`attendance.${column}`)}</th>)}</tr></thead>
      <tbody>
        {people.map(({ personId, name, swapped, actual, night, holiday, overtime, beside, absent, comp }, at) => (
          <tr key={personId ?? name} {...at === chosen && { 'aria-current': true }}>
            <th scope="row">{name}</th><td>{t('attendance.shiftsOf', { actual: actual.shifts, planned: swapped.shifts })}</td><td>{hoursWords(actual.minutes)}</td><td>{hoursWords(night)}</td><td>{hoursWords(holiday)}</td>
            <td {...beside > 0 && { title: t('attendance.besideOf', { hours: hoursWords(beside) }) }}>{hoursWords(overtime)}{beside > 0 && <small>{t('attendance.beside')}</small>}</td>
            <td className={absent > 0 ? 'danger' : undefined}>{absent > 0 ? absent : ''}</td><td>{hoursWords(comp.balance)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
