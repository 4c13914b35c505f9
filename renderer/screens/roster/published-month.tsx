import { useEffect, useRef, useState } from 'react';
import type { DutyView } from '../../../contract/documents/duty-calls.ts';
import type { DutyDesk } from '../../../contract/roster-desks.ts';
import { monthName } from '../../../contract/roster-days.ts';
import { formatDateTime } from '../../../contract/time.ts';
import { useMay, useSession } from '../../frame/station.ts';
import { useLive } from '../../live-query.ts';
import { formatRoute } from '../../route-path.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { useMinute } from '../../ui/clock.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { AcceptedList } from './accepted-list.tsx';
import { AskForm } from './ask-form.tsx';
import { AskList } from './ask-list.tsx';
import { AttendForm } from './attend-form.tsx';
import { AttendancePanel, markedRows, RunningCard } from './attendance-panel.tsx';
import { type Chosen } from './cells.ts';
import { readOnlyCheck, syncWords } from './duty-words.ts';
import { OutMenu } from './out-menu.tsx';
import { OwnShifts } from './own-shifts.tsx';
import { RosterGrid } from './roster-grid.tsx';
import { useToday } from './use-today.ts';
import { useMonthKeys } from './use-month-keys.ts';

/** Hours go on while shifts run. */
const ASK_MS = 60_000;

/** A month of a line as it is published: who works when, one's own shifts, and changes of shifts between people. */
export function PublishedMonth({ service, month }: { service: DutyDesk; month: string }) {
  const t = useT();
  const { data: view, error } = useLive(['rosters.published', service, month], ['document', 'session'], core => core.rosters.published({ service, month }));
  const { goMonth } = useMonthKeys({ service, month });
  const plans = useMay('roster.plan');
  const months = <span className="months"><Button label={t('roster.before')} onClick={() => { goMonth(-1); }}>‹</Button><Button label={t('roster.after')} onClick={() => { goMonth(1); }}>›</Button></span>;
  if (error !== null) return <ErrorNotice error={error} />;
  if (view === undefined) return null;
  if (view !== null) return <Published key={view.roster.id} view={view} months={months} />;
  return (
    <div className="roster-month"><div className="roster-main">
      <header><h1>{t('roster.title', { desk: t(`roster.deskIn.${service}`), month: monthName(month) })}</h1><span className="space" />{months}</header>
      <EmptyState title={t('duty.none')} {...plans && { actions: <a href={formatRoute({ screen: 'roster', service, month })}>{t('dutyActs.toDraft')}</a> }}>{t('duty.noneHint', { desk: t(`roster.deskIn.${service}`), month: monthName(month) })}</EmptyState>
    </div></div>
  );
}

function Published({ view, months }: { view: DutyView; months: React.ReactNode }) {
  const t = useT();
  const { locked, personId } = useSession();
  const { roster, duty } = view;
  const nowMs = useMinute();
  const grid = useRef<HTMLDivElement>(null);
  const own = duty.members.findIndex(member => member.personId === personId);
  const today = useToday(duty.month);
  const begin = { row: Math.max(0, own), day: today ?? 0 };
  const [chosen, setChosen] = useState<Chosen>({ from: begin, at: begin });
  const [mode, setMode] = useState<Mode>('plan');
  const isWorked = mode === 'worked';
  const { data: worked, error } = useLive(['rosters.attendance', duty.service, duty.month], ['document', 'session'], core => core.rosters.attendance({ service: duty.service, month: duty.month }), { enabled: isWorked, askAgainMs: () => ASK_MS });
  const choose = (spot: Chosen['at']): void => { setChosen({ from: spot, at: spot }); };
  useMonthKeys({ ...duty, cells: { plan: duty, chosen, setChosen } });
  useEffect(() => {
    if (document.activeElement === document.body || grid.current?.contains(document.activeElement) === true) grid.current?.querySelector<HTMLElement>(`[data-spot="${chosen.at.row} ${chosen.at.day}"]`)?.focus();
  }, [chosen]);
  const swapped = new Set(duty.members.flatMap(({ cells }, row) => cells.flatMap((cell, day) => (cell === roster.plan.members[row]?.cells[day] ? [] : [`${row} ${day}`]))));
  // What was accepted is of the plan as it was published: a cell that changed hands since is no breach of who had it.
  const broken = (roster.accepted?.broken ?? []).filter(({ member, day }) => day !== null && duty.members[member]?.cells[day] === roster.plan.members[member]?.cells[day]);
  return (
    <div className="roster-month">
      <div className="roster-main" ref={grid}>
        <header>
          <h1>{t('roster.title', { desk: t(`roster.deskIn.${duty.service}`), month: monthName(duty.month) })}</h1>
          <span className="tag good">{t('duty.tag', { edition: roster.edition })}</span>
          <span className="muted">{t('duty.by', { by: view.names[roster.published.byId] ?? '', at: formatDateTime(roster.published.atMs) })}</span>
          {view.sync !== 'sent' && <span className={view.sync === 'refused' ? 'danger' : 'muted'} role="status">{syncWords(view, t)}</span>}
          <span className="space" /><ModeSwitch mode={mode} onChange={setMode} />{months}
          <OutMenu plan={duty} row={chosen.at.row} isPublished />
        </header>
        <div className="roster-scroll"><RosterGrid plan={duty} check={{ ...readOnlyCheck(duty), broken }} chosen={chosen} today={today} swapped={swapped} own={own} onChoose={choose} {...isWorked && worked !== undefined && worked !== null && { marked: markedRows(duty, worked.marks) }} /></div>
        {isWorked ? worked !== undefined && worked !== null && <AttendForm key={`${chosen.at.row} ${chosen.at.day} ${worked.entries.filter(one => one.personId === duty.members[chosen.at.row]?.personId && one.day === chosen.at.day).map(one => `${one.cell} ${one.atMs}`).join()}`} rosterId={roster.id} duty={duty} worked={worked} at={chosen.at} isLocked={locked} /> : <AskForm key={`${duty.members[chosen.at.row]?.personId ?? ''} ${chosen.at.day} ${duty.members[chosen.at.row]?.cells[chosen.at.day] ?? ''} ${roster.edition}`} view={view} at={chosen.at} nowMs={nowMs} isLocked={locked} />}
      </div>
      <aside className="roster-panel" tabIndex={0} aria-label={t('duty.asks')}>
        {today !== null && <RunningCard service={duty.service} />}
        {isWorked && <AttendancePanel duty={duty} worked={worked ?? undefined} error={error} row={chosen.at.row} />}
        <OwnShifts view={view} row={own} nowMs={nowMs} isLocked={locked} />
        <AskList view={view} nowMs={nowMs} isLocked={locked} />
        <Waiting view={view} />
        <AcceptedList view={view} />
      </aside>
    </div>
  );
}

type Mode = 'plan' | 'worked';

/** "Lịch | Chấm công": what was planned, or beside it what was worked. */
function ModeSwitch({ mode, onChange }: { mode: Mode; onChange: (mode: Mode) => void }) {
  const t = useT();
  const { locked } = useSession();
  useShortcuts('screen', [{ keys: 't', label: t('attendance.toggle'), hint: 'T', run: () => { onChange(mode === 'plan' ? 'worked' : 'plan'); }, enabled: !locked }]);
  return (
    <span className="roster-views" role="group" aria-label={t('attendance.views')}>
      <Button pressed={mode === 'plan'} onClick={() => { onChange('plan'); }}>{t('attendance.plan')}</Button><Button pressed={mode === 'worked'} hint="T" onClick={() => { onChange('worked'); }}>{t('attendance.worked')}</Button>
    </span>
  );
}

/** Who has not said yet that they know their month: for whoever plans. */
function Waiting({ view }: { view: DutyView }) {
  const t = useT();
  if (!useMay('roster.plan')) return null;
  const names = view.waitingFor.map(id => view.names[id] ?? '');
  return <section><h2>{t('duty.waitingFor', { n: names.length })}</h2><p className={names.length === 0 ? 'muted' : ''}>{names.length === 0 ? t('duty.everybody') : names.join(', ')}</p></section>;
}
