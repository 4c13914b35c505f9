import { useRef, useState } from 'react';
import type { AttendanceView } from '../../../contract/documents/duty-attend-calls.ts';
import { ATTEND_LIMITS, entryOf, NEAR_MS, type Attended } from '../../../contract/documents/duty-attendance.ts';
import type { Id } from '../../../contract/ids.ts';
import { OFF, type RosterPlan } from '../../../contract/roster.ts';
import { shiftEndMs, shiftStartMs } from '../../../contract/roster-days.ts';
import { cellWord } from '../../../contract/roster-words.ts';
import { formatTime, startOfDay } from '../../../contract/time.ts';
import { client } from '../../client.ts';
import { useMay, useSession } from '../../frame/station.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { useMinute } from '../../ui/clock.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field } from '../../ui/field.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import type { Spot } from './cells.ts';
import { dayWords } from './duty-words.ts';
import { focusGrid } from './use-focus-kept.ts';
import { useWhy, WhyField } from './why-field.tsx';

const MINUTE_MS = 60_000, HOUR = 60, DAY_MS = 86_400_000;
interface FormProps { rosterId: Id; duty: RosterPlan; worked: AttendanceView; at: Spot; isLocked: boolean }

/** The instant that a time of day ("06:30", "6h30") means: the first one from another on; null when it is none. */
export function timeFrom(text: string, afterMs: number): number | null {
  const [, hour, minute = '0'] = /^\s*(\d{1,2})(?:[:hg.](\d{2}))?\s*$/.exec(text) ?? [];
  if (hour === undefined || Number(hour) > 23 || Number(minute) >= HOUR) return null;
  const atMs = startOfDay(afterMs) + (Number(hour) * HOUR + Number(minute)) * MINUTE_MS;
  return atMs >= afterMs ? atMs : atMs + DAY_MS;
}

/** What is known of the cell under the cursor, and, for whoever plans, its correction. */
export function AttendForm({ rosterId, duty, worked, at, isLocked }: FormProps) {
  const t = useT();
  const plans = useMay('roster.plan');
  const { personId: me } = useSession();
  const nowMs = useMinute();
  const member = duty.members[at.row];
  if (member === undefined) return null;
  const entries = worked.entries.filter(one => one.personId === member.personId && one.day === at.day);
  const cell = member.cells[at.day] ?? OFF;
  const isAhead = cell > OFF && shiftStartMs(duty, at.day, cell) > nowMs;
  const what = entries.length === 0 ? t(cell <= OFF ? 'attendance.noShift' : isAhead ? 'dutyActs.notBegun' : 'attendance.noEntry') : entries.map(one => entryWords(one, duty, worked, t)).join('; ');
  return (
    <section className="roster-look" aria-label={t('roster.look')}>
      <p><span className="strong">{t('attendance.cell', { name: member.name, date: dayWords(duty.month, at.day), what })}</span></p>
      {plans && member.personId === me && <p className="muted">{t('attendance.notOwn')}</p>}
      {plans && member.personId !== null && member.personId !== me && <Fields rosterId={rosterId} duty={duty} worked={worked} at={at} personId={member.personId} isLocked={isLocked} />}
    </section>
  );
}

type T = ReturnType<typeof useT>;
function entryWords(entry: Attended, duty: RosterPlan, { names }: AttendanceView, t: T): string {
  const code = cellWord(entry.cell, duty), { fromMs, toMs } = entry;
  if (fromMs === null) return t('attendance.absentBy', { code, by: names[entry.byId] ?? '', reason: entry.reason });
  const source = t(`attendance.source.${entry.source as 'signIn'}`);
  return toMs === null ? t('attendance.cameToEnd', { code, from: formatTime(fromMs), source }) : t('attendance.came', { code, from: formatTime(fromMs), to: formatTime(toMs), source });
}

/** When they went as the field has it: nothing is the end of the shift, which is all that can be said of one that runs. */
function endWords(duty: RosterPlan, day: number, cell: number, entry: Attended | undefined, nowMs: number): string {
  const endMs = shiftEndMs(duty, day, cell);
  if (entry === undefined) return endMs > nowMs ? '' : formatTime(endMs);
  return entry.toMs === null ? '' : formatTime(entry.toMs);
}

function Fields({ rosterId, duty, worked, at: { row, day }, personId, isLocked }: FormProps & { personId: Id }) {
  const t = useT();
  const nowMs = useMinute();
  const first = useRef<HTMLSelectElement>(null);
  const own = duty.members[row]!.cells[day] ?? OFF;
  const [cell, setCell] = useState(Math.max(1, worked.entries.find(one => one.personId === personId && one.day === day)?.cell ?? own));
  const entry = entryOf(worked.entries, { personId, day, cell });
  const [came, setCame] = useState(entry?.fromMs !== null);
  const begin = shiftStartMs(duty, day, cell);
  const [from, setFrom] = useState(formatTime(entry?.fromMs ?? begin));
  const [to, setTo] = useState(endWords(duty, day, cell, entry, nowMs));
  const [insteadOf, setInsteadOf] = useState<Id | ''>(entry?.insteadOfId ?? '');
  const why = useWhy();
  const [said, setSaid] = useState<unknown>(null);
  const fromMs = timeFrom(from, begin - NEAR_MS), toMs = to.trim() === '' || fromMs === null ? null : timeFrom(to, fromMs + MINUTE_MS);
  const isBad = came && (fromMs === null || (to.trim() !== '' && toMs === null));
  const others = duty.members.filter(one => one.personId !== null && one.personId !== personId && one.cells[day] === cell);
  const chooseCell = (next: number): void => {
    const known = entryOf(worked.entries, { personId, day, cell: next });
    setCell(next);
    setCame(known?.fromMs !== null);
    setFrom(formatTime(known?.fromMs ?? shiftStartMs(duty, day, next)));
    setTo(endWords(duty, day, next, known, nowMs));
    setInsteadOf(known?.insteadOfId ?? '');
  };
  const save = (): void => {
    const reason = why.given();
    if (reason === null) return;
    setSaid(null);
    client.rosters.attend({ id: rosterId, personId, day, cell, fromMs: came ? fromMs : null, toMs: came ? toMs : null, insteadOfId: came && insteadOf !== '' ? insteadOf : null, reason }).catch(setSaid);
  };
  useShortcuts('screen', [{ keys: 'e', label: t('attendance.edit'), hint: 'E', run: () => { first.current?.focus(); }, enabled: !isLocked }]);
  return (
    <form className="attend" aria-label={t('attendance.edit')} onSubmit={event => { event.preventDefault(); save(); }} onKeyDown={event => { if (event.key === 'Escape') { event.preventDefault(); focusGrid(); } }}>
      <Field label={t('attendance.shift')}>{control => <select {...control} ref={first} className="input" value={cell} onChange={event => { chooseCell(Number(event.target.value)); }}>{duty.shifts.map((shift, kind) => <option key={shift.code} value={kind + 1}>{shift.code}</option>)}</select>}</Field>
      <Field label={t('attendance.kind')}>{control => <select {...control} className="input" value={came ? '1' : '0'} onChange={event => { setCame(event.target.value === '1'); }}><option value="1">{t('attendance.present')}</option><option value="0">{t('attendance.away')}</option></select>}</Field>
      <Field label={t('attendance.from')} wrong={isBad ? t('attendance.badTime') : null}>{control => <input {...control} className="input" type="text" disabled={!came} value={from} onChange={event => { setFrom(event.target.value); }} />}</Field>
      <Field label={t('attendance.to')}>{control => <input {...control} className="input" type="text" disabled={!came} placeholder={t('attendance.toEnd')} value={to} onChange={event => { setTo(event.target.value); }} />}</Field>
      <Field label={t('attendance.insteadOf')}>{control => <select {...control} className="input" disabled={!came || cell === own} value={insteadOf} onChange={event => { setInsteadOf(event.target.value); }}><option value="">{t('attendance.noOne')}</option>{others.map(one => <option key={one.personId} value={one.personId!}>{one.name}</option>)}</select>}</Field>
      <WhyField label={t('attendance.editReason')} why={why} limit={ATTEND_LIMITS.reason} {...begin > nowMs && { hint: t('attendance.notYet') }} />
      <Button kind="outline" size="md" type="submit" disabled={isLocked || isBad || begin > nowMs}>{t('attendance.save')}</Button>
      {said !== null && <ErrorNotice error={said} />}
    </form>
  );
}
