import type { RosterPlan } from '../../contract/roster.ts';
import type { RuleValues } from './model.ts';

const HOUR = 60;

/** Labour Code 2019: 12 hours before another shift (Điều 110), 48 hours a week (Điều 105), four days off a month (Điều 111); the runs are the house's. */
const LAB48: RuleValues = { restMinutes: 12 * HOUR, weekMinutes: 48 * HOUR, daysOff: 4, maxRun: 6, maxNights: 4, minRun: 1, minRest: 1 };

/** What each profile limits (reading, §2.5): public servants have 40 hours a week (QĐ 188/1999/QĐ-TTg); what binds the police and doctors on round-the-clock duty is not public, so theirs are the Labour Code's. */
export const PROFILES: Readonly<Record<RosterPlan['profile'], RuleValues>> = { LAB48, CC40: { ...LAB48, weekMinutes: 40 * HOUR }, CAND: LAB48, YTE24: LAB48 };
