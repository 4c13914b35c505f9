import { Select } from '@mantine/core';
import { useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { areaNames } from '../../../contract/area-names.ts';
import type { Area, Site } from '../../../contract/org.ts';
import { fold } from '../../../contract/text.ts';
import { useT } from '../../strings/text.ts';
import { rankAreas } from './rank-areas.ts';

/** Communes and wards, found by any part of their name without accents; those of the own site stand first. */
export function AreaPicker({ areas, sites, ownSiteId, value, onChange }: {
  areas: readonly Area[]; sites: readonly Site[]; ownSiteId: string | null; value: string | null; onChange: (areaId: string | null) => void;
}) {
  const t = useT();
  const id = useId();
  const options = useMemo(() => {
    const labels = areaNames(areas, sites);
    return rankAreas(areas, '', ownSiteId).map(area => ({ value: area.id, label: labels.get(area.id) ?? area.name }));
  }, [areas, sites, ownSiteId]);
  const isOpen = useRef(false);
  const [search, setSearch] = useState('');
  const claim = (event: KeyboardEvent): void => {
    // Escape closes the list only; unclaimed, it would leave the form.
    if (event.key === 'Escape' && isOpen.current) event.preventDefault();
    // Who types fast presses Enter before the list has put its mark on the first: what was typed is not lost for that.
    const isMarked = event.target instanceof HTMLElement && (event.target.getAttribute('aria-activedescendant') ?? '') !== '';
    const first = event.key === 'Enter' && !event.nativeEvent.isComposing && event.keyCode !== 229 && !isMarked && fold(search) !== '' ? matching(options, search)[0] : undefined;
    if (first !== undefined && first.value !== value) onChange(first.value);
  };
  return (
    <div className="field" onKeyDownCapture={claim}>
      <label htmlFor={id}><span>{t('intake.place.area')}</span></label>
      <Select id={id} data={options} value={value} onChange={onChange} searchable clearable limit={60} searchValue={search} onSearchChange={setSearch} onDropdownOpen={() => { isOpen.current = true; }} onDropdownClose={() => { isOpen.current = false; }} selectFirstOptionOnChange
        placeholder={t('intake.place.areaPlaceholder')} nothingFoundMessage={t('intake.place.noArea')} spellCheck={false} maxDropdownHeight={260}
        comboboxProps={{ transitionProps: { duration: 0 } }}
        filter={({ options: all, search: text }) => matching(all.filter(option => 'value' in option), text)} />
    </div>
  );
}

/** What a text finds, words that begin with it first. */
function matching<O extends { label: string }>(all: readonly O[], text: string): O[] {
  const typed = fold(text);
  if (typed === '') return [...all];
  const hits = all.filter(option => fold(option.label).includes(typed));
  const startsAWord = ({ label }: O): number => Number(` ${fold(label)}`.includes(` ${typed}`));
  return hits.sort((a, b) => startsAWord(b) - startsAWord(a));
}
