import type { RosterCheck, RosterPlan } from '../../../../contract/roster.ts';
import { useT } from '../../../strings/text.ts';
import { Button } from '../../../ui/button.tsx';
import type { Spot } from '../cells.ts';
import { dayWords } from '../duty-words.ts';
import { WaysOut } from './ways-out.tsx';

/** So many empty seats are listed; the rest is a number. */
const LISTED = 5;

/** Seats that nobody sits on, from the chosen day on, each with who could take it. */
export function GapList({ plan, gaps, at, onShow, onTake }: { plan: RosterPlan; gaps: RosterCheck['gaps']; at: Spot; onShow: (spot: Spot) => void; onTake: (plan: RosterPlan) => void }) {
  const t = useT();
  const some = gaps.filter(({ is, need }) => is < need);
  const listed = [...some.filter(({ day }) => day >= at.day), ...some.filter(({ day }) => day < at.day)].slice(0, LISTED);
  if (some.length === 0) return <p className="muted">{t('explain.noGaps')}</p>;
  return (
    <div className="roster-broken">
      {listed.map(({ day, shift, is, need }) => {
        const what = t('explain.gap', { date: dayWords(plan.month, day), code: plan.shifts[shift]?.code ?? '', n: need - is });
        return (
          <div key={`${day} ${shift}`} className="line">
            <Button kind="quiet" onClick={() => { onShow({ row: at.row, day }); }}>{what}</Button>
            <WaysOut plan={plan} what={what} of={{ kind: 'gap', day, shift }} onTake={onTake} />
          </div>
        );
      })}
      {some.length > listed.length && <p className="muted">{t('roster.more', { n: some.length - listed.length })}</p>}
    </div>
  );
}
