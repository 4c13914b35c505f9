import { saveRosterPlan } from '../stores/roster-plans.ts';
import { isOvertaken } from '../turns.ts';
import type { Commands } from './command.ts';

export const ROSTER_PLAN_COMMANDS: Commands<'rosterPlan.save'> = {
  'rosterPlan.save': (work, input) => {
    if (!isOvertaken(work.db, `${input.plan.service} ${input.plan.month}`, input.turn)) saveRosterPlan(work, input);
    return { savedAtMs: input.atMs };
  },
};
