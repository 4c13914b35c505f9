import type { Reach } from '../contract/focal.ts';
import { reachWords } from './reach-words.ts';
import { useT } from './strings/text.ts';

/** Whom to call at a unit now, why, and at which number. */
export function ReachLine({ reach }: { reach: Reach }) {
  const t = useT();
  return (
    <span>
      <span className={reach.focal === 'none' || reach.reason === 'gap' ? 'warning' : undefined}>{reachWords(reach, t)}</span> · <span className="phone">{reach.phone ?? t('intake.units.noPhone')}</span>
    </span>
  );
}
