import { useEffect, useRef } from 'react';
import type { RosterPlan } from '../../../contract/roster.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';

interface TroubleProps { words: string; plan: RosterPlan; onGone: () => void }

/** What was wrong with the last paste: over the line of the state, so that the grid stays where it is, until the plan changes, Esc or its button. */
export function GridTrouble({ words, plan, onGone }: TroubleProps) {
  const t = useT();
  const of = useRef(plan);
  useEffect(() => { if (of.current !== plan) onGone(); });
  useShortcuts('panel', [{ keys: 'escape', label: t('app.close'), run: onGone }]);
  return <div className="roster-trouble"><p className="danger" role="alert">{words}</p><Button kind="quiet" hint="Esc" onClick={onGone}>{t('app.close')}</Button></div>;
}
