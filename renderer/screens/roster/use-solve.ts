import { useEffect, useState } from 'react';
import type { RosterPlan } from '../../../contract/roster.ts';
import { isAway } from '../../../contract/roster-seats.ts';
import { client } from '../../client.ts';
import { useLive } from '../../live-query.ts';
import { useT } from '../../strings/text.ts';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { rowsAndShifts } from './plan-edits.ts';
import { cellsOf, standingOf, type Search, type Standing } from './search-state.ts';

/** A first search may take so long, s; another one, which is asked for to improve it, longer. */
const SECONDS = { first: 30, more: 120 } as const;

/** The last search of each month of this window; kept while another screen is shown. */
const searches = new Map<string, Search>();

interface SolveOptions { plan: RosterPlan; copy: string | null; isLocked: boolean; onFound: (cells: number[][]) => void }

/** The search of a month as a screen has it. `take`: puts what waits into the grid. */
export interface Solve { standing: Standing; error: unknown; begin(): void; callOff(): void; take(): void }

/** Begins a search, says how far it has come, ends it with what it has, and puts what it found into the grid; over what was typed meanwhile only when asked to. */
export function useSolve({ plan, copy, isLocked, onFound }: SolveOptions): Solve {
  const t = useT();
  const place = `${plan.service} ${plan.month} ${copy ?? ''}`;
  const [search, setSearch] = useState<Search | null>(searches.get(place) ?? null);
  const [error, setError] = useState<unknown>(null);
  const keep = (next: Search): void => {
    searches.set(place, next);
    setSearch(next);
  };
  const { data } = useLive(['rosters.job', search?.job.id ?? ''], ['roster'], core => core.rosters.job({ id: search!.job.id }), { enabled: search !== null, askAgainMs: job => (job?.state === 'running' ? 1_000 : false) });
  const standing = standingOf(search, data, plan);
  const isRunning = standing.kind === 'running';
  const begin = (): void => {
    setError(null);
    client.rosters.solve({ plan, seconds: standing.kind === 'idle' ? SECONDS.first : SECONDS.more }).then(job => { keep({ job, plan: JSON.stringify(plan), rows: rowsAndShifts(plan), taken: null }); }, setError);
  };
  const callOff = (): void => { if (standing.job !== null) client.rosters.callOff({ id: standing.job.id }).catch(setError); };
  const take = (): void => {
    if (search === null || standing.kind !== 'waiting') return;
    // Leave and pins that came while it sought stay.
    const cells = standing.job.cells!.map((line, row) => line.map((cell, day) => { const { cells: now, pins } = plan.members[row]!; return isAway(now[day]!) || pins?.includes(day) === true ? now[day]! : cell; }));
    keep({ ...search, taken: cellsOf(cells.map(line => ({ cells: line }))) });
    onFound(cells);
  };
  useEffect(() => { if (standing.kind === 'waiting' && search?.plan === JSON.stringify(plan)) take(); });
  useShortcuts('screen', [
    { keys: 'k', label: t('roster.solve'), hint: 'K', run: begin, enabled: !isLocked && !isRunning && plan.members.length > 0 },
    { keys: 'escape', label: t('roster.callOff'), hint: 'Esc', run: callOff, enabled: !isLocked && isRunning },
  ]);
  return { standing, error, begin, callOff, take };
}
