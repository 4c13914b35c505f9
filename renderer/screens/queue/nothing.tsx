import { useLinkStatus } from '../../frame/station.ts';
import { useT } from '../../strings/text.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { chipsOf } from './filter/chips.ts';
import { ChipRow } from './filter/chip-row.tsx';
import { NO_NARROWING, type Narrowing } from './tabs.ts';

/** A list without rows: what narrows it and how to widen it, or what would be here. */
export function Nothing({ narrowing, onChange, onReceive }: { narrowing: Narrowing; onChange: (change: Partial<Narrowing>) => void; onReceive: (() => void) | null }) {
  const t = useT();
  const isCopying = (useLinkStatus()?.loading ?? null) !== null;
  const hasChips = chipsOf(narrowing).length > 0;
  const isNarrowed = hasChips || JSON.stringify(narrowing) !== JSON.stringify(NO_NARROWING);
  const mayWiden = narrowing.open === true;
  return (
    <EmptyState title={t(isCopying ? 'queue.emptyCopyTitle' : isNarrowed ? 'queue.emptyTitle' : 'queue.emptyListTitle')}
      actions={<>
        {isNarrowed && <Button onClick={() => { onChange(NO_NARROWING); }}>{t('queue.clear')}</Button>}
        {isNarrowed && mayWiden && <Button onClick={() => { onChange({ open: null }); }}>{t('queue.alsoClosed')}</Button>}
        {onReceive !== null && <Button hint="N" onClick={onReceive}>{t('queue.receive')}</Button>}
      </>}>
      {t(isCopying ? 'queue.emptyCopyMore' : isNarrowed ? 'queue.emptyMore' : 'queue.emptyListMore')}
      {hasChips && !isCopying && <ChipRow narrowing={narrowing} onChange={onChange} />}
    </EmptyState>
  );
}
