import { useState } from 'react';
import { OFF, type RosterCheck, type RosterPlan } from '../../../../contract/roster.ts';
import { hoursFigure } from '../../../../contract/policy/readings.ts';
import { useSession } from '../../../frame/station.ts';
import { useLive } from '../../../live-query.ts';
import { useT } from '../../../strings/text.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { useShortcuts } from '../../../ui/shortcuts.ts';
import type { Spot } from '../cells.ts';
import { dayWords } from '../duty-words.ts';
import { whyWords } from './explain-words.ts';

/** The shift that is asked about where none is chosen: that of the cell, else one of the day that misses somebody, else the first. */
function shiftAt(plan: RosterPlan, gaps: RosterCheck['gaps'], { row, day }: Spot): number {
  const cell = plan.members[row]?.cells[day] ?? OFF;
  return cell > OFF ? cell - 1 : gaps.find(gap => gap.day === day && gap.is < gap.need)?.shift ?? 0;
}

/** "Vì sao không xếp được?" (V): everybody who is not in a shift of the chosen day, and every reason with its figures. It follows the cursor until Esc. */
export function WhyNotCard({ plan, gaps, at }: { plan: RosterPlan; gaps: RosterCheck['gaps']; at: Spot }) {
  const t = useT();
  const { locked } = useSession();
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState<{ spot: string; shift: number } | null>(null);
  const spot = `${at.row} ${at.day}`;
  const shift = chosen?.spot === spot ? chosen.shift : shiftAt(plan, gaps, at);
  const { data, error } = useLive(['rosters.whyNot', plan, at.day, shift], [], core => core.rosters.whyNot({ plan, day: at.day, shift }), { enabled: isOpen });
  useShortcuts('screen', [{ keys: 'v', label: t('explain.whyKey'), hint: 'V', run: () => { setOpen(!isOpen); }, enabled: !locked && plan.members.length > 0 }]);
  useShortcuts('panel', [{ keys: 'escape', label: t('explain.close'), run: () => { setOpen(false); }, whileTyping: true, enabled: isOpen }]);
  if (!isOpen) return <Button hint="V" onClick={() => { setOpen(true); }}>{t('explain.whyKey')}</Button>;
  return (
    <section className="roster-card roster-why" aria-label={t('explain.why')}>
      <p className="row"><span className="strong">{t('explain.whyOf', { code: plan.shifts[shift]?.code ?? '', date: dayWords(plan.month, at.day) })}</span><Button kind="quiet" hint="Esc" onClick={() => { setOpen(false); }}>{t('explain.close')}</Button></p>
      <select className="input sm" aria-label={t('explain.shift')} value={shift} onChange={event => { setChosen({ spot, shift: Number(event.target.value) }); }}>
        {plan.shifts.map((one, kind) => <option key={one.code} value={kind}>{t('roster.shift', { code: one.code })}</option>)}
      </select>
      {error !== null && <ErrorNotice error={error} />}
      {data?.length === 0 && <p className="muted">{t('explain.everybody')}</p>}
      <ul>
        {data?.map(one => {
          const words = whyWords(plan, one, t);
          return (
            <li key={one.member}>
              <span className="strong">{plan.members[one.member]?.name}</span> <span className="muted">{t('roster.works', { hours: hoursFigure(one.share.minutes), nights: one.share.nights })}</span>
              {words.length === 0 ? <span className="good">{t('explain.could')}</span> : words.map(reason => <span key={reason} className={one.reasons.length > 0 || one.empties !== null ? 'danger' : 'muted'}>{reason}</span>)}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
