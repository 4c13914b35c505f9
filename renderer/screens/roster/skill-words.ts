import { daysOf, type RosterPlan } from '../../../contract/roster.ts';
import { skilledAt } from '../../../contract/roster-seats.ts';
import type { useT } from '../../strings/text.ts';

/** Skills that too few people of a desk have for the month, whatever is in its cells, a sentence each. @param each shifts that one of them may work at most */
export function skillsShort(plan: RosterPlan, each: number, t: ReturnType<typeof useT>): string[] {
  const { shifts, month, members, needs = [] } = plan;
  return needs.flatMap(({ skill, seats }) => {
    const needed = Array.from({ length: daysOf(month) * shifts.length }, (_, at) => skilledAt(plan, seats, Math.floor(at / shifts.length), at % shifts.length)).reduce((sum, one) => sum + one, 0);
    const people = members.filter(one => one.offSite !== true && one.skills?.includes(skill) === true).length;
    if (people === 0) return needed === 0 ? [] : [t('rosterCheck.nobodyHas', { skill, needed })];
    return people * each < needed ? [t('rosterCheck.fewHave', { skill, needed, people, able: people * each })] : [];
  });
}
