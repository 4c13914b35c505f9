import { DEFAULT_DUTY, DUTY_LIMIT_NAMES, limitsOf, type DutyLimit, type DutyLimitName } from '../../contract/policy/rosters.ts';
import type { RosterBroken } from '../../contract/roster.ts';
import { RULE_PROFILES, type RuleProfile } from '../../contract/roster-desks.ts';

/** Limits that a rule profile sets; the values are policy data, each with its source there. */
export type RuleValues = Readonly<Record<DutyLimitName, number>>;

const WEEK_MINUTES = 10_080, MONTH_DAYS = 31;
/** What does not bind. */
export const NO_LIMITS: RuleValues = { restMinutes: 0, weekMinutes: WEEK_MINUTES, daysOff: 0, maxRun: MONTH_DAYS, maxNights: MONTH_DAYS, minRun: 1, minRest: 1 };

/** The values of a profile's limits. */
export function valuesOf(limits: readonly DutyLimit[]): RuleValues {
  return { ...NO_LIMITS, ...Object.fromEntries(limits.filter(({ limit }) => DUTY_LIMIT_NAMES.includes(limit)).map(({ limit, value }) => [limit, value])) };
}

/** The profiles as they are in force for a month. */
export type RuleBook = Readonly<Record<RuleProfile, readonly DutyLimit[]>>;

/** @param pack the policy in force */
export function ruleBook(pack: Parameters<typeof limitsOf>[0]): RuleBook {
  return Object.fromEntries(RULE_PROFILES.map(profile => [profile, limitsOf(pack, profile)])) as unknown as RuleBook;
}

/** The profiles as they are proposed, where no policy says otherwise. */
export const PROPOSED_RULES: RuleBook = ruleBook({ rosters: DEFAULT_DUTY });

/** The limit behind a rule. */
const BEHIND: Readonly<Partial<Record<RosterBroken['rule'], DutyLimitName>>> = { minutes: 'weekMinutes', daysOff: 'daysOff', notNext: 'restMinutes', elsewhere: 'restMinutes', maxRun: 'maxRun', maxRunOf: 'maxNights', minRun: 'minRun', minRest: 'minRest' };

/** Which of the policy's limits a rule is, and whether that is law for whoever has them; of none of them it is the house's. */
export function limitBehind(rule: RosterBroken['rule'], limits: readonly DutyLimit[]): Pick<RosterBroken, 'binds' | 'limit'> {
  const one = limits.find(({ limit }) => limit === BEHIND[rule]);
  return one === undefined ? { binds: 'house' } : { binds: one.binds, limit: one.limit };
}
