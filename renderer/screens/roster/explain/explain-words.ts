import { hoursFigure } from '../../../../contract/policy/readings.ts';
import { OFF, type RosterPlan } from '../../../../contract/roster.ts';
import type { ConflictRule, RosterReason, RosterWay, WhyNot } from '../../../../contract/roster-explain.ts';
import { cellWord } from '../../../../contract/roster-words.ts';
import type { useT } from '../../../strings/text.ts';
import { cellWords, dayWords, weekFigure } from '../duty-words.ts';

type T = ReturnType<typeof useT>;
const HOUR = 60;

/** "tối đa 48 giờ/tuần". */
export function groupWords({ group, value }: ConflictRule, t: T): string {
  return t(`explain.group.${group}`, { value: group === 'restMinutes' || group === 'weekMinutes' ? hoursFigure(value ?? 0) : value ?? 0 });
}

/** A reason with its figures: which day, how much, what the limit is. */
export function reasonWords(plan: RosterPlan, reason: RosterReason, t: T): string {
  const { rule, limit, day, is, allowed, last, next, isBefore } = reason;
  const date = day === null ? '' : dayWords(plan.month, day);
  if (rule === 'notNext') {
    const facts = { rest: hoursFigure(is), least: hoursFigure(allowed), last: plan.shifts[last ?? -1]?.code ?? '', next: plan.shifts[next ?? -1]?.code ?? '', date, before: day === null ? '' : dayWords(plan.month, day - 1) };
    return t(isBefore ? 'explain.reason.notNextBefore' : 'explain.reason.notNext', facts);
  }
  if (rule === 'elsewhere') return t(is < 0 ? 'explain.reason.overlaps' : 'explain.reason.elsewhere', { rest: hoursFigure(is), least: hoursFigure(allowed), date });
  if (rule === 'minutes' && limit === 'weekMinutes') return t('explain.reason.weekMinutes', { is: weekFigure(is, plan.month), allowed: weekFigure(allowed, plan.month) });
  return t(`explain.reason.${rule}`, rule === 'minutes' ? { is: hoursFigure(is), allowed: Math.floor(allowed / HOUR) } : { is, allowed, date });
}

/** Everything that keeps somebody from a shift. */
export function whyWords(plan: RosterPlan, { reasons, empties, was, isOffSite }: WhyNot, t: T): string[] {
  const own = was <= OFF ? [] : [t(empties === null ? 'explain.reason.busy' : 'explain.reason.empties', { code: cellWord(was, plan) })];
  return [...isOffSite ? [t('explain.reason.offSite')] : reasons.map(reason => reasonWords(plan, reason, t)), ...own];
}

/** What a way out does, its first step in words: "S 05/09: Trần Mẫu → Lê Mẫu". */
export function wayWords(plan: RosterPlan, { kind, changes }: RosterWay, t: T): string {
  const [first, second] = changes;
  if (first === undefined) return '';
  const name = (row: number): string => plan.members[row]?.name ?? '';
  const date = dayWords(plan.month, first.day);
  const steps = { off: 1, put: 1, take: 1, give: 2 }[kind];
  const words = kind === 'give' ? t('explain.give', { code: cellWord(first.was, plan), date, from: name(first.member), to: name(second?.member ?? -1) })
    : kind === 'off' ? t('explain.off', { date, name: name(first.member) })
      : kind === 'take' ? t('explain.take', { name: name(first.member), code: cellWord(first.is, plan), date }) : t('explain.put', { date, name: name(first.member), was: cellWords(first.was, plan, t), is: cellWords(first.is, plan, t) });
  return changes.length > steps ? `${words}, ${t('explain.andMore', { n: changes.length - steps })}` : words;
}

/** The plan after a way out. */
export function taken(plan: RosterPlan, { changes }: RosterWay): RosterPlan {
  return { ...plan, members: plan.members.map((member, row) => ({ ...member, cells: member.cells.map((cell, day) => changes.find(one => one.member === row && one.day === day)?.is ?? cell) })) };
}
