import { DEFAULT_DUTY, DUTY_LIMIT_NAMES, limitsOf, type Binding, type DutyLimit, type DutyLimitName } from '../../contract/policy/rosters.ts';
import type { RosterBroken } from '../../contract/roster.ts';
import { RULE_PROFILES, type RuleProfile } from '../../contract/roster-desks.ts';

/** Limits that a rule profile sets; the values are policy data, each with its source there. */
export type RuleValues = Readonly<Record<DutyLimitName, number>>;

const WEEK_MINUTES = 10_080, MONTH_DAYS = 31;
/** What does not bind. */
const NO_LIMITS: RuleValues = { restMinutes: 0, weekMinutes: WEEK_MINUTES, daysOff: 0, maxRun: MONTH_DAYS, maxNights: MONTH_DAYS, minRun: 1, minRest: 1 };

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

/** The limits behind a rule of the evaluator. */
const BEHIND: Readonly<Partial<Record<RosterBroken['rule'], readonly DutyLimitName[]>>> = { minutes: ['weekMinutes', 'daysOff'], notNext: ['restMinutes'], maxRun: ['maxRun'], maxRunOf: ['maxNights'], minRun: ['minRun'], minRest: ['minRest'] };

/** Whether a rule is law for whoever has a profile: one of the limits behind it is. */
export function bindingOf(rule: RosterBroken['rule'], limits: readonly DutyLimit[]): Binding {
  return limits.some(({ limit, binds }) => binds === 'law' && BEHIND[rule]?.includes(limit) === true) ? 'law' : 'house';
}
