import { useState } from 'react';
import type { RosterCheck, RosterPlan } from '../../../../contract/roster.ts';
import { useT } from '../../../strings/text.ts';
import { Button } from '../../../ui/button.tsx';
import type { Spot } from '../cells.ts';
import { gapLines } from './gap-lines.ts';
import { WaysOut } from './ways-out.tsx';

/** So many empty seats are listed; the rest is a number that opens them. */
const LISTED = 5;

/** Seats that nobody sits on, each with who could take it, and shifts that lack somebody with a skill, from the chosen day on. */
export function GapList({ plan, check, at, onShow, onTake }: { plan: RosterPlan; check: Pick<RosterCheck, 'gaps' | 'lacking'>; at: Spot; onShow: (spot: Spot) => void; onTake: (plan: RosterPlan) => void }) {
  const t = useT();
  const [isOpen, setOpen] = useState(false);
  const some = gapLines(plan, check, at.day, t);
  if (some.length === 0) return <p className="muted">{t('explain.noGaps')}</p>;
  return (
    <div className="roster-broken">
      {some.slice(0, isOpen ? some.length : LISTED).map(({ key, day, shift, words, isSeat }) => (
        <div key={key} className="line">
          <Button kind="quiet" onClick={() => { onShow({ row: at.row, day }); }}>{words}</Button>
          {isSeat && <WaysOut plan={plan} what={words} of={{ kind: 'gap', day, shift }} onTake={onTake} />}
        </div>
      ))}
      {some.length > LISTED && <Button expanded={isOpen} onClick={() => { setOpen(!isOpen); }}>{t(isOpen ? 'rosterCheck.fewer' : 'roster.more', { n: some.length - LISTED })}</Button>}
    </div>
  );
}
