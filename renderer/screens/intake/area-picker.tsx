import { Select } from '@mantine/core';
import { useId, useMemo, useRef, type KeyboardEvent } from 'react';
import type { Area, Site } from '../../../contract/org.ts';
import { fold } from '../../../contract/text.ts';
import { areaLabels } from '../../area-labels.ts';
import { useT } from '../../strings/text.ts';
import { rankAreas } from './rank-areas.ts';

/** Communes and wards, found by any part of their name without accents; those of the own site stand first. */
export function AreaPicker({ areas, sites, ownSiteId, value, onChange }: {
  areas: readonly Area[]; sites: readonly Site[]; ownSiteId: string | null; value: string | null; onChange: (areaId: string | null) => void;
}) {
  const t = useT();
  const id = useId();
  const options = useMemo(() => {
    const labels = areaLabels(areas, sites);
    return rankAreas(areas, '', ownSiteId).map(area => ({ value: area.id, label: labels.get(area.id) ?? area.name }));
  }, [areas, sites, ownSiteId]);
  const isOpen = useRef(false);
  // Escape closes the list only; unclaimed, it would leave the form.
  const claimEscape = (event: KeyboardEvent): void => { if (event.key === 'Escape' && isOpen.current) event.preventDefault(); };
  return (
    <div className="field" onKeyDownCapture={claimEscape}>
      <label htmlFor={id}><span>{t('intake.place.area')}</span></label>
      <Select id={id} data={options} value={value} onChange={onChange} searchable clearable limit={60} onDropdownOpen={() => { isOpen.current = true; }} onDropdownClose={() => { isOpen.current = false; }} selectFirstOptionOnChange
        placeholder={t('intake.place.areaPlaceholder')} nothingFoundMessage={t('intake.place.noArea')} spellCheck={false} maxDropdownHeight={260}
        comboboxProps={{ transitionProps: { duration: 0 } }}
        filter={({ options: all, search }) => {
          const typed = fold(search);
          if (typed === '') return all;
          const hits = all.filter(option => 'value' in option && fold(option.label).includes(typed));
          return hits.sort((a, b) => Number(startsAWord(b, typed)) - Number(startsAWord(a, typed)));
        }} />
    </div>
  );
}

function startsAWord(option: object, typed: string): boolean {
  return 'label' in option && typeof option.label === 'string' && ` ${fold(option.label)}`.includes(` ${typed}`);
}
