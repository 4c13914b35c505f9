import { useEffect, useState, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import { OPEN_STATES, STATES } from '../../../../contract/issue.ts';
import { SERVICES } from '../../../../contract/org.ts';
import { SEARCH_CHARS } from '../../../../contract/queue.ts';
import { typedLimit } from '../../../../contract/text.ts';
import { useT } from '../../../strings/text.ts';
import { Drop } from '../../../ui/drop.tsx';
import { KeyHint } from '../../../ui/key-hint.tsx';
import { TYPING_PAUSE_MS } from '../../../ui/settled.ts';
import { byStates, fixesService, fixesState, type Narrowing, type Tab } from '../tabs.ts';
import { FilterPanel } from './filter-panel.tsx';
import { useAreaNames } from './names.ts';

/** In the select of states: more than one of them. */
const SEVERAL = 'several';

export interface FilterBarProps {
  tab: Tab; narrowing: Narrowing; onChange: (change: Partial<Narrowing>) => void; textBox: Ref<HTMLInputElement>; onDown: () => void;
  opened: boolean; onOpen: (opened: boolean) => void;
}

/** Narrows the list by service, state, area and words; everything else in a panel of its own. */
export function FilterBar({ tab, narrowing, onChange, textBox, onDown, opened, onOpen }: FilterBarProps) {
  const t = useT();
  const areas = useAreaNames();
  const { services, states } = narrowing;
  return (
    <>
      {!fixesService(tab) && (
        <Pick brief label={t('queue.filterService')} value={services.length > 1 ? SEVERAL : services[0] ?? ''} onChange={value => { onChange({ services: SERVICES.filter(s => s === value) }); }}>
          <option value="">{t('app.all')}</option>
          {services.length > 1 && <option value={SEVERAL}>{t('queue.several', { count: services.length })}</option>}
          {SERVICES.map(service => <option key={service} value={service}>{t(`domain.serviceLong.${service}`)}</option>)}
        </Pick>
      )}
      {!fixesState(tab) && (
        <Pick brief label={t('queue.filterState')} value={states.length > 1 ? SEVERAL : states[0] ?? (narrowing.open === true ? 'open' : 'any')}
          onChange={value => { onChange(value === 'any' ? { states: [], open: null } : byStates(STATES.filter(s => s === value))); }}>
          <option value="open">{t('queue.openOnly')}</option>
          {tab !== 'overdue' && <option value="any">{t('queue.allStates')}</option>}
          {states.length > 1 && <option value={SEVERAL}>{t('queue.several', { count: states.length })}</option>}
          {[...new Set([...(tab === 'overdue' ? OPEN_STATES : STATES), ...states])].map(state => <option key={state} value={state}>{t(`domain.state.${state}`)}</option>)}
        </Pick>
      )}
      <Pick brief label={t('queue.filterArea')} value={narrowing.areaId ?? ''} onChange={value => { onChange({ areaId: value === '' ? null : value }); }}>
        <option value="">{t('queue.allAreas')}</option>
        {areas.map(area => <option key={area.id} value={area.id}>{area.name}</option>)}
      </Pick>
      <TextFilter text={narrowing.text} textBox={textBox} onDown={onDown} onChange={text => { onChange({ text }); }} />
      <Drop label={t('queue.moreFilters')} hint="F" name={t('queue.moreFilters')} opened={opened} onChange={onOpen} className="filter-panel">
        <FilterPanel tab={tab} narrowing={narrowing} onChange={onChange} />
      </Drop>
    </>
  );
}

/** Esc gives the keys back to the list: in a select, arrows would go on changing the filter. */
function backToList(event: KeyboardEvent<HTMLSelectElement>): void {
  if (event.key !== 'Escape') return;
  event.preventDefault();
  event.currentTarget.blur();
}

/** `brief`: its label goes where there is no room for it; its values speak for themselves. */
function Pick({ label, value, brief = false, onChange, children }: { label: string; value: string; brief?: boolean; onChange: (value: string) => void; children: ReactNode }) {
  return <label className={brief ? 'pick brief' : 'pick'} title={label}><span>{label}</span><select aria-label={label} value={value} onChange={event => { onChange(event.target.value); }} onKeyDown={backToList}>{children}</select></label>;
}

function TextFilter({ text, textBox, onChange, onDown }: { text: string; textBox: Ref<HTMLInputElement>; onChange: (text: string) => void; onDown: () => void }) {
  const t = useT();
  const [typed, setTyped] = useState(text);
  useEffect(() => { setTyped(text); }, [text]);
  useEffect(() => {
    if (typed === text) return undefined;
    const timer = setTimeout(() => { onChange(typed); }, TYPING_PAUSE_MS);
    return () => { clearTimeout(timer); };
  }, [typed, text, onChange]);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'Escape') { event.preventDefault(); setTyped(''); onChange(''); event.currentTarget.blur(); }
    if (event.key === 'Enter' || event.key === 'ArrowDown') { event.preventDefault(); onChange(typed); event.currentTarget.blur(); onDown(); }
  };
  return (
    <span className="text-filter">
      <input ref={textBox} className="input sm" type="search" aria-label={t('queue.filterText')} placeholder={t('queue.filterShort')} maxLength={typedLimit(SEARCH_CHARS)} spellCheck={false} autoComplete="off"
        value={typed} onChange={event => { setTyped(event.target.value); }} onKeyDown={onKeyDown} />
      <KeyHint keys="/" />
    </span>
  );
}
