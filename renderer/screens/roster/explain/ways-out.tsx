import { useEffect, useRef, useState } from 'react';
import { hoursFigure } from '../../../../contract/policy/readings.ts';
import type { RosterPlan } from '../../../../contract/roster.ts';
import type { ToMend } from '../../../../contract/roster-explain.ts';
import { useSession } from '../../../frame/station.ts';
import { useLive } from '../../../live-query.ts';
import { useT } from '../../../strings/text.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { taken, wayWords } from './explain-words.ts';

interface WaysProps { plan: RosterPlan; of: ToMend; onTake: (plan: RosterPlan) => void }
/** `what`: the breach or the empty seat, as a screen reader tells its button from the others. */
interface OutProps extends WaysProps { what: string }

/** Beside a breach or an empty seat: what would mend it, each way a button that is one step to take back. */
export function WaysOut({ plan, of, what, onTake }: OutProps) {
  const t = useT();
  const { locked } = useSession();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button expanded={isOpen} disabled={locked} label={`${t(of.kind === 'gap' ? 'explain.fill' : 'explain.mend')}: ${what}`} onClick={() => { setOpen(!isOpen); }}>{t(of.kind === 'gap' ? 'explain.fill' : 'explain.mend')}</Button>
      {isOpen && <Ways plan={plan} of={of} isLocked={locked} onTake={next => { setOpen(false); onTake(next); document.querySelector<HTMLElement>('.roster-grid td.cursor')?.focus(); }} />}
    </>
  );
}

/** The first way has the focus as soon as it is there: Enter takes it. */
function Ways({ plan, of, isLocked, onTake }: WaysProps & { isLocked: boolean }) {
  const t = useT();
  const { data, error } = useLive(['rosters.waysOut', plan, of], [], core => core.rosters.waysOut({ plan, of }));
  const first = useRef<HTMLButtonElement>(null), hadFocus = useRef(false);
  // Once: what is asked again after a change takes the focus from nobody.
  useEffect(() => {
    if (first.current === null || hadFocus.current) return;
    hadFocus.current = true;
    first.current.focus();
  });
  if (error !== null) return <ErrorNotice error={error} />;
  if (data === undefined) return <span className="muted" role="status">{t('explain.looking')}</span>;
  const name = (member: number): string => plan.members[member]?.name ?? '';
  return (
    <div className="roster-ways">
      {data.ways.map((way, at) => <Button key={at} kind="outline" disabled={isLocked} {...at === 0 && { ref: first }} onClick={() => { onTake(taken(plan, way)); }}>{wayWords(plan, way, t)}</Button>)}
      {data.ways.length === 0 && <p className="muted">{t('explain.noWay')}</p>}
      {data.lenders.length > 0 && <p>{t('explain.lenders', { names: data.lenders.map(one => `${one.name} (${t(`roster.desk.${one.desk}`)})`).join(', ') })}</p>}
      {data.overtime.length > 0 && <p>{t('explain.overtime', { who: data.overtime.map(({ member, above }) => t('explain.over', { name: name(member), hours: hoursFigure(above) })).join(t('explain.or')) })}. <span className="muted">{t('explain.overtimeHint')}</span></p>}
    </div>
  );
}
