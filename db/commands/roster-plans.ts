import { AppError } from '../../contract/errors.ts';
import { newId } from '../../contract/ids.ts';
import { COPY_LIMITS } from '../../contract/roster-save.ts';
import { isOfPage, revisionOf } from '../../contract/turn.ts';
import { countRosterCopies, removeRosterCopy, revisionOfCopy, revisionOfPlan, saveRosterCopy, saveRosterPlan } from '../stores/roster-plans.ts';
import { isOvertaken } from '../turns.ts';
import type { Work } from '../work.ts';
import type { RosterSave, RosterSaved } from '../writer-api.ts';
import type { Commands } from './command.ts';

const madeBy = ({ turn, atMs }: RosterSave): string => (turn === undefined ? newId(atMs) : revisionOf(turn));

/** Whether somebody else's window has saved since what a save stands on. */
function isBehind(kept: string | null, { base, turn }: RosterSave): boolean {
  return kept !== null && base !== undefined && kept !== base && (turn === undefined || !isOfPage(kept, turn.page));
}

/** What was not to be written over somebody else's is kept beside it: under its name, or that with a number where it is taken by another window. */
function setAside(work: Work, save: RosterSave): RosterSaved {
  if (save.aside === undefined) return { savedAtMs: save.atMs, isRefused: true, aside: null };
  for (let n = 1; ; n++) {
    const name = n === 1 ? save.aside : `${save.aside} ${n}`;
    const there = revisionOfCopy(work.db, save.plan, name);
    if (there !== null && (save.turn === undefined || !isOfPage(there, save.turn.page))) continue;
    saveRosterCopy(work, { ...save, name, revision: madeBy(save) });
    return { savedAtMs: save.atMs, isRefused: true, aside: name };
  }
}

export const ROSTER_PLAN_COMMANDS: Commands<'rosterPlan.save' | 'rosterCopy.save' | 'rosterCopy.remove'> = {
  'rosterPlan.save': (work, save) => {
    const { service, month } = save.plan;
    if (!isOvertaken(work.db, `${service} ${month}`, save.turn)) {
      if (isBehind(revisionOfPlan(work.db, { service, month }), save)) return setAside(work, save);
      saveRosterPlan(work, { ...save, revision: madeBy(save) });
    }
    return { savedAtMs: save.atMs, isRefused: false, aside: null };
  },
  'rosterCopy.save': (work, save) => {
    const { plan, name } = save;
    if (!isOvertaken(work.db, `${plan.service} ${plan.month} ${name}`, save.turn)) {
      const there = revisionOfCopy(work.db, plan, name);
      if (there === null && countRosterCopies(work.db, plan) >= COPY_LIMITS.copies) throw new AppError('roster/copies-full', { most: COPY_LIMITS.copies });
      if (isBehind(there, save)) return setAside(work, save);
      saveRosterCopy(work, { ...save, revision: madeBy(save) });
    }
    return { savedAtMs: save.atMs, isRefused: false, aside: null };
  },
  'rosterCopy.remove': (work, { page, ...copy }) => {
    const there = revisionOfCopy(work.db, copy, copy.name);
    // Somebody else has made something of it meanwhile.
    if (page === undefined || (there !== null && isOfPage(there, page))) removeRosterCopy(work, copy);
    return null;
  },
};
