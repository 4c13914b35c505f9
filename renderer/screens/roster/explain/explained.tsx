import type { RosterCheck, RosterPlan } from '../../../../contract/roster.ts';
import { useT } from '../../../strings/text.ts';
import type { Spot } from '../cells.ts';
import { BrokenList } from '../roster-panel.tsx';
import { CopiesCard } from './copies-card.tsx';
import { GapList } from './gap-list.tsx';
import { ShareTable } from './share-table.tsx';

interface ExplainedProps { plan: RosterPlan; check: RosterCheck; at: Spot; published: RosterPlan | null; copy: string | null; onCopy: (name: string | null) => void; onShow: (spot: Spot) => void; onChange: (plan: RosterPlan) => void }

/** What is said of the month below the engine: rules that are broken and seats that are empty, each with ways out, who works how much, and copies to compare. */
export function Explained({ plan, check, at, published, copy, onCopy, onShow, onChange }: ExplainedProps) {
  const t = useT();
  return (
    <>
      <section><h2>{t('roster.broken')}</h2><BrokenList plan={plan} check={check} onShow={onShow} onTake={onChange} /></section>
      <section aria-label={t('explain.gaps')}><h2>{t('explain.gaps')}</h2><GapList plan={plan} check={check} at={at} onShow={onShow} onTake={onChange} /></section>
      <section><h2>{t('roster.fair')}</h2><ShareTable plan={plan} shares={check.shares} ledger={check.ledger} /></section>
      <CopiesCard plan={plan} published={published} copy={copy} onCopy={onCopy} onTake={onChange} />
    </>
  );
}
