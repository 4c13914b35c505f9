import { AppError } from '../../contract/errors.ts';
import { COPY_LIMITS } from '../../contract/roster-explain.ts';
import { removeRosterCopy, saveRosterCopy, saveRosterPlan } from '../stores/roster-plans.ts';
import { isOvertaken } from '../turns.ts';
import type { Commands } from './command.ts';

export const ROSTER_PLAN_COMMANDS: Commands<'rosterPlan.save' | 'rosterCopy.save' | 'rosterCopy.remove'> = {
  'rosterPlan.save': (work, input) => {
    if (!isOvertaken(work.db, `${input.plan.service} ${input.plan.month}`, input.turn)) saveRosterPlan(work, input);
    return { savedAtMs: input.atMs };
  },
  'rosterCopy.save': (work, input) => {
    const isKept = isOvertaken(work.db, `${input.plan.service} ${input.plan.month} ${input.name}`, input.turn) || saveRosterCopy(work, { ...input, most: COPY_LIMITS.copies });
    if (!isKept) throw new AppError('roster/copies-full', { most: COPY_LIMITS.copies });
    return { savedAtMs: input.atMs };
  },
  'rosterCopy.remove': (work, input) => {
    removeRosterCopy(work, input);
    return null;
  },
};
