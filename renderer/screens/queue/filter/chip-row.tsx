import { isKnown } from '../../../../contract/words.ts';
import { IconBookmark, IconX } from '@tabler/icons-react';
import { SERVICES } from '../../../../contract/org.ts';
import { useT } from '../../../strings/text.ts';
import { NO_NARROWING, type Narrowing } from '../tabs.ts';
import { chipsOf, type Chip } from './chips.ts';
import { useAreaNames, useCategories, useHandlingUnits } from './names.ts';

/** What narrows the list, each a button that takes it off. `view`: the saved view that is shown, as the first of them. */
export function ChipRow({ narrowing, view = null, onChange }: { narrowing: Narrowing; view?: { name: string; leave: () => void } | null; onChange: (change: Partial<Narrowing>) => void }) {
  const t = useT();
  const word = useChipWords();
  const chips = chipsOf(narrowing);
  if (chips.length === 0 && view === null) return null;
  return (
    <div className="chips" role="group" aria-label={t('queue.narrowedBy')}>
      {view !== null && <button type="button" className="chip view" aria-label={t('queue.viewLeave', { name: view.name })} title={t('queue.viewLeave', { name: view.name })} onClick={view.leave}><IconBookmark aria-hidden /> <span>{view.name}</span> <IconX aria-hidden /></button>}
      {chips.length > 0 && <span className="muted">{t('queue.narrowedBy')}</span>}
      {chips.map(chip => (
        <button key={`${chip.kind} ${chip.value}`} type="button" className="chip" aria-label={t('queue.takeOff', { what: word(chip) })}
          onClick={() => { onChange(chip.without); }} onKeyDown={event => { if (event.key === 'Delete') { event.preventDefault(); onChange(chip.without); } }}>
          {word(chip)} <IconX aria-hidden />
        </button>
      ))}
      {chips.length > 1 && <button type="button" className="chip all" onClick={() => { onChange(NO_NARROWING); }}>{t('queue.clear')}</button>}
    </div>
  );
}

/** Says a chip in words; what the directory does not know is told as it is. */
function useChipWords(): (chip: Chip) => string {
  const t = useT();
  const names = new Map([...useAreaNames(), ...useHandlingUnits(), ...useCategories()].map(({ id, name }) => [id, name]));
  const named = (value: string): string => names.get(value) ?? value;
  return ({ kind, value }) => {
    switch (kind) {
      case 'service': return isKnown(SERVICES, value) ? t(`domain.serviceLong.${value}`) : value;
      case 'state': return t(`domain.state.${value as 'received'}`);
      case 'severity': return value;
      case 'category': case 'area': case 'unit': return t(`queue.chip.${kind}`, { value: named(value) });
      case 'from': case 'to': case 'text': return t(`queue.chip.${kind}`, { value });
      case 'mine': return t('queue.onlyMine');
      case 'overdue': return t('queue.onlyOverdue');
      case 'toSurvey': return t('queue.tab.toSurvey');
    }
  };
}
