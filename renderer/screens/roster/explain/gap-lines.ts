import type { RosterCheck, RosterPlan } from '../../../../contract/roster.ts';
import type { useT } from '../../../strings/text.ts';
import { dayWords } from '../duty-words.ts';

/** An empty seat, or a shift that lacks somebody with a skill, as it is listed. */
export interface GapLine { key: string; day: number; shift: number; words: string; isSeat: boolean }

/** What a month lacks, the chosen day and those after it first, of each day its seats before its skills. */
export function gapLines(plan: RosterPlan, { gaps, lacking }: Pick<RosterCheck, 'gaps' | 'lacking'>, from: number, t: ReturnType<typeof useT>): GapLine[] {
  const facts = ({ day, shift, is, need }: RosterCheck['gaps'][number]): { date: string; code: string; n: number } => ({ date: dayWords(plan.month, day), code: plan.shifts[shift]?.code ?? '', n: need - is });
  const seats = gaps.filter(({ is, need }) => is < need).map((one): GapLine => ({ key: `${one.day} ${one.shift}`, day: one.day, shift: one.shift, words: t('explain.gap', facts(one)), isSeat: true }));
  const skills = lacking.map((one): GapLine => ({ key: `${one.day} ${one.shift} ${one.skill}`, day: one.day, shift: one.shift, words: t('rosterCheck.gapSkill', { ...facts(one), skill: one.skill }), isSeat: false }));
  const isBefore = ({ day }: GapLine): number => Number(day < from);
  return [...seats, ...skills].sort((a, b) => isBefore(a) - isBefore(b) || a.day - b.day || Number(b.isSeat) - Number(a.isSeat) || a.shift - b.shift);
}
