import type { DutyView } from '../../../contract/documents/duty-calls.ts';
import { COMP, daysOf, LEAVE, OFF, type RosterBroken, type RosterCheck, type RosterPlan } from '../../../contract/roster.ts';
import { gapsOf, lackingOf, type ShiftAsk } from '../../../contract/documents/duty-roster.ts';
import { hoursFigure } from '../../../contract/policy/readings.ts';
import { DUTY_LIMIT_NAMES } from '../../../contract/policy/rosters.ts';
import { cellWord } from '../../../contract/roster-words.ts';
import { isKnown } from '../../../contract/words.ts';
import type { useT } from '../../strings/text.ts';

type T = ReturnType<typeof useT>;

/** "12/08" of a day of a month, from 0. */
export function dayWords(month: string, day: number): string {
  return `${String(day + 1).padStart(2, '0')}/${month.slice(5)}`;
}

/** What is in a cell, in words: "ca Đ", "nghỉ", "Nghỉ phép". */
export function cellWords(cell: number, plan: Pick<RosterPlan, 'shifts'>, t: T): string {
  return cell === OFF ? t('roster.off') : cell === LEAVE ? t('roster.leave') : cell === COMP ? t('roster.comp') : t('roster.shift', { code: cellWord(cell, plan) });
}

const WEEK_DAYS = 7, TENTH = 6;

/** Minutes of a month as hours a week, with one figure after the comma: what is above a limit is never rounded down to it. */
export function weekFigure(minutes: number, month: string): string {
  return hoursFigure(Math.ceil(Math.round(minutes * WEEK_DAYS / daysOf(month)) / TENTH) * TENTH);
}

/** What a breach is of, with the figure of the limit that it was held against; that of hours a week where the month is known. */
export function breachWords({ rule, limit, allowed }: Pick<RosterBroken, 'rule' | 'limit' | 'allowed'>, t: T, month?: string): string {
  if (rule === 'minutes' && limit === 'weekMinutes' && month !== undefined) return t('rosterCheck.overWeek', { n: weekFigure(allowed, month) });
  if (limit === undefined || !isKnown(DUTY_LIMIT_NAMES, limit)) return t(`roster.rule.${rule}`);
  return t(`dutyRules.broken.${limit}`, { n: limit === 'restMinutes' ? hoursFigure(allowed) : allowed });
}

/** Where the limit of a breach stands: law or rule of the house, with the document where one is named. `''`: it is none of the policy's limits, nor a rule of the house. */
export function breachSource({ member, rule, limit, binds }: Pick<RosterBroken, 'member' | 'rule' | 'limit' | 'binds'>, { profile, members }: Pick<RosterPlan, 'profile' | 'members'>, rules: RosterCheck['rules'], t: T): string {
  // A search keeps nights near an even share by itself: nothing that policy says.
  if (rule === 'maxOf') return t('rosterCheck.evenSharing');
  if (limit === undefined) return '';
  const theirs = members[member]?.profile ?? profile;
  const source = rules?.profiles.find(one => one.profile === theirs)?.limits.find(one => one.limit === limit)?.source ?? null;
  return [t(`dutyRules.bindsOf.${binds === 'law' ? 'law' : 'house'}`), source ?? ''].filter(words => words !== '').join(': ');
}

/** The rules that some breaches are of, each once. */
export function rulesWords(broken: readonly RosterBroken[], t: T, month?: string): string {
  return [...new Set(broken.map(one => breachWords(one, t, month)))].join('; ');
}

/** A cell that two months have differently. */
export interface Difference { name: string; day: number; was: string; is: string }

/** What differs between two plans of one month, person by person; people are known by who they are, not by their row. */
export function differences(before: RosterPlan | null, after: RosterPlan, t: T): Difference[] {
  const keyOf = ({ personId, name }: RosterPlan['members'][number]): string => personId ?? name;
  const was = new Map((before?.members ?? []).map(member => [keyOf(member), member]));
  const is = new Map(after.members.map(member => [keyOf(member), member]));
  return [...new Set([...was.keys(), ...is.keys()])].flatMap(key => {
    const [old, now] = [was.get(key), is.get(key)];
    const name = (now ?? old)!.name;
    const days = (now ?? old)!.cells.length;
    return Array.from({ length: days }, (_, day): Difference => ({ name, day, was: cellWords(old?.cells[day] ?? OFF, before ?? after, t), is: cellWords(now?.cells[day] ?? OFF, after, t) })).filter(one => one.was !== one.is);
  });
}

/** What the grid asks of a check, of a month that nobody edits. */
export function readOnlyCheck(plan: RosterPlan): RosterCheck {
  return { capacity: null, gaps: gapsOf(plan), lacking: lackingOf(plan), broken: [], shares: plan.members.map(({ cells }) => ({ minutes: 0, shifts: cells.filter(cell => cell > OFF).length, nights: 0, weekends: 0 })) };
}

/** Seats that nobody sits on, and in how many shifts. */
export function lacksOf(gaps: RosterCheck['gaps']): { seats: number; shifts: number } {
  const some = gaps.filter(({ is, need }) => is < need);
  return { seats: some.reduce((sum, { is, need }) => sum + need - is, 0), shifts: some.length };
}

/** Where its changes are, where that is not yet the province; '' where it is. */
export function syncWords({ sync }: Pick<DutyView, 'sync'>, t: T): string {
  return sync === 'sent' ? '' : t(`duty.${sync}`);
}

/** "Trần Mẫu · ca Đ 12/08 → Lê Mẫu, lấy ca S 14/08". */
export function askWords({ names, duty: { month, shifts } }: DutyView, ask: ShiftAsk, t: T): string {
  const takerId = ask.taken?.personId ?? ask.toId;
  const line = t('duty.line', { name: names[ask.personId] ?? '', code: cellWord(ask.cell, { shifts }), date: dayWords(month, ask.day), to: takerId === null ? t('duty.open') : names[takerId] ?? '' });
  return ask.theirDay === null ? line : `${line}${t('duty.lineBack', { code: cellWord(ask.theirCell ?? OFF, { shifts }), date: dayWords(month, ask.theirDay) })}`;
}
