import { useState } from 'react';
import { OPEN_STATES, SEVERITIES, STATES } from '../../../../contract/issue.ts';
import { SERVICES } from '../../../../contract/org.ts';
import { formatDate, nextDay, parseDate } from '../../../../contract/time.ts';
import { useT } from '../../../strings/text.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { byStates, fixesService, fixesState, NO_NARROWING, type Narrowing, type Tab } from '../tabs.ts';
import { lastDay } from './chips.ts';
import { useAreaNames, useCategories, useHandlingUnits, type Named } from './names.ts';

/** Everything that a list can be narrowed by; what is chosen works at once. */
export function FilterPanel({ tab, narrowing, onChange }: { tab: Tab; narrowing: Narrowing; onChange: (change: Partial<Narrowing>) => void }) {
  const t = useT();
  const areas = useAreaNames();
  const units = useHandlingUnits().map(({ id, name }) => ({ id, name }));
  const categories = useCategories(narrowing.services);
  return (
    <>
      <Checks label={t('queue.filterSeverity')} all={SEVERITIES} chosen={narrowing.severities} word={value => `${value} ${t(`domain.severity.${value}`)}`} onChange={severities => { onChange({ severities }); }} />
      {!fixesState(tab) && <Checks label={t('queue.filterState')} all={tab === 'overdue' ? OPEN_STATES : STATES} chosen={narrowing.states} word={value => t(`domain.state.${value}`)} onChange={states => { onChange(byStates(states)); }} />}
      {!fixesService(tab) && <Checks label={t('queue.filterService')} all={SERVICES} chosen={narrowing.services} word={value => t(`domain.service.${value}`)} onChange={services => { onChange({ services }); }} />}
      <div className="filter-pairs">
        <One label={t('queue.filterArea')} all={areas} value={narrowing.areaId} onChange={areaId => { onChange({ areaId }); }} />
        <One label={t('queue.filterUnit')} all={units} value={narrowing.leadUnitId} onChange={leadUnitId => { onChange({ leadUnitId }); }} />
        <One label={t('domain.field.category')} all={categories} value={narrowing.categories[0] ?? null} onChange={code => { onChange({ categories: code === null ? [] : [code] }); }} />
        <div className="filter-days">
          <Day label={t('queue.filterFrom')} value={narrowing.receivedFromMs === null ? '' : formatDate(narrowing.receivedFromMs)} onChange={receivedFromMs => { onChange({ receivedFromMs }); }} />
          <Day label={t('queue.filterTo')} value={narrowing.receivedToMs === null ? '' : lastDay(narrowing.receivedToMs)} onChange={atMs => { onChange({ receivedToMs: atMs === null ? null : nextDay(atMs) }); }} />
        </div>
      </div>
      <div className="checks">
        {tab !== 'overdue' && <Check label={t('queue.onlyOverdue')} checked={narrowing.overdue} onChange={overdue => { onChange({ overdue }); }} />}
        {tab !== 'mine' && <Check label={t('queue.onlyMine')} checked={narrowing.mine} onChange={mine => { onChange({ mine }); }} />}
        <span className="push"><Button onClick={() => { onChange(NO_NARROWING); }}>{t('queue.clear')}</Button></span>
      </div>
    </>
  );
}

function Checks<T extends string>({ label, all, chosen, word, onChange }: { label: string; all: readonly T[]; chosen: readonly T[]; word: (value: T) => string; onChange: (chosen: T[]) => void }) {
  // Words of a newer version stand among the chosen ones, so that they can be let go of.
  return (
    <fieldset className="checks">
      <legend>{label}</legend>
      {[...new Set([...all, ...chosen])].map(value => (
        <Check key={value} label={word(value)} checked={chosen.includes(value)} onChange={isChosen => { onChange(isChosen ? [...chosen, value] : chosen.filter(other => other !== value)); }} />
      ))}
    </fieldset>
  );
}

function Check({ label, checked, onChange }: { label: string; checked: boolean; onChange: (checked: boolean) => void }) {
  return <label><input type="checkbox" checked={checked} onChange={event => { onChange(event.target.checked); }} /> {label}</label>;
}

function One({ label, all, value, onChange }: { label: string; all: readonly Named[]; value: string | null; onChange: (id: string | null) => void }) {
  const t = useT();
  return (
    <Field label={label}>
      {control => (
        <select {...control} className="input sm" value={value ?? ''} onChange={event => { onChange(event.target.value === '' ? null : event.target.value); }}>
          <option value="">{t('app.all')}</option>
          {value !== null && !all.some(one => one.id === value) && <option value={value}>{value}</option>}
          {all.map(one => <option key={one.id} value={one.id}>{one.name}</option>)}
        </select>
      )}
    </Field>
  );
}

/** A day typed as dd/MM/yyyy; it narrows once it is one. */
export function Day({ label, value, onChange }: { label: string; value: string; onChange: (atMs: number | null) => void }) {
  const t = useT();
  const [typed, setTyped] = useState(value);
  const [shown, setShown] = useState(value);
  // Taken off outside of this field: by its chip, or all at once.
  if (shown !== value) { setShown(value); if (parseDate(typed) !== parseDate(value)) setTyped(value); }
  const isWrong = typed.trim() !== '' && parseDate(typed) === null;
  const take = (text: string) => {
    setTyped(text);
    if (text.trim() === '') onChange(null);
    else if (parseDate(text) !== null) onChange(parseDate(text));
  };
  return (
    <Field label={label} wrong={isWrong && typed.trim().length >= 10 ? t('queue.notADay') : null}>
      {control => <input {...control} className="input sm" inputMode="numeric" placeholder={t('queue.dayForm')} maxLength={10} autoComplete="off" value={typed} onChange={event => { take(event.target.value); }} />}
    </Field>
  );
}
