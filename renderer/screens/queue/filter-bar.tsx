import { useEffect, useState, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import { OPEN_STATES, STATES } from '../../../contract/issue.ts';
import { SERVICES } from '../../../contract/org.ts';
import { areaLabels } from '../../area-labels.ts';
import { useLive } from '../../live-query.ts';
import { useT } from '../../strings/text.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { fixesService, type Narrowing, type Tab } from './tabs.ts';

const TYPING_PAUSE_MS = 250;

export interface FilterBarProps { tab: Tab; narrowing: Narrowing; onChange: (change: Partial<Narrowing>) => void; textBox: Ref<HTMLInputElement>; onDown: () => void }

/** Narrows the list by service, state, area and words. */
export function FilterBar({ tab, narrowing, onChange, textBox, onDown }: FilterBarProps) {
  const t = useT();
  const areas = useLive(['directory.areas'], ['org', 'session'], core => core.directory.areas({})).data ?? [];
  const sites = useLive(['directory.sites'], ['org', 'session'], core => core.directory.sites({})).data ?? [];
  const areaNames = areaLabels(areas, sites);
  return (
    <>
      {!fixesService(tab) && (
        <Pick label={t('queue.filterService')} value={narrowing.service ?? ''} onChange={value => { onChange({ service: SERVICES.find(s => s === value) ?? null }); }}>
          <option value="">{t('app.all')}</option>
          {SERVICES.map(service => <option key={service} value={service}>{t(`domain.serviceLong.${service}`)}</option>)}
        </Pick>
      )}
      <Pick brief label={t('queue.filterState')} value={narrowing.state} onChange={value => { onChange({ state: value === 'any' ? 'any' : STATES.find(s => s === value) ?? 'open' }); }}>
        <option value="open">{t('queue.openOnly')}</option>
        {tab !== 'overdue' && <option value="any">{t('queue.allStates')}</option>}
        {(tab === 'overdue' ? OPEN_STATES : STATES).map(state => <option key={state} value={state}>{t(`domain.state.${state}`)}</option>)}
      </Pick>
      <Pick brief label={t('queue.filterArea')} value={narrowing.areaId ?? ''} onChange={value => { onChange({ areaId: value === '' ? null : value }); }}>
        <option value="">{t('queue.allAreas')}</option>
        {areas.toSorted((a, b) => a.name.localeCompare(b.name, 'vi')).map(area => <option key={area.id} value={area.id}>{areaNames.get(area.id)}</option>)}
      </Pick>
      <TextFilter text={narrowing.text} textBox={textBox} onDown={onDown} onChange={text => { onChange({ text }); }} />
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
      <input ref={textBox} className="input sm" type="search" aria-label={t('queue.filterText')} placeholder={t('queue.filterShort')} maxLength={200} spellCheck={false} autoComplete="off"
        value={typed} onChange={event => { setTyped(event.target.value); }} onKeyDown={onKeyDown} />
      <KeyHint keys="/" />
    </span>
  );
}
