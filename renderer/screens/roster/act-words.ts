import type { TakerLook } from '../../../contract/documents/duty-attend-calls.ts';
import type { Attended } from '../../../contract/documents/duty-attendance.ts';
import type { DutyView } from '../../../contract/documents/duty-calls.ts';
import type { Id } from '../../../contract/ids.ts';
import { hoursFigure } from '../../../contract/policy/readings.ts';
import { OFF, type RosterBroken, type RosterPlan } from '../../../contract/roster.ts';
import type { DutyDesk } from '../../../contract/roster-desks.ts';
import { shiftEndMs, shiftStartMs } from '../../../contract/roster-days.ts';
import { cellWord } from '../../../contract/roster-words.ts';
import { formatDate, formatTime } from '../../../contract/time.ts';
import type { useT } from '../../strings/text.ts';
import { askWords, breachWords, dayWords } from './duty-words.ts';

type T = ReturnType<typeof useT>;

/** Who somebody is called: by the directory, or as the month has them. */
const nameIn = ({ names, duty }: Pick<DutyView, 'names' | 'duty'>, id: Id | null | undefined): string => names[id ?? ''] ?? duty.members.find(one => one.personId === id)?.name ?? '';

/** What somebody has to say that they know: who took their shift over, or had a change of it approved without them, or else the edition. */
export function changeWords(view: DutyView, personId: Id, t: T): string {
  const { roster: { changedIn, edition, attended = [], asks }, duty } = view;
  const change = changedIn.find(one => one.personId === personId);
  const taken = attended.find(one => one.source === 'takeOver' && one.atMs === change?.atMs && one.personId !== personId);
  if (taken !== undefined) return t('dutyActs.wasTaken', { name: nameIn(view, taken.personId), code: cellWord(taken.cell, duty), date: dayWords(duty.month, taken.day), at: formatTime(taken.atMs), reason: taken.reason });
  const ask = asks.find(one => one.state === 'approved' && one.ended?.atMs === change?.atMs && [one.personId, one.taken?.personId].includes(personId));
  if (ask !== undefined) return t('dutyActs.wasApproved', { by: nameIn(view, ask.ended?.byId), line: askWords(view, ask, t), reason: ask.ended?.reason || ask.reason || '–' });
  return t('duty.changed', { edition: change?.edition ?? edition });
}

/** A shift of theirs, and what is to be said of it besides. */
export interface OwnLine { words: string; note: string }

/** Somebody's shifts that are not over: by the plan, with who has taken one over from them, and those that they have taken over. */
export function ownLines(view: DutyView, personId: Id, nowMs: number, t: T): OwnLine[] {
  const { roster: { attended = [] }, duty } = view;
  const cells = duty.members.find(one => one.personId === personId)?.cells ?? [];
  const isAhead = (day: number, cell: number): boolean => cell > OFF && duty.shifts[cell - 1] !== undefined && shiftEndMs(duty, day, cell) > nowMs;
  const noteOf = (day: number, cell: number): string => {
    const taker = attended.findLast(one => one.insteadOfId === personId && one.day === day && one.cell === cell && one.fromMs !== null && one.toMs === null) ?? handedOn(attended, { personId, day, cell });
    return taker === undefined || taker.fromMs === null ? '' : t('dutyActs.takenBy', { name: nameIn(view, taker.personId), at: formatTime(taker.fromMs) });
  };
  const own = cells.flatMap((cell, day) => (isAhead(day, cell) ? [{ cell, day, note: noteOf(day, cell) }] : []));
  const others = attended.filter(one => one.personId === personId && one.insteadOfId !== null && one.fromMs !== null && one.toMs === null && cells[one.day] !== one.cell && isAhead(one.day, one.cell));
  return [...others.map(({ cell, day, insteadOfId }) => ({ cell, day, note: t('dutyActs.insteadOf', { name: nameIn(view, insteadOfId) }) })), ...own]
    .sort((a, b) => shiftStartMs(duty, a.day, a.cell) - shiftStartMs(duty, b.day, b.cell)).map(({ cell, day, note }) => ({ words: shiftLine(duty, day, cell, t), note }));
}

/** Who has taken a shift over from somebody and handed it on, as long as the one before has not taken it back. */
function handedOn(attended: readonly Attended[], { personId, day, cell }: { personId: Id; day: number; cell: number }): Attended | undefined {
  const here = attended.filter(one => one.day === day && one.cell === cell && one.fromMs !== null);
  const first = here.find(one => one.insteadOfId === personId);
  return first !== undefined && here.some(one => one.insteadOfId === first.personId) ? first : undefined;
}

function shiftLine(plan: RosterPlan, day: number, cell: number, t: T): string {
  return t('duty.mineNext', { day: dayWords(plan.month, day), code: cellWord(cell, plan), from: formatTime(shiftStartMs(plan, day, cell)), to: formatTime(shiftEndMs(plan, day, cell)) });
}

/** What taking a shift over would mean for the rest and the hours of who takes it, what breaks a limit first. @returns never nothing */
export function takerWords({ before, after, week, rest, most }: TakerLook, t: T): { words: string; isBad: boolean }[] {
  const bindsOf = (limit: NonNullable<TakerLook['rest']>): string => t(`dutyActs.binds.${limit.isLaw ? 'law' : 'house'}`);
  const shiftOf = ({ desk, code }: { desk: DutyDesk; code: string }): string => t('dutyActs.shiftAt', { code, desk: t(`roster.deskIn.${desk}`) });
  const at = (ms: number): string => `${formatTime(ms)} ${formatDate(ms).slice(0, 'dd/MM'.length)}`;
  const bad = [before, after].flatMap((one, kind): string[] => {
    if (one === null) return [];
    if (one.minutes < 0) return [t('dutyActs.overlaps', { shift: shiftOf(one), at: at(one.fromMs) })];
    if (rest === null || one.minutes >= rest.minutes) return [];
    return [t(kind === 0 ? 'dutyActs.restBefore' : 'dutyActs.restAfter', { shift: shiftOf(one), at: at(kind === 0 ? one.toMs : one.fromMs), is: tenths(one.minutes), allowed: hoursFigure(rest.minutes), binds: bindsOf(rest) })];
  });
  const isOver = most !== null && week > most.minutes;
  return [
    ...bad.map(words => ({ words, isBad: true })), ...bad.length === 0 ? [{ words: t('dutyActs.rested'), isBad: false }] : [],
    isOver ? { words: t('dutyActs.weekOver', { is: tenths(week), most: hoursFigure(most.minutes), binds: bindsOf(most) }), isBad: true } : { words: t('dutyActs.week', { is: tenths(week) }), isBad: false },
  ];
}

/** Hours to the tenth, of minutes. */
const tenths = (minutes: number): string => String(Math.floor(minutes * 10 / 60) / 10).replace('.', ',');

/** How much of a breach there is and how much there may be: "nghỉ 8 giờ, ít nhất 12". */
export function breachFigures({ rule, is, allowed }: Pick<RosterBroken, 'rule' | 'is' | 'allowed'>, t: T): string {
  if (rule === 'leave') return '';
  if (rule === 'minutes') return t('roster.isHours', { is: hoursFigure(is), allowed: hoursFigure(allowed) });
  if (rule === 'elsewhere' && is < 0) return t('rosterCheck.overlaps');
  return rule === 'notNext' || rule === 'elsewhere' ? t('dutyActs.restIs', { is: hoursFigure(is), allowed: hoursFigure(allowed) }) : t('roster.isAllowed', { is, allowed });
}

/** Whose month a breach is in, on which day, and how much it is: "Trực Mẫu, 05/12: nghỉ 8 giờ, ít nhất 12". @param isAlone no heading says which rule it is of */
export function breachLine(one: RosterBroken, { members, month }: Pick<RosterPlan, 'members' | 'month'>, t: T, isAlone = true): string {
  const who = `${members[one.member]?.name ?? ''}${one.day === null ? '' : `, ${dayWords(month, one.day)}`}`;
  const isSaid = one.rule === 'notNext' || one.rule === 'elsewhere' || !isAlone;
  const words = [isSaid ? '' : breachWords(one, t), breachFigures(one, t)].filter(part => part !== '').join(', ');
  return words === '' ? who : `${who}: ${words}`;
}
