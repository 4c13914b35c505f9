import type { RosterPlan } from '../../../contract/roster.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { gapWords, partsWords, stateWords } from './search-state.ts';
import type { Solve } from './use-solve.ts';

/** The engine (bộ xếp lịch) in the panel: how its search stands, what the best that it has lacks, and the figures of the proof. */
export function SolveCard({ plan, solve: { standing, error, begin } }: { plan: RosterPlan; solve: Solve }) {
  const t = useT();
  const { kind, job } = standing;
  // What has been replaced in the grid is not shown as if it were there.
  const shown = kind === 'edited' ? null : job;
  return (
    <section className="roster-card" aria-label={t('roster.engine')}>
      <p className="row"><span className="strong">{t('roster.engine')}</span><span className="muted">{kind === 'failed' ? '' : stateWords(standing, t)}</span></p>
      {shown !== null && shown.parts !== null && <p className="strong">{partsWords(shown.parts, t)}</p>}
      {shown !== null && shown.cost !== null && <p className="muted">{t('rosterSearch.figures', { best: shown.cost.toLocaleString('vi-VN'), bound: shown.bound === null ? '…' : Math.ceil(shown.bound - 1e-6).toLocaleString('vi-VN'), gap: gapWords(shown) })}</p>}
      {shown !== null && shown.without.length > 0 && <p className="danger">{t('roster.without', { names: shown.without.map(member => plan.members[member]?.name ?? '').join(', ') })}</p>}
      {error !== null && <ErrorNotice error={error} />}
      {kind === 'failed' && <p className="danger">{t('roster.failed')}</p>}
      {kind === 'otherPlan' && <p className="muted">{t('rosterPeople.otherPlan')}</p>}
      {kind !== 'running' && <Button kind="outline" hint="K" disabled={plan.members.length === 0} onClick={begin}>{kind === 'idle' ? t('roster.solve') : t('roster.solveMore')}</Button>}
      <p className="muted">{t('roster.engineHint')}</p>
    </section>
  );
}

/** The same above the grid, where whoever has pressed K looks: a line for as long as it runs, waits to be put in, or has just ended. */
export function SolveLine({ solve: { standing, callOff, take } }: { solve: Solve }) {
  const t = useT();
  const { kind, job } = standing;
  const isShown = job !== null && kind !== 'edited';
  const words = !isShown ? '' : [stateWords(standing, t), ...job.parts === null ? [] : [partsWords(job.parts, t)], ...kind === 'running' && job.bound !== null && job.cost !== null ? [t('rosterSearch.gap', { gap: gapWords(job) })] : []].join(' · ');
  // The words are read out as they change: the place for them is there before.
  return (
    <div className={isShown ? 'roster-solving' : undefined}>
      <span role="status">{isShown ? t('rosterSearch.line', { words }) : ''}</span>
      {kind === 'running' && <Button hint="Esc" onClick={callOff}>{t('roster.callOff')}</Button>}
      {kind === 'waiting' && <Button kind="outline" onClick={take}>{t('roster.take')}</Button>}
    </div>
  );
}
