import { useEffect, useState } from 'react';
import type { RosterJob, RosterPlan } from '../../../contract/roster.ts';
import { client } from '../../client.ts';
import { isAway } from '../../../contract/roster-seats.ts';
import { useLive } from '../../live-query.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { rowsAndShifts } from './plan-edits.ts';

/** A first search may take so long, s; another one, which is asked for to improve it, longer. */
const SECONDS = { first: 30, more: 120 } as const;

/** A search of this window, and the plan that it set out from; kept while another screen is shown. */
interface Search { job: RosterJob; plan: string; rows: string; isTaken: boolean }
const searches = new Map<string, Search>();

interface SolveProps { plan: RosterPlan; copy: string | null; isLocked: boolean; onFound: (cells: number[][]) => void }

/**
 * The engine (bộ xếp lịch): begins a search, says how far it has come, ends it with what it has, and puts what it found into the grid; over what was
 * typed meanwhile only when asked to.
 */
export function SolveCard({ plan, copy, isLocked, onFound }: SolveProps) {
  const t = useT();
  const place = `${plan.service} ${plan.month} ${copy ?? ''}`;
  const [search, setSearch] = useState<Search | null>(searches.get(place) ?? null);
  const [error, setError] = useState<unknown>(null);
  const begun = search?.job ?? null;
  const keep = (next: Search): void => {
    searches.set(place, next);
    setSearch(next);
  };
  const { data } = useLive(['rosters.job', begun?.id ?? ''], ['roster'], core => core.rosters.job({ id: begun!.id }), { enabled: begun !== null, keepPrevious: true, askAgainMs: job => (job?.state === 'running' ? 1_000 : false) });
  const job = begun !== null && data?.id === begun.id ? data : begun;
  const isRunning = job?.state === 'running';
  const solve = (seconds: number): void => {
    setError(null);
    client.rosters.solve({ plan, seconds }).then(job => { keep({ job, plan: JSON.stringify(plan), rows: rowsAndShifts(plan), isTaken: false }); }, setError);
  };
  const callOff = (): void => { if (job !== null) client.rosters.callOff({ id: job.id }).catch(setError); };
  // Of other people, or another pattern, than there are by now, its cells are of no use.
  const isOther = search !== null && search.rows !== rowsAndShifts(plan);
  const found = search === null || search.isTaken || isOther || job?.state !== 'ended' ? null : job.cells;
  const take = (cells: number[][]): void => {
    keep({ ...search!, isTaken: true });
    // Leave and pins that came while it sought stay.
    onFound(cells.map((line, row) => line.map((cell, day) => { const { cells: now, pins } = plan.members[row]!; return isAway(now[day]!) || pins?.includes(day) === true ? now[day]! : cell; })));
  };
  useEffect(() => { if (found !== null && search?.plan === JSON.stringify(plan)) take(found); });
  useShortcuts('screen', [
    { keys: 'k', label: t('roster.solve'), hint: 'K', run: () => { solve(job === null ? SECONDS.first : SECONDS.more); }, enabled: !isLocked && !isRunning && plan.members.length > 0 },
    { keys: 'escape', label: t('roster.callOff'), hint: 'Esc', run: callOff, enabled: !isLocked && isRunning },
  ]);
  return (
    <section className="roster-card" aria-label={t('roster.engine')}>
      <p className="row"><span className="strong">{t('roster.engine')}</span><span className="muted" role="status">{job === null ? t('roster.engineIdle') : stateWords(job, t)}</span></p>
      {job !== null && job.cost !== null && (
        <dl className="roster-figures">
          <div><dt>{t('roster.best')}</dt><dd>{job.cost.toLocaleString('vi-VN')}</dd></div>
          <div><dt>{t('roster.bound')}</dt><dd>{job.bound === null ? '…' : Math.ceil(job.bound - 1e-6).toLocaleString('vi-VN')}</dd></div>
          <div><dt>{t('roster.gap')}</dt><dd>{gapWords(job)}</dd></div>
        </dl>
      )}
      {job !== null && job.without.length > 0 && <p className="danger">{t('roster.without', { names: job.without.map(member => plan.members[member]?.name ?? '').join(', ') })}</p>}
      {error !== null && <ErrorNotice error={error} />}
      {job?.state === 'failed' && <p className="danger">{t('roster.failed')}</p>}
      {isOther && job?.state === 'ended' && search?.isTaken === false && <p className="muted">{t('rosterPeople.otherPlan')}</p>}
      {found !== null && <Button kind="outline" onClick={() => { take(found); }}>{t('roster.take')}</Button>}
      {isRunning ? <Button hint="Esc" onClick={callOff}>{t('roster.callOff')}</Button>
        : <Button kind="outline" hint="K" disabled={plan.members.length === 0} onClick={() => { solve(job === null ? SECONDS.first : SECONDS.more); }}>{job === null ? t('roster.solve') : t('roster.solveMore')}</Button>}
      <p className="muted">{t('roster.engineHint')}</p>
    </section>
  );
}

type T = ReturnType<typeof useT>;
function stateWords(job: RosterJob, t: T): string {
  const seconds = (ms: number): string => (ms / 1_000).toLocaleString('vi-VN', { maximumFractionDigits: 1 });
  if (job.state === 'running') return job.cost === null ? t('roster.seeking') : t('roster.improving', { at: seconds(job.afterMs) });
  if (job.state === 'failed') return '';
  if (job.cost === null) return job.without.length > 0 ? '' : t(job.isCalledOff ? 'roster.calledOffEmpty' : 'roster.timeUpEmpty');
  return job.isProven ? t('roster.proven', { at: seconds(job.bestAfterMs) }) : job.isCalledOff ? t('roster.calledOff') : t('roster.timeUp');
}

/** How far the best is above what is proven, in percent of the best. */
function gapWords({ cost, bound, isProven }: RosterJob): string {
  if (isProven || cost === 0) return '0 %';
  if (cost === null || bound === null) return '…';
  return `${(100 * Math.max(0, cost - bound) / Math.max(1, cost)).toLocaleString('vi-VN', { maximumFractionDigits: 1 })} %`;
}
